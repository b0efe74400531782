import type { SoundModelView } from '@contract/audio'
import {
  chooseTranscription,
  type TranscriptionChoice,
  type TranscriptionWish,
} from '../core/audio/choose-transcription'
import { Failure } from '../core/failure'
import { knownRoutes } from '../core/routes/inventory'
import { parseSelector } from '../core/selectors/parse-selector'
import type { AudioPorts } from './audio-ports'

/** Who writes down, as routes, catalogue and preferences are now. */
export function chooseTranscriber({ store, routing }: Pick<AudioPorts, 'store' | 'routing'>) {
  const routes = () => routing.table()?.routes ?? []

  /** What the person prefers, as far as it can still be read. */
  function preferred(): { readonly provider?: string; readonly model?: string } {
    const said = store.preferences.get().transcription_model.trim()
    const table = routing.table()
    if (said === '' || !table) return {}
    try {
      const { provider, model } = parseSelector({ model: said }, knownRoutes(table))
      return { ...(provider ? { provider } : {}), ...(model ? { model } : {}) }
    } catch (error) {
      if (error instanceof Failure) return {}
      throw error
    }
  }

  /** A selector's route, in front of its model, counts as a named one. */
  function split({ provider, model }: Pick<TranscriptionWish, 'provider' | 'model'>) {
    const table = routing.table()
    return model?.trim() && table
      ? parseSelector({ provider, model }, knownRoutes(table))
      : { provider, model }
  }

  const choose = (wish: Omit<TranscriptionWish, 'preferred'>): TranscriptionChoice | undefined =>
    chooseTranscription({ ...wish, ...split(wish), preferred: preferred() }, routes(), (route_id, model) =>
      store.models.find(route_id, model),
    )

  return {
    choose,
    isAvailable: (): boolean => routes().some(({ backends }) => backends.transcription),
    models: (routeId?: string): readonly SoundModelView[] =>
      routes()
        .filter(({ route_id, backends }) => backends.transcription && (routeId ?? route_id) === route_id)
        .flatMap(({ route_id }) =>
          store.models
            .list(route_id)
            .models.filter(({ output_modalities }) => output_modalities.includes('transcription'))
            .map(({ id, name }) => ({ route_id, id, name, voices: [] })),
        ),
    defaultChoice: () => {
      const choice = choose({})
      return choice ? { provider: choice.route_id, model: choice.model } : null
    },
  }
}
