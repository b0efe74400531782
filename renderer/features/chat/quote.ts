/** Text as a Markdown quotation, ready to be written under. */
export const quoteOf = (text: string): string =>
  `${text
    .trim()
    .split('\n')
    .map((line) => (line.trim() === '' ? '>' : `> ${line}`))
    .join('\n')}\n\n`

/** What is selected inside an element; empty when the selection reaches out of it. */
export function selectedIn(element: Element | null): string {
  const selection = document.getSelection()
  if (!element || !selection || selection.isCollapsed) return ''
  const range = selection.getRangeAt(0)
  if (!element.contains(range.startContainer)) return ''
  if (!element.contains(range.endContainer)) {
    // Three clicks select a paragraph up to the start of whatever comes next: nothing of that is in it.
    const beyond = range.cloneRange()
    beyond.setStartAfter(element)
    if (beyond.toString().trim() !== '') return ''
  }
  return selection.toString().trim()
}
