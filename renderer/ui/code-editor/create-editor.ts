import {
  defaultKeymap,
  history,
  historyField,
  historyKeymap,
  isolateHistory,
  redo,
  redoDepth,
  undo,
  undoDepth,
} from '@codemirror/commands'
import { StreamLanguage, syntaxHighlighting } from '@codemirror/language'
import { toml } from '@codemirror/legacy-modes/mode/toml'
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { EditorState, type Extension } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  tooltips,
} from '@codemirror/view'
import { editorLook, tomlColours } from './editor-look'
import { differenceOf, rangeOf, type TextMark, type TextPlace } from './place'

export interface HistoryDepth {
  readonly undo: number
  readonly redo: number
}

/** Plain data. */
export interface LeftEditor {
  readonly text: string
  readonly state: unknown
}

export interface Editor {
  /** Replaces only what differs, as one step of the history. */
  show(text: string): void
  mark(marks: readonly TextMark[]): void
  reveal(place: TextPlace): void
  undo(): void
  redo(): void
  focus(): void
  /** Text, caret and history, for an editor that takes this one's place. */
  leave(): LeftEditor
  destroy(): void
}

/**
 * An editor for TOML under `root`. That is a shadow root: there CodeMirror adopts a style sheet, where in the document
 * it would write a style element, which the window's policy forbids.
 */
export function createEditor(options: {
  readonly root: ShadowRoot
  readonly name: string
  readonly text: string
  /** Goes on where an editor with the same text was left. */
  readonly from?: LeftEditor | undefined
  readonly onText: (text: string) => void
  readonly onHistory: (depth: HistoryDepth) => void
}): Editor {
  const { root, name, text, from, onText, onHistory } = options
  // CodeMirror knows one kind of line end; a file keeps its own.
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n'
  const tell = EditorView.updateListener.of(({ docChanged, state }) => {
    if (!docChanged) return
    onText(state.doc.toString().replaceAll('\n', lineEnd))
    onHistory(depthOf(state))
  })
  const config = {
    extensions: [
      parts,
      tell,
      EditorView.contentAttributes.of({ 'aria-label': name, tabindex: '0' }),
    ] satisfies Extension,
  }
  const state =
    from?.text === withLineFeeds(text)
      ? EditorState.fromJSON(from.state, config, fields)
      : EditorState.create({ ...config, doc: text })
  const view = new EditorView({ state, parent: root, root })
  onHistory(depthOf(state))
  return {
    show(next) {
      const now = view.state.doc.toString()
      const wanted = withLineFeeds(next)
      if (wanted === now) return
      view.dispatch({ changes: differenceOf(now, wanted), annotations: isolateHistory.of('full') })
    },
    mark(marks) {
      const { doc } = view.state
      const found = marks.map((mark): Diagnostic => ({
        ...rangeOf(doc, mark),
        severity: mark.tone,
        message: mark.words,
      }))
      view.dispatch(setDiagnostics(view.state, found))
    },
    reveal(place) {
      const { from: at } = rangeOf(view.state.doc, place)
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) })
      view.focus()
    },
    undo: () => void undo(view),
    redo: () => void redo(view),
    focus: () => view.focus(),
    leave: () => ({ text: view.state.doc.toString(), state: view.state.toJSON(fields) }),
    destroy: () => view.destroy(),
  }
}

const fields = { history: historyField }
const withLineFeeds = (text: string): string => text.replaceAll(/\r\n?/g, '\n')
const depthOf = (state: EditorState): HistoryDepth => ({ undo: undoDepth(state), redo: redoDepth(state) })

const parts: Extension = [
  lineNumbers(),
  lintGutter(),
  highlightSpecialChars(),
  history(),
  drawSelection(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  // The dialog moves when it opens, and what is fixed would be placed by it.
  tooltips({ position: 'absolute' }),
  // Tab leaves the editor: nobody who uses the keyboard alone is caught in it.
  keymap.of([...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'), ...historyKeymap, ...lintKeymap]),
  StreamLanguage.define(toml),
  syntaxHighlighting(tomlColours),
  editorLook,
]
