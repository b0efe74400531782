import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { classNames } from '../class-names'
import { createEditor, type Editor, type HistoryDepth, type LeftEditor } from './create-editor'
import type { TextMark, TextPlace } from './place'

export interface CodeEditorHandle {
  reveal(place: TextPlace): void
  undo(): void
  redo(): void
  focus(): void
}

/** Outlives the editor: where it was left. */
export interface EditorMemory {
  left?: LeftEditor
}

export interface CodeEditorProps {
  /** The accessible name. */
  readonly name: string
  readonly text: string
  readonly onText: (text: string) => void
  readonly onHistory?: (depth: HistoryDepth) => void
  readonly marks: readonly TextMark[]
  readonly memory?: EditorMemory
  readonly handle?: Ref<CodeEditorHandle>
  readonly className?: string
}

/** TOML with line numbers, colours, marks and a history of its own. `text` is shown as it comes; typing calls `onText`. */
export function CodeEditor(props: CodeEditorProps) {
  const { text, marks, handle, className } = props
  const host = useRef<HTMLDivElement>(null)
  const editor = useRef<Editor>(null)
  const newest = useRef(props)
  useEffect(() => {
    newest.current = props
  })
  useEffect(() => {
    const { name, text: first, memory } = newest.current
    const root = host.current?.shadowRoot ?? host.current?.attachShadow({ mode: 'open' })
    if (!root) return
    const made = createEditor({
      root,
      name,
      text: first,
      from: memory?.left,
      onText: (next) => newest.current.onText(next),
      onHistory: (depth) => newest.current.onHistory?.(depth),
    })
    editor.current = made
    return () => {
      if (memory) memory.left = made.leave()
      made.destroy()
      editor.current = null
    }
  }, [])
  useEffect(() => editor.current?.show(text), [text])
  useEffect(() => editor.current?.mark(marks), [marks])
  useImperativeHandle(handle, () => ({
    reveal: (place) => editor.current?.reveal(place),
    undo: () => editor.current?.undo(),
    redo: () => editor.current?.redo(),
    focus: () => editor.current?.focus(),
  }))
  return (
    <div
      ref={host}
      className={classNames(
        'min-h-0 min-w-0 rounded-sm border border-line-strong bg-canvas font-mono focus-within:border-focus focus-within:outline focus-within:outline-focus',
        className,
      )}
    />
  )
}
