import { Failure } from '../core/failure'
import { marker } from '../core/redaction/marker'
import type { Clock } from '../ports/clock'
import type { AttemptTap } from '../ports/attempt-tap'
import { failureOfAnswer, interrupted, tooLarge, trouble, type CallFacts } from './faults'
import type { Limits } from './limits'
import { attributionHeaders, type Attribution } from './request'
import { watch, type Watch } from './watch'

/** As much of a `Response` as is looked at. */
export interface Answer {
  readonly ok: boolean
  readonly status: number
  readonly headers: Iterable<[string, string]> & { get(name: string): string | null | undefined }
  /** Null: there is none, or none that can be read. */
  readonly body: AsyncIterable<Uint8Array> | null
}

export type Fetch = (url: string, init: RequestInit) => Promise<Answer>

/** What every call of the driver shares. */
export interface Line {
  readonly fetch: Fetch
  /** The same for an answer that comes in many small pieces. */
  readonly stream: Fetch
  readonly clock: Clock
  readonly attribution: Attribution
  readonly limits: Limits
}

export interface Ask {
  readonly url: string
  /** Empty or absent: asked without one, as the public list of models can be. */
  readonly key?: string
  /** Given: a POST of this JSON. */
  readonly body?: object
  /** Bytes that the JSON may have; a larger one is not sent. */
  readonly most?: number
  readonly accept?: string
  /** The answer is expected in many small pieces. */
  readonly isStream?: boolean
  readonly facts: CallFacts
  /** Sees what goes out and what comes back. */
  readonly tap?: AttemptTap
}

/** An answer that has begun. Whoever holds it ends the watch. */
export interface Begun {
  readonly response: Answer
  readonly watch: Watch
  readonly facts: CallFacts
  readonly tap?: AttemptTap | undefined
}

/** Sends and waits for the headers. Anything but a success is thrown, with its body read and judged. */
export async function send(line: Line, ask: Ask, signal: AbortSignal): Promise<Begun> {
  if (signal.aborted) throw interrupted()
  const sure = watch(line.clock, signal, line.limits.first_byte_ms)
  let facts = ask.facts
  try {
    if (ask.key && !/^[\x21-\x7e]+$/.test(ask.key)) throw trouble('key_refused', facts)
    const body = ask.body && JSON.stringify(ask.body)
    refuseLarge(body ?? '', ask)
    const method = ask.body ? 'POST' : 'GET'
    const headers = {
      ...attributionHeaders(line.attribution),
      accept: ask.accept ?? 'application/json',
      ...(ask.body ? { 'content-type': 'application/json' } : {}),
    }
    ask.tap?.asked({
      method,
      url: ask.url,
      headers: ask.key ? { ...headers, authorization: marker } : headers,
      ...(ask.body ? { body: ask.body } : {}),
    })
    const response = await (ask.isStream ? line.stream : line.fetch)(ask.url, {
      method,
      headers: ask.key ? { ...headers, authorization: `Bearer ${ask.key}` } : headers,
      ...(body === undefined ? {} : { body }),
      // Never followed: a redirect could carry the key to another host.
      redirect: 'manual',
      signal: sure.signal,
    })
    sure.expect(line.limits.idle_ms)
    ask.tap?.answered({ status: response.status, headers: Object.fromEntries(response.headers) })
    const generation_id = response.headers.get('x-generation-id')
    if (generation_id) facts = { ...facts, generation_id }
    if (response.ok && response.body) return { response, watch: sure, facts, tap: ask.tap }
    if (response.status < 400) throw trouble('malformed', facts, { http_status: response.status })
    const text = await readText({ response, watch: sure, facts }, errorSize).catch((error: unknown) => {
      // The status says enough when the words behind it are lost.
      if (sure.signal.aborted) throw error
      return ''
    })
    ask.tap?.said(text)
    const header = (name: string) => response.headers.get(name) ?? undefined
    throw failureOfAnswer({ status: response.status, text, header, now: line.clock.now() }, facts)
  } catch (error) {
    sure.end()
    throw translate(error, sure, signal, facts, 'before')
  }
}

function refuseLarge(body: string, { most = Infinity, facts }: Ask): void {
  // A character has three bytes at most: short texts need no counting.
  const size = body.length * 3 <= most ? body.length : Buffer.byteLength(body)
  if (size > most) throw tooLarge(size, most, facts)
}

/** Reads a body as text up to `most` characters; the rest is left on the wire. */
export async function readText({ response, watch: sure }: Begun, most: number): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const bytes of response.body ?? []) {
    sure.alive()
    text += decoder.decode(bytes, { stream: true })
    if (text.length > most) return text.slice(0, most)
  }
  return text + decoder.decode()
}

/** A JSON answer from beginning to end; the watch is ended. */
export async function askJson(line: Line, ask: Ask, signal: AbortSignal): Promise<unknown> {
  const begun = await send(line, ask, signal)
  try {
    const text = await readText(begun, line.limits.event_size)
    try {
      return JSON.parse(text) as unknown
    } catch {
      throw trouble('malformed', begun.facts, { http_status: begun.response.status })
    }
  } catch (error) {
    throw translate(error, begun.watch, signal, begun.facts, 'during')
  } finally {
    begun.watch.end()
  }
}

const errorSize = 256 * 1024
const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ALTNAME/

/** Whatever was thrown around the network, as the failure it is. */
export function translate(
  error: unknown,
  sure: Watch,
  caller: AbortSignal,
  facts: CallFacts,
  when: 'before' | 'during',
): unknown {
  if (caller.aborted) return interrupted()
  if (error instanceof Failure) return error
  if (sure.timedOut()) return trouble('timeout', facts, {}, error)
  if (!(error instanceof TypeError) && !isSocketError(error)) return error
  const code = codeOf(error)
  if (when === 'during') return trouble('cut_short', facts, {}, error)
  // Codes of the library mean nothing to people; those of the system can be looked up.
  const said = code === undefined || code.startsWith('UND_') ? {} : { said: code }
  const retryable = code === undefined || !untrusted.test(code)
  return trouble('unreachable', facts, { ...said, retryable }, error)
}

const isSocketError = (error: unknown): boolean => codeOf(error) !== undefined

/** The system's code for a network error, wherever it hides. */
function codeOf(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ('code' in at && typeof at.code === 'string') return at.code
  }
  return undefined
}
