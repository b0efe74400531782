interface Composed {
  readonly field: EventTarget | null
  readonly done: Promise<void>
  readonly end: () => void
}

/** A word that an input method is still composing; what writes into its field would tear it. */
let word: Composed | null = null

/** Resolves when the word in that field is written; null where none is being composed. */
export const composing = (field: Element): Promise<void> | null => (word?.field === field ? word.done : null)

/** Returns the undo. */
export function followComposing(): () => void {
  const onStart = ({ target }: Event): void => {
    word?.end()
    let end = (): void => undefined
    const done = new Promise<void>((resolve) => (end = resolve))
    word = { field: target, done, end }
  }
  const onEnd = (): void => {
    const ended = word
    word = null
    // The field is left to itself until everybody has heard of the end.
    if (ended) setTimeout(() => ended.end())
  }
  const stop = new AbortController()
  const options = { capture: true, signal: stop.signal }
  document.addEventListener('compositionstart', onStart, options)
  document.addEventListener('compositionend', onEnd, options)
  // A field that goes from the page says nothing of its word; the focus is somewhere else then.
  document.addEventListener('focusin', onEnd, options)
  return () => stop.abort()
}
