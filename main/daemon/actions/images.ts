import type { InputOf, OutputOf } from '@contract/define'
import type { imageCalls } from '@contract/images'
import { Failure } from '../core/failure'
import { hasAnyBackend } from '../core/images/order-routes'
import { submitImage } from './submit-image'
import type { World } from './world'

type Calls = typeof imageCalls
type Ports = Parameters<typeof submitImage>[0] & Pick<World, 'phase' | 'catalogue'>

export function images(on: Ports) {
  const { images: service, routing, phase, catalogue } = on

  /** Null while nothing could make a picture. */
  function defaultChoice(provider: string | undefined) {
    try {
      const [first] = service.candidates({ operation: 'generate', provider })
      return first ? { provider: first.route_id, model: first.model } : null
    } catch (error) {
      if (error instanceof Failure) return null
      throw error
    }
  }

  return {
    submit: submitImage(on),
    /** Routes that were never asked are asked now, in the background. */
    models: ({ provider }: InputOf<Calls['images.models']>): OutputOf<Calls['images.models']> => {
      const routes = (routing.table()?.routes ?? []).filter(
        (route) => hasAnyBackend(route) && (provider === undefined || route.route_id === provider),
      )
      const ids = routes.map(({ route_id }) => route_id)
      if (phase.state().phase === 'ready') catalogue.refreshIfOld(ids)
      return {
        models: ids.flatMap((id) => service.models(id)),
        default_choice: defaultChoice(provider),
      }
    },
    versions: ({ asset_id }: InputOf<Calls['images.versions']>): OutputOf<Calls['images.versions']> => ({
      versions: service.versions(asset_id),
    }),
  }
}
