import type { Delta } from '@contract/fold'
import { squeeze } from '@contract/fold'
import type { ReasoningDetail } from '@contract/message'
import { createToolCalls } from './assemble-tools'
import type { WireDelta } from './wire'

/** Where the answer's parts lie, kept from chunk to chunk. */
export interface Assembly {
  /** Folds one wire delta in. */
  take(delta: WireDelta): void
  /** The content is complete: gives tool calls without arguments their `{}`. */
  close(): void
  hasToolCalls(): boolean
  /** There are calls, and none of them has a name. */
  hasNamelessCalls(): boolean
  /** What grew since the last time. */
  drain(): Delta[]
}

/** Turns wire deltas into the contract's deltas, part by part in the order in which they begin. */
export function createAssembly(): Assembly {
  let grown: Delta[] = []
  let parts = 0
  let text = -1
  let thought = -1
  let lastPart = -1
  let shownFrom: 'details' | 'string' | undefined
  let open: ReasoningDetail | undefined

  function begin(part: Extract<Delta, { at: 'part' }>['part']): number {
    grown.push({ at: 'part', part })
    lastPart = parts
    return parts++
  }
  const calls = createToolCalls(begin, (delta) => grown.push(delta))

  function addText(add: string): void {
    if (text === -1 || text !== lastPart) text = begin({ kind: 'text', text: '' })
    grown.push({ at: 'text', place: text, add })
  }

  /** The reasoning part that visible thought goes to: thinking after text is a part of its own. */
  function thoughtPlace(visible: boolean, continues: boolean): number {
    if (thought === -1 || (visible && !continues && thought !== lastPart)) {
      thought = begin({ kind: 'reasoning', text: '', details: [] })
    }
    return thought
  }

  function addThought(add: string, from: 'details' | 'string', continues = false): void {
    if (add === '' || add === '[REDACTED]') return
    shownFrom ??= from
    if (shownFrom === from) grown.push({ at: 'text', place: thoughtPlace(true, continues), add })
  }

  function addDetails(details: readonly ReasoningDetail[]): void {
    // An empty list is kept as well: some families want it back (API reference 2.5).
    if (details.length === 0) thoughtPlace(false, true)
    for (const piece of details) {
      const shown = visibleText(piece)
      const continues = continuesBlock(open, piece)
      addThought(shown, 'details', continues)
      grown.push({ at: 'detail', place: thoughtPlace(false, true), piece })
      open = continues ? { ...piece, signature: open?.['signature'] ?? piece['signature'] } : piece
    }
  }

  return {
    take(delta) {
      const details = delta.reasoning_details
      if (details) addDetails(details)
      const string = delta.reasoning ?? delta.reasoning_content
      if (string) addThought(string, 'string')
      const content = textOfContent(delta.content) || (delta.refusal ?? '')
      if (content) addText(content)
      for (const fragment of delta.tool_calls ?? []) calls.take(fragment)
      // `delta.images` and `delta.audio` become parts here once outputs exist; until then they are passed over.
    },
    close: () => calls.close(),
    hasToolCalls: () => calls.any(),
    hasNamelessCalls: () => calls.areNameless(),
    drain() {
      const out = squeeze(grown)
      grown = []
      return out
    },
  }
}

/** The readable text of a detail; encrypted and unknown ones have none. */
function visibleText(detail: ReasoningDetail): string {
  const value =
    detail['type'] === 'reasoning.text'
      ? detail['text']
      : detail['type'] === 'reasoning.summary'
        ? detail['summary']
        : undefined
  return typeof value === 'string' ? value : ''
}

/** Whether a piece goes on with an unsigned block that has an index, even if answer text came between. */
const continuesBlock = (open: ReasoningDetail | undefined, piece: ReasoningDetail): boolean =>
  open !== undefined &&
  typeof piece['index'] === 'number' &&
  open['index'] === piece['index'] &&
  open['type'] === piece['type'] &&
  !open['signature']

/** Content as a string, or the text parts of a list. */
function textOfContent(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content
    .map((part: unknown) =>
      typeof part === 'object' && part !== null && 'text' in part && typeof part.text === 'string'
        ? part.text
        : '',
    )
    .join('')
}
