import type { SessionId } from '@contract/ids'
import type { RequestSettings } from '@contract/request-settings'
import type { Generation, RunRequest } from '@contract/runs'
import { mergeSettings, noLessPrivate } from '@contract/merge-settings'
import { checkFallbacks } from '../core/selectors/resolve-route'
import type { RunRecord } from '../ports/store'
import { effectiveSettings } from './request-settings'
import type { World } from './world'

type Pinned = Pick<RunRecord, 'generation' | 'provider_preferences' | 'fallback_models'>
type Ports = Pick<World, 'store' | 'routing'>

/** What a request says for itself. */
export const ownSettings = (request: RunRequest): RequestSettings => {
  const { generation, provider_preferences, fallback_model, fallback_models } = request
  const fallbacks = fallback_models ?? (fallback_model === undefined ? undefined : [fallback_model])
  return {
    generation,
    provider_preferences,
    ...(fallbacks === undefined ? {} : { fallback_models: fallbacks }),
  }
}

/** What a new run is sent with, for good (contract 6.3). Faults: `selector_empty`, `route_unknown`. */
export function pinSettings(
  { store, routing }: Ports,
  run: { readonly route_id: string; readonly model: string; readonly session_id: SessionId },
  own: RequestSettings,
): Pinned {
  const merged = effectiveSettings(store, run.route_id, run.session_id, own)
  const fallbacks = checkFallbacks(merged.fallback_models ?? [], run, routing.ready())
  return toPinned({ ...merged, fallback_models: [...fallbacks] })
}

/**
 * What a run's next attempt is sent with: as the run was, but no less private than everything that holds now. The
 * fallbacks go with the model they were meant for.
 */
export function repinSettings(
  { store }: Ports,
  old: RunRecord,
  again: { readonly route_id: string; readonly keepsFallbacks: boolean; readonly generation: Generation },
): Pinned {
  const { generation, provider_preferences, fallback_models = [] } = old
  const kept: RequestSettings = {
    generation,
    provider_preferences,
    fallback_models: again.keepsFallbacks ? [...fallback_models] : [],
  }
  const asked = mergeSettings(kept, { generation: again.generation })
  return toPinned(noLessPrivate(asked, effectiveSettings(store, again.route_id, old.session_id)))
}

const toPinned = ({
  generation = {},
  provider_preferences,
  fallback_models = [],
}: RequestSettings): Pinned => ({
  generation,
  ...(provider_preferences ? { provider_preferences } : {}),
  ...(fallback_models.length > 0 ? { fallback_models } : {}),
})
