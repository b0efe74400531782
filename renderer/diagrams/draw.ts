import mermaidAddress from '@mermaid-js/tiny?url'
import type { DiagramAnswer, DiagramPicture, DiagramTask } from '../lib/diagram-task'
import { mermaidConfig } from './mermaid-config'

const windowOrigin = 'app://kheish'

const tell = (answer: DiagramAnswer): void => window.parent.postMessage(answer, windowOrigin)

window.addEventListener('message', ({ source, origin, data }: MessageEvent<DiagramTask>) => {
  if (source !== window.parent || origin !== windowOrigin) return
  void draw(data).then(
    (picture) => tell({ kind: 'drawn', id: data.id, ...picture }),
    () => tell({ kind: 'wrong', id: data.id }),
  )
})

// Written for a script element: as a module it would not find what it leaves on the global object.
const script = document.createElement('script')
script.crossOrigin = 'anonymous'
script.addEventListener('load', () => tell({ kind: 'ready' }))
script.src = mermaidAddress
document.head.append(script)

/** Rejects when Mermaid does not understand the source. */
async function draw(task: DiagramTask): Promise<DiagramPicture> {
  const { mermaid } = window
  mermaid.initialize(mermaidConfig(task))
  const { svg } = await mermaid.render(`diagram-${task.id}`, task.source)
  // As XML: an image is stricter than the page that Mermaid has drawn in.
  const holder = new DOMParser().parseFromString(svg, 'text/html')
  const picture = holder.querySelector('svg')
  const [, , width = 0, height = 0] =
    picture
      ?.getAttribute('viewBox')
      ?.split(/[\s,]+/)
      .map(Number) ?? []
  if (!picture || !(width > 0) || !(height > 0)) throw new Error('nothing was drawn')
  picture.setAttribute('width', String(width))
  picture.setAttribute('height', String(height))
  picture.removeAttribute('style')
  const still = holder.createElementNS(picture.namespaceURI, 'style')
  still.textContent = '* { animation: none !important; transition: none !important }'
  picture.append(still)
  const title = picture.querySelector(':scope > title')?.textContent?.trim() ?? ''
  return { svg: new XMLSerializer().serializeToString(picture), width, height, title }
}
