import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

/** A request that arrived. The key itself is not kept, only its digest. */
export interface Arrived {
  readonly at_ms: number
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Undefined as well where a large one was forgotten. */
  body: unknown
  /** `aborted`: the client closed before the answer was complete. */
  ended: 'open' | 'answered' | 'aborted'
}

const limit = 64 * 1024 * 1024

/** Reads a whole body; JSON when it is JSON, and of a form its fields with the file in base64. */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length
    if (length > limit) return undefined
    pieces.push(piece)
  }
  const whole = Buffer.concat(pieces)
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('multipart/form-data')) return readForm(whole, type)
  const text = whole.toString('utf8')
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown)
  } catch {
    return text
  }
}

async function readForm(bytes: Buffer, type: string): Promise<unknown> {
  try {
    const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData()
    const fields = [...form].map(async ([name, value]) => {
      if (typeof value === 'string') return [name, value] as const
      const base64 = Buffer.from(await value.arrayBuffer()).toString('base64')
      return [name, { name: value.name, type: value.type, base64 }] as const
    })
    return { form: true, ...Object.fromEntries(await Promise.all(fields)) }
  } catch {
    return undefined
  }
}

/** Headers as sent, with the key replaced by its SHA-256. */
export function safeHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const out: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    const text = Array.isArray(value) ? value.join(', ') : (value ?? '')
    out[name] = name === 'authorization' ? `sha256:${createHash('sha256').update(text).digest('hex')}` : text
  }
  return out
}

/** The key of a `Bearer` header. */
export const keyOf = (headers: IncomingHttpHeaders): string | undefined =>
  /^Bearer\s+(\S+)$/.exec(headers.authorization ?? '')?.[1]
