import { marker } from './marker'

/** Whether a text holds what looks like a key of OpenRouter and its relatives, and not like a name. */
export const looksLikeKey = (text: string): boolean => /\bsk-or-v\d|\bsk-[\w-]{20,}/i.test(text)

/** A slot's name as it may be repeated: somebody may have typed the key itself where its name belongs. */
export const shownSlot = (slotId: string): string => (looksLikeKey(slotId) ? marker : slotId)

const keys = /\bsk-or-[\w-]{6,}|\bsk-[\w-]{16,}/gi
const bearer = /\b(bearer)(\s+|%20|\+)[\w.~+/=%-]{6,}/gi

/** Takes out what is a secret by its looks, known or not: keys, and what follows `Bearer`. */
export const scrubShapes = (text: string): string =>
  text.replace(keys, marker).replace(bearer, `$1$2${marker}`)

/** Where such secrets are. */
export function findShapes(
  text: string,
): { readonly from: number; readonly to: number; readonly put: string }[] {
  if (!/sk-|bearer/i.test(text)) return []
  const whole = [...text.matchAll(keys)].map(({ index, 0: found }) => ({
    from: index,
    to: index + found.length,
    put: marker,
  }))
  const borne = [...text.matchAll(bearer)].map(({ index, 0: found, 1: word = '', 2: gap = '' }) => ({
    from: index + word.length + gap.length,
    to: index + found.length,
    put: marker,
  }))
  return [...whole, ...borne]
}
