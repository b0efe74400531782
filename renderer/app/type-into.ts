import type { Range } from '../features/dictation/placing'

/**
 * As typed, in place of the range; what has the focus has it afterwards. `isAgain`: the newest step of the box's undo is
 * the same text so far; it is taken back first, so that there is one step. Answers whether it is the newest step now.
 */
export function typeInto(field: HTMLTextAreaElement, range: Range, text: string, isAgain: boolean): boolean {
  const { activeElement } = document
  const caret = { start: field.selectionStart, end: field.selectionEnd }
  field.focus({ preventScroll: true })
  const before = field.value
  const wanted = before.slice(0, range.from) + text + before.slice(range.to)
  let { to } = range
  // oxlint-disable-next-line typescript/no-deprecated -- nothing else writes into the box's own undo
  const run = (command: string, value?: string): boolean => document.execCommand(command, false, value)
  if (isAgain && run('undo')) to += field.value.length - before.length
  field.setSelectionRange(range.from, to)
  if (text === '') run('delete')
  else run('insertText', text)
  const isWritten = field.value === wanted
  if (!isWritten) setValue(field, wanted)
  const end = range.from + text.length
  const moved = (at: number): number => {
    if (at > range.to) return at + wanted.length - before.length
    // Somebody is in the middle of what stays as it is.
    return at < range.to && wanted.startsWith(before.slice(0, at)) ? at : end
  }
  field.setSelectionRange(moved(caret.start), moved(caret.end))
  if (activeElement instanceof HTMLElement && activeElement !== field) giveBack(field, activeElement)
  return isWritten
}

function giveBack(field: HTMLTextAreaElement, element: HTMLElement): void {
  if (element === document.body) field.blur()
  else element.focus({ preventScroll: true })
}

/** As React hears a change: the box's own undo is lost. */
function setValue(field: HTMLTextAreaElement, value: string): void {
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(field, value)
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
}
