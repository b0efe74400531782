import type { SessionId } from '@contract/ids'
import type { Insertion } from '../features/dictation/dictation-store'
import { follow, placedAt, writing, type Range } from '../features/dictation/placing'
import { composing } from '../lib/composing'
import { messageBox } from '../lib/message-box'
import { type App, currentSession } from './app-store'
import { typeInto } from './type-into'

/**
 * Where what is dictated for a chat goes: to where the caret is now, and on from there. In the box it is written as a
 * person types, so that the box's own undo knows it: one step, also when texts come one after the other.
 */
export function insertDictated(app: App, chosen: SessionId | null): Insertion {
  const sessionOf = chatOf(app, chosen)
  /** What the daemon has of a chat in which nothing was written since the start. */
  let stored = storedDraft(app, chosen)
  const isUnknown = (): boolean => {
    const session = sessionOf()
    stored ??= storedDraft(app, session)
    return session !== null && stored === undefined && !app.drafts.getState().texts.has(session)
  }
  const read = (): string => app.drafts.read(sessionOf(), stored ?? storedDraft(app, sessionOf()))
  let placed = placedAt(read(), Math.min(caretIn(app, chosen) ?? Number.POSITIVE_INFINITY, read().length))
  /** The newest step of the box's undo is ours. */
  let isLastStep = false
  /** A text that waits for its turn. */
  let late: string | null = null
  let isWaiting = false

  const box = (): HTMLTextAreaElement | null => {
    const found = messageBox()
    const isShown = currentSession(app) === sessionOf() && app.store.getState().page === 'chat'
    return isShown && found && mayFocus(found) ? found : null
  }

  function replace(range: Range, words: string): void {
    const draft = read()
    const field = box()
    // A long text is held beside the box; what lies in it can't be typed.
    if (field && range.to <= field.value.length && draft.startsWith(field.value)) {
      const isAgain = isLastStep && draft === placed.left && placed.isWhole
      isLastStep = typeInto(field, range, words, isAgain)
    } else {
      app.drafts.write(sessionOf(), draft.slice(0, range.from) + words + draft.slice(range.to))
      isLastStep = false
    }
  }

  async function learn(): Promise<void> {
    const session = sessionOf()
    if (session === null) return
    const answer = await app.client.ask['sessions.get']({ session_id: session })
    stored ??= answer.ok ? answer.value.draft : ''
  }

  /** What there is to wait for before anything can be written. */
  const obstacle = (): Promise<void> | null => {
    if (isUnknown()) return learn()
    const field = box()
    return field && composing(field)
  }

  function put(text: string): void {
    late = text
    if (isWaiting) return
    const waiting = obstacle()
    if (waiting) {
      isWaiting = true
      void waiting.then(() => {
        isWaiting = false
        if (late !== null) put(late)
      })
      return
    }
    late = null
    if (text === placed.said) return
    const { range, words, placed: next } = writing(placed, read(), text)
    if (words !== '' || range.to > range.from) replace(range, words)
    placed = { ...next, left: read() }
  }

  return {
    put,
    remove() {
      const wasLate = late !== null
      late = null
      const draft = read()
      if (draft !== placed.left) isLastStep = false
      placed = follow(placed, draft)
      const { range, isWhole, said } = placed
      if (!isWhole || said === '') return wasLate && said === ''
      replace(range, '')
      placed = placedAt(read(), range.from)
      return true
    },
  }
}

/** A chat that gets its id while it is open is the same chat, wherever the person goes later. */
function chatOf(app: App, chosen: SessionId | null): () => SessionId | null {
  let session = chosen
  if (session !== null) return () => session
  const { visit } = app.chat.getState()
  const stop = app.chat.subscribe((now) => {
    if (now.visit === visit) session = now.sessionId
    if (session !== null || now.visit !== visit) stop()
  })
  return () => session
}

function storedDraft(app: App, of: SessionId | null): string | undefined {
  const { sessionId, session } = app.chat.getState()
  return sessionId === of ? session?.draft : undefined
}

/** Null: it is in another chat, or nowhere. */
function caretIn(app: App, session: SessionId | null): number | null {
  const field = messageBox()
  return field && currentSession(app) === session ? field.selectionEnd : null
}

/** Nobody writes elsewhere meanwhile, and nothing is open that would close. */
function mayFocus(field: HTMLTextAreaElement): boolean {
  const { activeElement } = document
  if (activeElement === field) return true
  return !activeElement?.closest(
    'input, textarea, select, [contenteditable], [role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]',
  )
}
