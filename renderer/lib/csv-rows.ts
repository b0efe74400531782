/** Rows that are laid out at once. */
const most = 300

/** Cells of a CSV text (RFC 4180); commas, semicolons or tabs, whichever its first line has most of. */
export function csvRows(text: string): {
  readonly rows: readonly (readonly string[])[]
  readonly isCut: boolean
} {
  const separator = separatorOf(text)
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]
    if (isQuoted) {
      if (letter !== '"') cell += letter
      else if (text[at + 1] === '"') cell += text[at++]
      else isQuoted = false
    } else if (letter === '"' && cell === '') isQuoted = true
    else if (letter === separator) {
      row.push(cell)
      cell = ''
    } else if (letter === '\n') {
      rows.push([...row, cell.replace(/\r$/, '')])
      row = []
      cell = ''
      if (rows.length === most) return { rows, isCut: at < text.length - 1 }
    } else cell += letter
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell])
  return { rows, isCut: false }
}

function separatorOf(text: string): string {
  const first = text.slice(0, 2_000).split('\n', 1)[0] ?? ''
  const count = (separator: string): number => first.split(separator).length
  return [',', ';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best))
}
