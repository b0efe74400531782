/** On the box where a person writes; a paste into any other field is that field's own. */
export const messageBoxMark = 'data-message-box'

/** Null where there is no chat to write in. */
export const messageBox = (): HTMLTextAreaElement | null =>
  document.querySelector<HTMLTextAreaElement>(`textarea[${messageBoxMark}]`)

/** Nothing has the focus, or the message box has it and nothing is written there. */
export function isIdle(): boolean {
  const { activeElement } = document
  if (!document.hasFocus()) return false
  return (
    activeElement === null ||
    activeElement === document.body ||
    (activeElement === messageBox() && messageBox()?.value === '')
  )
}
