import { longestSpeech } from '@contract/audio'
import type { AssetRow } from '@contract/assets'
import type { AssetRef } from '@contract/message'
import type { ToolView } from '@contract/tools'
import { speechInvalid } from '../../core/audio/check-speech'
import type { SpeechOrder, SpeechService } from '../../ports/speech'
import type { Store } from '../../ports/store'
import type { Tool } from '../../ports/tools'
import type { Offered } from '../create-toolbox'

interface Needs {
  readonly speech: SpeechService
  readonly store: Pick<Store, 'assets'>
}

/** `generate_audio` (contract 9.4), there while some route has the backend. */
export const audioTools = (on: Needs): readonly Offered[] => [
  { tool: generateAudio(on), isVisible: () => on.speech.isAvailable() },
]

const generateAudio = ({ speech, store }: Needs): Tool => ({
  view,
  async run(input, call) {
    const { route_id, model } = call.run
    const made = await speech.speak(readOrder(input), {
      signal: call.signal,
      call,
      soft: { route_id, model },
      session_id: call.run.session_id,
    })
    const asset = refOf(store, made.asset)
    return {
      output: {
        provider: 'openrouter',
        model: made.model,
        route_id: made.route_id,
        assets: [asset],
        ...(made.transcript === undefined ? {} : { transcript: made.transcript }),
      },
      facts: {
        route_id: made.route_id,
        model: made.model,
        assets: [asset],
        ...(made.cost_usd === undefined ? {} : { cost_usd: made.cost_usd }),
      },
    }
  },
})

/** Unknown keys are passed over; a missing or mistyped one is `speech_invalid` (contract 9). */
function readOrder(given: unknown): SpeechOrder {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw speechInvalid('input', 'The arguments are a JSON object with an input.')
  const said = given as Readonly<Record<string, unknown>>
  // Models write null for what they leave out.
  const text = (key: string): string | undefined => {
    const value = said[key] ?? undefined
    if (value === undefined || typeof value === 'string') return value
    throw speechInvalid(key, `${key} is a string.`)
  }
  const input = text('input')
  if (input === undefined) throw speechInvalid('input', 'input is required.')
  const speed = said['speed'] ?? undefined
  if (speed !== undefined && typeof speed !== 'number') throw speechInvalid('speed', 'speed is a number.')
  return {
    input,
    instructions: text('instructions'),
    voice: text('voice'),
    format: text('format'),
    speed,
    provider: text('provider'),
    model: text('model'),
  }
}

function refOf(store: Pick<Store, 'assets'>, row: AssetRow): AssetRef {
  const { asset_id, media_type, file_name, byte_length, sha256 } = row
  return store.assets.ref(asset_id) ?? { asset_id, media_type, file_name, byte_length, sha256 }
}

const view: ToolView = {
  name: 'generate_audio',
  description:
    'Speaks a text and keeps the recording as an asset. It is not shown by itself: show it with emit_output.',
  tool_class: 'media',
  parallel: false,
  timeout_ms: 180_000,
  parameters: {
    type: 'object',
    properties: {
      input: { type: 'string', maxLength: longestSpeech, description: 'What is said, word for word.' },
      instructions: { type: 'string', description: 'How it is said: tone, pace, accent.' },
      voice: { type: 'string', description: 'Leave it out unless the person names one.' },
      format: { type: 'string', enum: ['mp3', 'pcm'], description: 'mp3 without it; pcm is kept as WAV.' },
      speed: { type: 'number', minimum: 0.25, maximum: 4, description: '1 without it.' },
      provider: { type: 'string', description: 'Route id. Leave it out unless the person names a route.' },
      model: { type: 'string', description: 'Speech model. Leave it out unless the person names one.' },
    },
    required: ['input'],
  },
}
