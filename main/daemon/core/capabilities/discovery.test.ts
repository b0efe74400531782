import type { ModelView } from '@contract/models'
import { describe, expect, test } from 'vitest'
import type { LoadedRoute } from '../routes/route'
import { capabilityMatrix, discoveryMode } from './discovery'
import { driverCapabilities } from './narrow'

const ours = 'https://openrouter.ai/api/v1'
const theirs = 'http://127.0.0.1:4010/v1'

describe('the mode of discovery (contract 5.2)', () => {
  test.each([
    ...['0', 'false', 'off', 'disabled', ' OFF '].map((text) => [text, 'disabled'] as const),
    ...['1', 'true', 'on', 'enabled', 'best_effort', 'best-effort'].map(
      (text) => [text, 'best_effort'] as const,
    ),
    ...['required', 'require', 'Strict'].map((text) => [text, 'required'] as const),
  ])('%j is %s wherever the route leads', (text, mode) => {
    expect([discoveryMode(text, ours), discoveryMode(text, theirs)]).toEqual([mode, mode])
  })

  test.each([undefined, '', 'maybe', 'constructor', '2'])('%j depends on where the route leads', (text) => {
    expect([discoveryMode(text, ours), discoveryMode(text, theirs)]).toEqual(['best_effort', 'disabled'])
  })
})

describe('the matrix of a route (contract 5.2)', () => {
  const route: LoadedRoute = {
    route_id: 'main',
    driver: 'openrouter',
    default_model: 'a/b',
    prefix: ours,
    credential: { kind: 'auth_ref', slot_id: 's' },
    capabilities: driverCapabilities,
    backends: { audio_generation: true, transcription: false },
  }
  const model = (takes: readonly string[], makes: readonly string[]): ModelView => ({
    id: 'a/b',
    name: 'B',
    input_modalities: takes,
    output_modalities: makes,
    supports: [],
    is_free: false,
  })

  test.each([
    ['text only', model(['text'], ['text']), [false, false, false]],
    ['sees', model(['text', 'image'], ['text']), [true, false, false]],
    ['hears', model(['text', 'audio'], ['text']), [true, false, false]],
    ['draws', model(['text'], ['text', 'image']), [false, true, false]],
    ['draws on what it sees', model(['text', 'image'], ['image']), [true, true, true]],
    ['is in no list', undefined, [true, true, true]],
  ] as const)('a model that %s', (_what, entry, [sees, draws, edits]) => {
    expect(capabilityMatrix(route, entry)).toEqual({
      matrix_version: 2,
      multimodal_input: sees,
      native_web_search: false,
      image_generation: draws,
      image_edit: edits,
      audio_generation: true,
      transcription: false,
    })
  })

  test('gives back nothing that the file took away', () => {
    const narrowed = { ...route, capabilities: { ...driverCapabilities, image_edit: false } }
    expect(capabilityMatrix(narrowed, model(['text', 'image'], ['image'])).image_edit).toBe(false)
  })
})
