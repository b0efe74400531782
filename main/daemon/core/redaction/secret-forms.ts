/**
 * Regular expressions that together find a secret in every spelling it may travel in: as it is, escaped for JSON
 * (also twice), URL-encoded in any style, and within base64 (both alphabets, at any byte offset).
 */
export function patternsOf(secret: string): RegExp[] {
  const forms = new Set([secret, secret.trim()].flatMap(piecesOf).flatMap(formsOf))
  const sources: string[] = []
  for (const form of forms) {
    const last = sources.at(-1)
    if (last === undefined || last.length + form.length > longestSource) sources.push(form)
    else sources[sources.length - 1] = `${last}|${form}`
  }
  return sources.map((source) => new RegExp(source, 'g'))
}

/** Texts that are shorter than this hold no spelling of the secret. Characters. */
export const shortestForm = (secret: string): number =>
  Math.min(
    ...piecesOf(secret.trim()).flatMap((piece) => [
      piece.length,
      ...base64Cores(bytesOf(piece)).map((core) => core.length),
    ]),
  )

/** The plain spellings of a secret, to tell whether a text that is still growing ends with the beginning of one. */
export function literalsOf(secret: string): string[] {
  const pieces = piecesOf(secret.trim())
  return [...new Set([...pieces, ...pieces.map((piece) => JSON.stringify(piece).slice(1, -1))])]
}

/** Engines refuse expressions without end, and say so in an error that quotes them. */
const longestSource = 50_000
const longestPiece = 128

/** A long secret is looked for piece by piece, each about as long as the next. */
function piecesOf(secret: string): string[] {
  const characters = [...secret]
  const count = Math.ceil(characters.length / longestPiece)
  const size = Math.ceil(characters.length / count)
  return [...Array(count).keys()].map((index) => characters.slice(index * size, (index + 1) * size).join(''))
}

function formsOf(piece: string): string[] {
  const texts = [piece, JSON.stringify(piece).slice(1, -1), percentEncode(piece)]
  const cores = texts.flatMap((text) => base64Cores(bytesOf(text)))
  return [spellingPattern(piece), ...cores.map(base64Pattern)]
}

/** Every character as itself or in any of its escapes. Runs of backslashes are one unit: escaping doubles them. */
function spellingPattern(text: string): string {
  return (text.match(/\\+|[^\\]/gu) ?? []).map(characterPattern).join('')
}

function characterPattern(unit: string): string {
  if (unit.startsWith('\\'))
    return `(?:\\\\{${unit.length},${unit.length * 8}}|(?:%(?:25)*5[Cc]){${unit.length}})`
  const choices = [escapeForPattern(unit), percentPattern(unit), unicodePattern(unit)]
  const short = shortEscapes[unit]
  if (short !== undefined) choices.push(`\\\\{1,8}${short}`)
  if (unit === '"' || unit === '/') choices.push(`\\\\{1,8}${unit}`)
  if (unit === ' ') choices.push('\\+')
  return `(?:${choices.join('|')})`
}

/** Base64 text, whose two odd characters differ by alphabet and may be URL-encoded. */
function base64Pattern(core: string): string {
  return core.replace(/[+/]/g, (odd) => (odd === '+' ? '(?:[+-]|%2[Bb])' : '(?:\\\\?/|_|%2[Ff])'))
}

const shortEscapes: Readonly<Record<string, string>> = {
  '\n': 'n',
  '\r': 'r',
  '\t': 't',
  '\b': 'b',
  '\f': 'f',
}

const escapeForPattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')

/** `%2B`, `%2b` or `%252B`. */
const percentPattern = (unit: string): string =>
  bytesOf(unit)
    .map((byte) => `%(?:25)*${anyCase(byte.toString(16).padStart(2, '0'))}`)
    .join('')

/** `\u002b`, one for every UTF-16 unit. */
const unicodePattern = (unit: string): string =>
  [...Array(unit.length).keys()]
    .map((index) => `\\\\{1,8}u${anyCase(unit.charCodeAt(index).toString(16).padStart(4, '0'))}`)
    .join('')

const anyCase = (hex: string): string =>
  hex.replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`)

const percentEncode = (text: string): string => encodeURIComponent(wellFormed(text))

/** Lone surrogates have no bytes of their own. */
const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\uFFFD')

/** UTF-8. */
function bytesOf(text: string): number[] {
  const units = percentEncode(text).match(/%[\dA-F]{2}|[^%]/g) ?? []
  return units.map((unit) => (unit.length === 3 ? Number.parseInt(unit.slice(1), 16) : unit.charCodeAt(0)))
}

/**
 * The characters that a run of bytes alone decides, for each of the three ways it can fall into base64 groups.
 * Too short ones would be found in any text.
 */
function base64Cores(bytes: readonly number[]): string[] {
  return [0, 1, 2]
    .map((shift) => {
      const first = Math.ceil((shift * 8) / 6)
      const end = Math.floor(((shift + bytes.length) * 8) / 6)
      return encodeBase64([...Array<number>(shift).fill(0), ...bytes]).slice(first, end)
    })
    .filter((core) => core.length >= 7)
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Without padding. */
function encodeBase64(bytes: readonly number[]): string {
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{1,6}/g) ?? []
  return groups.map((group) => alphabet[Number.parseInt(group.padEnd(6, '0'), 2)]).join('')
}
