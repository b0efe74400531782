import type { ModelView } from '@contract/models'
import type { CapabilityMatrix } from '@contract/routes'
import type { LoadedRoute } from '../routes/route'

export type DiscoveryMode = 'disabled' | 'best_effort' | 'required'

const spellings: Readonly<Record<string, DiscoveryMode>> = {
  '0': 'disabled',
  false: 'disabled',
  off: 'disabled',
  disabled: 'disabled',
  '1': 'best_effort',
  true: 'best_effort',
  on: 'best_effort',
  enabled: 'best_effort',
  best_effort: 'best_effort',
  'best-effort': 'best_effort',
  required: 'required',
  require: 'required',
  strict: 'required',
}

/** What `KHEISH_OPENROUTER_MODEL_DISCOVERY` asks of a route (contract 5.2). */
export function discoveryMode(setting: string | undefined, prefix: string): DiscoveryMode {
  const spelled = setting?.trim().toLowerCase() ?? ''
  const known = Object.hasOwn(spellings, spelled) ? spellings[spelled] : undefined
  return known ?? (prefix.includes('openrouter.ai') ? 'best_effort' : 'disabled')
}

/** The capabilities of a route with its model, as discovered; without an entry the model is not restricted. */
export function capabilityMatrix(route: LoadedRoute, entry: ModelView | undefined): CapabilityMatrix {
  const { multimodal_input, image_generation, image_edit } = route.capabilities
  const takes = (kind: string) => entry === undefined || entry.input_modalities.includes(kind)
  const makes = (kind: string) => entry === undefined || entry.output_modalities.includes(kind)
  return {
    matrix_version: 2,
    multimodal_input: multimodal_input && (takes('image') || takes('audio')),
    native_web_search: false,
    image_generation: image_generation && takes('text') && makes('image'),
    image_edit: image_edit && takes('image') && makes('image'),
    audio_generation: route.backends.audio_generation,
    transcription: route.backends.transcription,
  }
}
