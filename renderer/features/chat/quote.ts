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
  const isInside = element.contains(selection.anchorNode) && element.contains(selection.focusNode)
  return isInside ? selection.toString().trim() : ''
}
