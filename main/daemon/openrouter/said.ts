const longest = 500

/** Things that look like a credential, in the order they are taken out. */
const secrets: readonly RegExp[] = [
  /\bsk-[\w-]{4,}/gi,
  /\bbearer\s+[^\s"',;]+/gi,
  /\beyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)?/g,
  /["']?\b(?:[\w-]*(?:api[_-]?key|token|secret|password|passwd|credential|cookie)|authorization)\b["']?\s*[:=]\s*["']?[^\s"',;}]{6,}/gi,
  /\bdata:[\w/+.-]+;base64,[\w+/=]+/gi,
  /\b[A-Za-z0-9+/_-]{64,}={0,2}/g,
]

/** A provider's sentence fit to be shown and stored: one line, no credentials, at most 500 characters. */
export function sanitise(text: string, key?: string): string | undefined {
  let clean = key ? text.replaceAll(key, '[removed]') : text
  for (const pattern of secrets) clean = clean.replace(pattern, '[removed]')
  clean = clean.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  if (clean === '') return undefined
  const points = Array.from(clean.slice(0, longest * 2))
  return points.length > longest ? `${points.slice(0, longest - 1).join('')}…` : clean
}

const generic =
  /^(provider returned error|error|internal server error|bad request|unknown error|upstream error)?\.?$/i
const keys = ['message', 'error', 'detail', 'details', 'msg'] as const

/** Digs the useful text out of an upstream error: a string, JSON in a string, or an object (API reference 1.6). */
export function digOut(value: unknown, depth = 0): string | undefined {
  if (depth > 6) return undefined
  if (typeof value === 'string') {
    const text = value.trim()
    if (!/^[[{]/.test(text)) return text === '' || looksLikePage(text) ? undefined : text
    try {
      return digOut(JSON.parse(text), depth + 1)
    } catch {
      return text
    }
  }
  if (Array.isArray(value)) {
    for (const item of value) {
      const found = digOut(item, depth + 1)
      if (found) return found
    }
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const field = fieldOf(value)
  for (const key of keys) {
    const found = digOut((value as Record<string, unknown>)[key], depth + 1)
    if (found) return field === '' ? found : `${field}: ${found}`
  }
  return undefined
}

/** Which field a validation error is about (API reference 1.4, shape C). */
function fieldOf(value: object): string {
  const path: unknown = 'path' in value ? value.path : undefined
  return Array.isArray(path) ? path.filter((one) => typeof one === 'string').join('.') : ''
}

export const looksLikePage = (text: string): boolean => /^\s*(<!doctype|<html|<head|<\?xml)/i.test(text)

/** The title of an HTML page: all that is ever shown of one. */
export function pageTitle(text: string): string | undefined {
  return /<title[^>]*>([^<]{1,200})/i.exec(text.slice(0, 2048))?.[1]?.trim()
}

/** The best sentence of an error: its message, or what lies under it when that says nothing. */
export function bestMessage(
  message: unknown,
  metadata: Readonly<Record<string, unknown>>,
): string | undefined {
  const own = digOut(message)
  if (own !== undefined && !generic.test(own.trim())) return own
  const raw = digOut(metadata['raw'])
  if (raw === undefined) return own
  const provider = metadata['provider_name']
  return typeof provider === 'string' && provider !== '' ? `${provider}: ${raw}` : raw
}
