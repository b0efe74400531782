import type { SessionId } from '@contract/ids'
import type { Insertion } from '../features/dictation/dictation-store'
import { endOfEdit, followed, seamed, type Range } from '../features/dictation/placing'
import { messageBox } from '../lib/message-box'
import { type App, currentSession } from './app-store'

/**
 * Where what is dictated for a chat goes: at the caret, and on from there. In the box it is written as a person
 * types, so that the box's own undo knows it: one step, also when texts come one after the other.
 */
export function insertDictated(app: App, session: SessionId | null): Insertion {
  /** Where it stands, in the draft as it was left. */
  let place: Range | null = null
  let left = ''
  let said = ''
  /** The newest step of the box's undo is ours. */
  let isLastStep = false

  const stored = (): string | undefined => {
    const { sessionId, session: open } = app.chat.getState()
    return sessionId === session ? open?.draft : undefined
  }
  const read = (): string => app.drafts.read(session, stored())
  const box = (): HTMLTextAreaElement | null => {
    const found = messageBox()
    const isShown = currentSession(app) === session && app.store.getState().page === 'chat'
    return isShown && found && mayFocus(found) ? found : null
  }

  function replace(range: Range, text: string): void {
    const draft = read()
    const field = box()
    // A long text is held beside the box; what lies in it can't be typed.
    if (field && range.to <= field.value.length && draft.startsWith(field.value)) {
      isLastStep = typeInto(field, range, text, isLastStep && draft === left)
    } else {
      app.drafts.write(session, draft.slice(0, range.from) + text + draft.slice(range.to))
      isLastStep = false
    }
    left = read()
  }

  /** Where it begins: at the caret, or at the end where there is none. */
  function begin(): Range {
    const field = messageBox()
    const end = read().length
    if (currentSession(app) !== session || !field || !document.contains(field)) return { from: end, to: end }
    const at = Math.min(field.selectionEnd, end)
    return { from: at, to: at }
  }

  /** What is there already is left alone, and what is new goes behind it. */
  function goOn(text: string): void {
    const draft = read()
    const end = (place && followed(left, draft, place)?.to) ?? endOfEdit(left, draft)
    const more = text.startsWith(said) ? text.slice(said.length) : text
    const words = seamed(draft.slice(0, end), more, draft.slice(end))
    if (words === '') return
    replace({ from: end, to: end }, words)
    place = null
    said = text
  }

  return {
    put(text) {
      if (text === said) return
      const draft = read()
      if (place === null && said !== '') return goOn(text)
      if (place && draft !== left) {
        const now = followed(left, draft, place)
        if (!now || !text.startsWith(said)) return goOn(text)
        // Somebody has written elsewhere meanwhile: only what is new is added, and their words stay as they are.
        const more = seamed(draft.slice(0, now.to), text.slice(said.length), draft.slice(now.to))
        replace({ from: now.to, to: now.to }, more)
        place = { from: now.from, to: now.to + more.length }
        said = text
        return
      }
      const range = place ?? begin()
      const words = seamed(draft.slice(0, range.from), text, draft.slice(range.to))
      replace(range, words)
      place = { from: range.from, to: range.from + words.length }
      said = text
    },
    remove() {
      const now = place && followed(left, read(), place)
      if (now && now.to > now.from) replace(now, '')
      place = null
      said = ''
    },
  }
}

/** Nobody writes elsewhere meanwhile. */
function mayFocus(field: HTMLTextAreaElement): boolean {
  const { activeElement } = document
  if (activeElement === field) return true
  return !activeElement?.closest(
    'input, textarea, select, [contenteditable], [role="dialog"], [role="alertdialog"]',
  )
}

/**
 * As typed, in place of the range. `isAgain`: the newest step is the same text so far; it is taken back first, so that
 * there is one step. Answers whether it is the box's newest step now.
 */
function typeInto(field: HTMLTextAreaElement, range: Range, text: string, isAgain: boolean): boolean {
  const caret = { start: field.selectionStart, end: field.selectionEnd }
  field.focus()
  const before = field.value
  const wanted = before.slice(0, range.from) + text + before.slice(range.to)
  let { to } = range
  // oxlint-disable-next-line typescript/no-deprecated -- nothing else writes into the box's own undo
  const run = (command: string, value?: string): boolean => document.execCommand(command, false, value)
  if (isAgain && run('undo')) {
    const by = field.value.length - before.length
    to += by
  }
  field.setSelectionRange(range.from, to)
  if (text === '') run('delete')
  else run('insertText', text)
  const isWritten = field.value === wanted
  if (!isWritten) setValue(field, wanted)
  const by = wanted.length - before.length
  const end = range.from + text.length
  const moved = (at: number): number =>
    at <= range.from && at !== range.to ? at : at > range.to ? at + by : end
  field.setSelectionRange(moved(caret.start), moved(caret.end))
  return isWritten
}

/** As React hears a change: the box's own undo is lost. */
function setValue(field: HTMLTextAreaElement, value: string): void {
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(field, value)
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
}
