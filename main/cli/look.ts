import { styleText } from 'node:util'
import stringWidth from 'string-width'

/** How text is laid out for whoever reads it. */
export interface Look {
  /** Cells of a line; absent where nobody watches and lines may be as long as they are. */
  readonly columns?: number
  readonly hasColour: boolean
  /** IANA name; absent: this computer's. */
  readonly timeZone?: string
  /** Whether control characters would do something: then they are shown, not done. */
  readonly isScreen: boolean
}

type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan'

export const styled = (look: Look, style: Style, text: string): string =>
  look.hasColour && text !== '' ? styleText(style, text, { validateStream: false }) : text

/** Text that keeps to its line and its place, whoever wrote it. */
export const oneLine = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029]+|[\u202a-\u202e\u2066-\u2069]/gu, ' ')

/** An answer for a screen: what would move the cursor or colour the rest is shown as a sign. Lines and tabs stay. */
export const harmless = (text: string): string =>
  text.replace(/(?![\n\t])\p{Cc}/gu, (sign) => {
    const code = sign.charCodeAt(0)
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd'
  })

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** At most `cells` wide, with an ellipsis where something is left out. */
export function cut(text: string, cells: number): string {
  if (stringWidth(text) <= cells) return text
  let kept = ''
  let width = 0
  for (const { segment } of graphemes.segment(text)) {
    width += stringWidth(segment)
    if (width > cells - 1) break
    kept += segment
  }
  return `${kept}…`
}

/** Filled with blanks up to `cells`, counting what a terminal shows. */
export const padEnd = (text: string, cells: number): string =>
  text + ' '.repeat(Math.max(0, cells - stringWidth(text)))
export const padStart = (text: string, cells: number): string =>
  ' '.repeat(Math.max(0, cells - stringWidth(text))) + text
export const widthOf = (text: string): number => stringWidth(text)
