import type { Access, Transcript, TranscriptionAsk } from '../ports/driver'
import { trouble, type CallFacts } from './faults'
import { refuseError } from './images-answer'
import { readText, send, translate, type Begun, type Line } from './send'
import { readTranscript } from './transcription-answer'
import { within } from './within'

/**
 * One recording, written down (API reference 5.2, contract 10.3): the JSON path, which carries options. Asked once;
 * after a silence nobody knows whether it is paid for.
 */
export async function transcribe(
  line: Line,
  access: Access,
  ask: TranscriptionAsk,
  caller: AbortSignal,
): Promise<Transcript> {
  const known: CallFacts = { route_id: access.route_id, key: access.key, model: ask.model }
  const { transcription_ms, transcription_size } = line.limits
  const patient = { ...line, limits: { ...line.limits, first_byte_ms: transcription_ms } }
  return within(line, transcription_ms, known, caller, async (signal) => {
    const begun = await send(
      patient,
      {
        url: `${access.prefix.replace(/\/+$/, '')}/audio/transcriptions`,
        key: access.key,
        body: encodeTranscription(ask),
        most: transcription_size,
        facts: known,
      },
      signal,
    )
    try {
      return await read(line, begun)
    } catch (error) {
      throw translate(error, begun.watch, signal, begun.facts, 'during')
    } finally {
      begun.watch.end()
    }
  })
}

/** The prompt is the upstream's own option, so it goes to each that may serve under its name. */
export function encodeTranscription(ask: TranscriptionAsk): object {
  const { model, bytes, format, prompt, language, session_id } = ask
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
  return {
    model,
    input_audio: { data, format },
    ...(language ? { language } : {}),
    ...(prompt
      ? { provider: { options: Object.fromEntries(takers(model).map((one) => [one, { prompt }])) } }
      : {}),
    ...(session_id ? { session_id } : {}),
  }
}

/** The author's own endpoint, and those who serve open models and take a prompt. */
const takers = (model: string): readonly string[] => {
  const author = model.includes('/') ? model.slice(0, model.indexOf('/')) : 'openai'
  return [...new Set([author, 'groq'])]
}

async function read(line: Line, begun: Begun): Promise<Transcript> {
  const { response, facts } = begun
  const type = response.headers.get('content-type') ?? 'application/json'
  if (!/^application\/(\w+\+)?json\b/i.test(type)) {
    throw trouble('malformed', facts, { http_status: response.status })
  }
  const most = line.limits.transcript_size
  const text = await readText(begun, most + 1)
  if (Buffer.byteLength(text) > most)
    throw trouble('malformed', facts, { said: 'The answer was larger than the limit' })
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw trouble('malformed', facts, { http_status: response.status })
  }
  refuseError(body, facts, line.clock.now())
  return readTranscript(body, facts, line.clock.now())
}
