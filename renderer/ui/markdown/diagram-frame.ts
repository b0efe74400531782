import { diagramPage, type DiagramTask } from '../../lib/diagram-task'

/** A frame that draws, or will once it is loaded. What it says is to be doubted. */
export interface DiagramFrame {
  send(task: DiagramTask): void
  /** Takes the frame and whatever runs in it away. */
  close(): void
}

export type OpenDiagramFrame = (heard: (said: unknown) => void) => DiagramFrame

/** Out of sight: it measures there, and the window shows what it answers. */
export const openDiagramFrame: OpenDiagramFrame = (heard) => {
  const frame = document.createElement('iframe')
  frame.className = 'md-diagram-frame'
  frame.title = 'Diagrams'
  frame.tabIndex = -1
  frame.ariaHidden = 'true'
  frame.setAttribute('sandbox', 'allow-scripts')
  frame.src = diagramPage
  const listen = (event: MessageEvent<unknown>): void => {
    if (frame.contentWindow && event.source === frame.contentWindow) heard(event.data)
  }
  window.addEventListener('message', listen)
  document.body.append(frame)
  return {
    // Its origin has no name: nobody else can be in this frame, which nothing lets navigate.
    send: (task) => frame.contentWindow?.postMessage(task, '*'),
    close() {
      window.removeEventListener('message', listen)
      frame.remove()
    },
  }
}
