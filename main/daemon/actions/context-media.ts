import type { InputOf, OutputOf } from '@contract/define'
import type { ContextMedia, sessionCalls } from '@contract/sessions'
import { Failure } from '../core/failure'
import { dataUrlLength, pictureTokens } from '../core/pricing/picture-tokens'
import { resolveRoute } from '../core/selectors/resolve-route'
import { picturesBefore } from './earlier-pictures'
import { findSession } from './find'
import type { World } from './world'

type Call = (typeof sessionCalls)['sessions.contextMedia']

/**
 * `sessions.contextMedia`: what travels again only when it is kept. Bytes are those of the data URL; tokens and cost
 * are estimates (`picture-tokens.ts`), without a cost where the route or the model's price is not known. What still
 * waits in the queue has no message yet and is not among them; neither is what can't be read any more.
 */
export const contextMedia =
  ({ store, routing }: Pick<World, 'store' | 'routing'>) =>
  ({ session_id, replaces, provider, model }: InputOf<Call>): OutputOf<Call> => {
    const price = pricePerToken()
    const media = picturesBefore(store, session_id, replaces).flatMap(
      ({ asset, message_id }): readonly ContextMedia[] => {
        const view = store.assets.get(asset.asset_id)?.view
        if (!message_id || !view || view.is_quarantined) return []
        const tokens = pictureTokens(asset)
        return [
          {
            asset,
            message_id,
            wire_bytes: dataUrlLength(asset),
            ...(tokens === undefined ? {} : { tokens }),
            ...(tokens === undefined || price === undefined ? {} : { cost_usd: tokens * price }),
          },
        ]
      },
    )
    return { media }

    /** US dollars; a route that can't be resolved now has none. */
    function pricePerToken(): number | undefined {
      const table = routing.table()
      if (!table) return undefined
      const asked = {
        ...(provider?.trim() ? { provider } : {}),
        ...(model?.trim() ? { model } : {}),
      }
      const resolved = tryTo(() => resolveRoute(asked, findSession(store, session_id), table))
      const price = resolved && store.models.find(resolved.route_id, resolved.model)?.prompt_usd_per_million
      return price === undefined ? undefined : price / 1_000_000
    }
  }

/** Undefined where a fault is in the way. */
function tryTo<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}
