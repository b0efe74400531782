import { marker } from './marker'

/** Whether a text holds what looks like a key of OpenRouter and its relatives, and not like a name. */
export const looksLikeKey = (text: string): boolean => /\bsk-or-v\d|\bsk-[\w-]{20,}/i.test(text)

/** A slot's name as it may be repeated: somebody may have typed the key itself where its name belongs. */
export const shownSlot = (slotId: string): string => (looksLikeKey(slotId) ? marker : slotId)

/** Takes out what is a secret by its looks, known or not: keys, and what follows `Bearer`. */
export function scrubShapes(text: string): string {
  return text
    .replace(/\bsk-or-[\w-]{6,}|\bsk-[\w-]{16,}/gi, marker)
    .replace(/\b(bearer)(\s+|%20|\+)[\w.~+/=%-]{6,}/gi, `$1$2${marker}`)
}
