import { fault } from '@contract/fault'
import { Failure } from '../../core/failure'
import type { ImageService } from '../../ports/images'
import type { Store } from '../../ports/store'

export function createImageService({ store }: { readonly store: Store }): ImageService {
  const missing = () => new Failure(fault('image_route_missing', 'No route makes pictures.'))
  return {
    candidates: () => {
      throw missing()
    },
    refusal: () => undefined,
    make: () => Promise.reject(missing()),
    models: (route) => store.imageModels.list(route),
    versions: () => [],
  }
}
