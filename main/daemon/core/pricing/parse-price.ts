/**
 * Reads a catalogue price, a decimal string in US dollars per token, as US dollars per million tokens.
 * Undefined when it is unknown: missing, not a number, not finite, or negative like the `-1` of dynamic prices
 * (API reference 6.1). The point moves in the text, so that "0.00000125" is exactly 1.25.
 */
export function parsePrice(price: unknown): number | undefined {
  const text = typeof price === 'number' ? String(price) : typeof price === 'string' ? price.trim() : ''
  const [, digits, exponent = '0'] = /^\+?(\d+\.?\d*|\.\d+)(?:e([+-]?\d{1,3}))?$/i.exec(text) ?? []
  if (digits === undefined) return undefined
  const perMillion = Number(`${digits}e${Number(exponent) + 6}`)
  return Number.isFinite(perMillion) ? perMillion : undefined
}
