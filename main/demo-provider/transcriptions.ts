import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { usageOf, type DemoUsage } from './accounts'
import type { ChatContext } from './chat'
import { decode, formatOf, type Heard } from './listening/decode'
import { recognise } from './listening/recognise'
import { findDemoModel, type DemoModel } from './models'
import { refuse, unknownModel, wrongEndpoint } from './refuse'
import { tokensOf } from './respond'
import { readUpload, type Upload } from './upload'

/** Bytes of a form. */
const most = 25_000_000

/** Answers `POST /audio/transcriptions` (API reference 5.2), in both forms. It really listens, where the machine can. */
export async function answerTranscription(
  body: unknown,
  response: ServerResponse,
  { behaviour, gone, keep, grammar }: ChatContext & { readonly grammar: string | undefined },
): Promise<void> {
  const sendJson = (status: number, value: object) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
  const upload = readUpload(body)
  if ('refused' in upload) return sendJson(400, upload.refused)
  const { model: id, bytes } = upload
  if (upload.isForm && bytes.length > most)
    return sendJson(413, refuse(413, 'The file is larger than 25 MB', 'payload_too_large'))
  const model = findDemoModel(id)
  if (!model) return sendJson(400, unknownModel(id))
  if (!model.architecture.output_modalities.includes('transcription')) return sendJson(400, wrongEndpoint(id))
  const refusal = refusalOf(model, upload)
  if (refusal !== undefined) return sendJson(400, refuse(400, refusal, 'invalid_request'))
  const found = formatOf(bytes)
  let heard: Heard
  try {
    heard = await decode(found ?? upload.format, bytes)
  } catch {
    return sendJson(400, refuse(400, 'The audio file could not be decoded', 'invalid_request'))
  }
  // Opaque, as it was seen.
  if (/chirp/.test(id) && heard.seconds > 60)
    return sendJson(400, refuse(400, 'Provider returned error', 'invalid_request'))
  // A word that does not fit the bytes gives nothing, and a success.
  const isMisnamed = found !== undefined && found !== upload.format
  const text = behaviour.text ?? (isMisnamed ? '' : await wordsOf(heard, grammar, gone))
  if (gone.aborted) return
  const usage = usageOf(model, Math.ceil(heard.seconds * 10), tokensOf(text).length, 0)
  const generation = `gen-stt-${Math.floor(Date.now() / 1000)}-${randomBytes(8).toString('hex')}`
  keep({
    id: generation,
    model,
    house: id.split('/')[0] ?? 'demo',
    created_ms: Date.now(),
    usage,
    finish_reason: 'stop',
    cancelled: false,
    asked: 0,
  })
  response.setHeader('x-generation-id', generation)
  sendJson(200, { text, ...(behaviour.usage === 'none' ? {} : { usage: bill(model, heard.seconds, usage) }) })
}

function refusalOf({ id }: DemoModel, { response_format = 'json', format }: Upload): string | undefined {
  if (response_format === 'verbose_json' && !id.startsWith('openai/'))
    return `response_format verbose_json is not supported by ${id}`
  if (response_format !== 'json' && response_format !== 'verbose_json')
    return `response_format ${response_format} is not supported`
  if (/chirp/.test(id) && format === 'mp3') return 'Provider returned error'
  return undefined
}

/** By seconds or by tokens, as the model is priced. */
const bill = (model: DemoModel, seconds: number, usage: DemoUsage): object =>
  /whisper|parakeet|chirp/.test(model.id)
    ? { seconds: Number(seconds.toFixed(2)), cost: usage.cost }
    : {
        input_tokens: usage.prompt_tokens,
        output_tokens: usage.completion_tokens,
        total_tokens: usage.prompt_tokens + usage.completion_tokens,
        cost: usage.cost,
      }

/** What is said in it; nothing for silence. */
async function wordsOf(
  { sound, seconds }: Heard,
  grammar: string | undefined,
  gone: AbortSignal,
): Promise<string> {
  if (sound && sound.every((value) => Math.abs(value) < 0.004)) return ''
  const words = sound && (await recognise(sound, grammar, gone))
  if (words !== undefined) return words
  const why = sound ? 'cannot listen on this computer' : 'cannot open this kind of recording'
  return `The demo ${why}. The recording is ${seconds.toFixed(1)} seconds long.`
}
