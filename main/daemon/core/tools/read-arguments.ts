import { byteLength, sizeOf } from './limits'

/** What a model wrote, as the tool gets it, or why it can't have it. */
export type Read = { readonly input: object } | { readonly trouble: string }

/**
 * Reads a call's arguments, whatever the answer says of its end: nothing means `{}`, and what is not a whole JSON object
 * goes back to the model as an error (contract 6.7, API reference 1.10, 2.4).
 */
export function readArguments(text: string, limit: number): Read {
  if (text.length > limit || byteLength(text) > limit) {
    return { trouble: `The arguments are longer than ${sizeOf(limit)}. Send less.` }
  }
  if (text.trim() === '') return { input: {} }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { trouble: 'The arguments are not valid JSON. Send the call again with one whole JSON object.' }
  }
  // Some send this where there is nothing to say.
  if (value === null) return { input: {} }
  if (typeof value === 'object' && !Array.isArray(value)) return { input: value }
  return { trouble: 'The arguments are not a JSON object. Send the call again with one.' }
}
