import { Failure } from '../core/failure'
import { isAboutFormat } from '../core/audio/too-long'
import type { Access, SpeechAsk, SpeechMade } from '../ports/driver'
import { errorIn, failureOf, interrupted, trouble, type CallFacts } from './faults'
import { readText, send, translate, type Begun, type Line } from './send'
import { kindOfSpeech, tellingBytes } from './speech-kind'
import { beginTerm } from './within'

/**
 * Speaks (API reference 4.1). Resolves with the first bytes, once it is known that they are sound; what follows comes
 * as it arrives. A 400 about the format is asked once more as samples, nothing else is asked twice.
 */
export async function speak(
  line: Line,
  access: Access,
  ask: SpeechAsk,
  signal: AbortSignal,
): Promise<SpeechMade> {
  try {
    return await askFor(line, access, ask, signal)
  } catch (error) {
    if (ask.format === 'pcm' || !(error instanceof Failure) || !isAboutFormat(error.fault)) throw error
    return askFor(line, access, { ...ask, format: 'pcm' }, signal)
  }
}

const bodyOf = ({ model, input, voice, format, speed, instructions, session_id }: SpeechAsk): object => ({
  model,
  input,
  voice,
  // Without it samples come that nothing plays (API reference 9, row 13).
  response_format: format,
  ...(speed === undefined || speed === 1 ? {} : { speed }),
  ...(instructions === undefined ? {} : { provider: { options: { openai: { instructions } } } }),
  ...(session_id === undefined ? {} : { session_id }),
})

async function askFor(line: Line, access: Access, ask: SpeechAsk, caller: AbortSignal): Promise<SpeechMade> {
  const facts: CallFacts = { route_id: access.route_id, key: access.key, model: ask.model }
  const { speech_ms } = line.limits
  const term = beginTerm(line, speech_ms, caller)
  let begun: Begun | undefined
  const failed = (error: unknown, when: 'before' | 'during'): unknown => {
    const known = begun?.facts ?? facts
    if (term.isLate() && !caller.aborted) return trouble('timeout', known, { retryable: false }, error)
    const failure = begun ? translate(error, begun.watch, caller, known, when) : error
    return caller.aborted ? interrupted() : onceOnly(failure)
  }
  const end = () => {
    begun?.watch.end()
    term.end()
  }
  try {
    const patient = { ...line, limits: { ...line.limits, first_byte_ms: speech_ms, idle_ms: speech_ms } }
    begun = await send(
      patient,
      {
        url: `${access.prefix.replace(/\/+$/, '')}/audio/speech`,
        key: access.key,
        body: bodyOf(ask),
        accept: ask.format === 'mp3' ? 'audio/mpeg, audio/*' : 'audio/pcm, audio/*',
        isStream: true,
        facts,
      },
      term.signal,
    )
    const sound = await openSound(line, begun, ask)
    return { ...sound, bytes: guarded(sound.bytes, (error) => failed(error, 'during'), end) }
  } catch (error) {
    const failure = failed(error, 'during')
    end()
    throw failure
  }
}

async function openSound(line: Line, begun: Begun, ask: SpeechAsk): Promise<SpeechMade> {
  const { response, facts } = begun
  const type = response.headers.get('content-type') ?? ''
  if (!/^audio\//i.test(type.trim())) throw await notSound(line, begun)
  const most = line.limits.speech_size
  if (Number(response.headers.get('content-length') ?? 0) > most) throw tooMuch(facts)
  const arriving = response.body?.[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  let length = 0
  while (length < tellingBytes) {
    const next = await arriving?.next()
    if (!next || next.done) break
    begun.watch.alive()
    first.push(next.value)
    length += next.value.length
  }
  const kind =
    length === 0 ? undefined : kindOfSpeech(type, ask.format, Buffer.concat(first).subarray(0, tellingBytes))
  if (!kind) throw trouble('no_audio', facts, { http_status: response.status })
  const frame = kind.media_type === 'audio/l16' ? kind.channels * 2 : 1

  async function* bytes(): AsyncGenerator<Uint8Array> {
    let read = 0
    for await (const piece of all()) {
      read += piece.length
      if (read > most) throw tooMuch(facts)
      yield piece
    }
    // Half a sample: something is missing (API reference 4.1).
    if (read % frame !== 0) throw trouble('cut_short', facts, { retryable: false })
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    yield* first
    for (let next = await arriving?.next(); next && !next.done; next = await arriving?.next()) {
      begun.watch.alive()
      yield next.value
    }
  }
  const { generation_id } = facts
  return { ...kind, ...(generation_id === undefined ? {} : { generation_id }), bytes: bytes() }
}

/** An error in a success, or a page of somebody in between (API reference 1.4, shapes D and G). */
async function notSound(line: Line, begun: Begun): Promise<Failure> {
  const { response, facts } = begun
  const text = await readText(begun, 256 * 1024)
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return trouble('malformed', facts, { http_status: response.status })
  }
  const error = errorIn(body)
  const header = (name: string) => response.headers.get(name) ?? undefined
  return error
    ? failureOf({ error, header, now: line.clock.now() }, facts)
    : trouble('malformed', facts, { http_status: response.status })
}

const tooMuch = (facts: CallFacts): Failure =>
  trouble('too_large', facts, { said: 'The recording was larger than the limit' })

/** What ended in silence or broke off may be paid for: nothing asks for it again by itself. */
function onceOnly(error: unknown): unknown {
  if (!(error instanceof Failure) || error.fault.code !== 'provider_error') return error
  const { kind, retryable } = error.fault
  return retryable && (kind === 'timeout' || kind === 'cut_short')
    ? new Failure({ ...error.fault, retryable: false }, { cause: error.cause })
    : error
}

/** Hands pieces on, says what a failure was, and lets go of everything at the end, however it comes. */
async function* guarded(
  bytes: AsyncIterable<Uint8Array>,
  failed: (error: unknown) => unknown,
  end: () => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes
  } catch (error) {
    throw failed(error)
  } finally {
    end()
  }
}
