import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DemoGeneration } from './accounts'
import type { ChatContext } from './chat'
import { findDemoModel } from './models'
import { refuse } from './refuse'
import { mp3Of, pcmOf } from './sound/speak-aloud'

interface SpeechBody {
  readonly model?: unknown
  readonly input?: unknown
  readonly voice?: unknown
  readonly response_format?: unknown
  readonly speed?: unknown
}

/** Letters that a model of the demo speaks at most. */
const longest = 4_096

/** Answers `POST /audio/speech` with sound that really says the words, where flite is on the PATH (API reference 4.1). */
export async function answerSpeech(
  body: SpeechBody,
  response: ServerResponse,
  context: ChatContext,
): Promise<void> {
  const { behaviour, gone, keep } = context
  const order = readOrder(body, behaviour.longest_input ?? longest)
  if ('status' in order)
    return void response
      .writeHead(order.status, { 'content-type': 'application/json' })
      .end(JSON.stringify(order.body))
  const { model, input, format, ...manner } = order
  const plain = { ...manner, plain: behaviour.plain_voice ?? false }
  const sound = await (format === 'mp3' ? mp3Of(input, plain) : pcmOf(input, plain))
  if (gone.aborted) return
  const generation: DemoGeneration = {
    id: `gen-tts-${Math.floor(Date.now() / 1000)}-${randomBytes(8).toString('hex')}`,
    model,
    house: 'Demo Voices',
    created_ms: Date.now(),
    usage: {
      prompt_tokens: input.length,
      completion_tokens: 0,
      reasoning_tokens: 0,
      // By the letter.
      cost: Number((Number(model.pricing.prompt) * input.length).toFixed(12)),
    },
    finish_reason: 'stop',
    cancelled: false,
    asked: 0,
  }
  keep(generation)
  // Some providers say how their samples are laid out, some don't.
  const pcm = model.id.startsWith('hexgrad/') ? 'audio/pcm' : 'audio/pcm;rate=24000;channels=1'
  const type = format === 'mp3' ? 'audio/mpeg' : pcm
  response.writeHead(200, {
    'content-type':
      behaviour.media_type === null ? 'application/octet-stream' : (behaviour.media_type ?? type),
    'x-generation-id': generation.id,
    ...behaviour.headers,
  })
  const whole = behaviour.recording === undefined ? sound : Buffer.from(behaviour.recording, 'base64')
  const sent = whole.subarray(0, behaviour.after_bytes ?? whole.length)
  const step = behaviour.split_every ?? 16_384
  for (let at = 0; at < sent.length && !gone.aborted; at += step) {
    response.write(sent.subarray(at, at + step))
    if (behaviour.drip_ms) await sleep(behaviour.drip_ms, undefined, { signal: gone }).catch(() => undefined)
  }
  if (behaviour.ending === 'stall' || gone.aborted) return
  if (behaviour.ending !== 'reset') return void response.end()
  // What was written reaches the client before the socket dies.
  await sleep(20)
  response.socket?.resetAndDestroy()
}

type Refused = { readonly status: number; readonly body: object }

function readOrder(given: SpeechBody, most: number) {
  const invalid = (path: string, message: string): Refused => ({
    status: 400,
    body: {
      success: false,
      error: { name: 'ZodError', message: JSON.stringify([{ path: [path], message }]) },
    },
  })
  const { input, voice, response_format = 'pcm', speed = 1 } = given
  if (typeof input !== 'string' || input === '') return invalid('input', 'Expected a text')
  if (typeof voice !== 'string' || voice === '') return invalid('voice', 'Required')
  if (response_format !== 'mp3' && response_format !== 'pcm')
    return invalid('response_format', 'Expected mp3 or pcm')
  if (typeof speed !== 'number' || speed < 0.25 || speed > 4) return invalid('speed', 'Expected 0.25 to 4')
  const id = String(given.model)
  const entry = findDemoModel(id)
  if (!entry?.architecture.output_modalities.includes('speech')) {
    const said = refuse(400, `Model ${id} does not exist`, 'not_found')
    return { status: 400, body: said }
  }
  const voices = entry['supported_voices'] as readonly string[]
  if (!voices.includes(voice) && !voice.startsWith('voice_')) return invalid('voice', 'Unknown voice')
  if (response_format === 'mp3' && id.startsWith('google/'))
    return {
      status: 400,
      body: refuse(400, 'response_format mp3 is not supported by this model; use pcm', 'invalid_request'),
    }
  if (input.length > most)
    return {
      status: 400,
      body: refuse(400, `Input is too long: at most ${most} characters`, 'invalid_request'),
    }
  return { model: entry, input, voice, speed, format: response_format }
}
