import { fault } from '@contract/fault'
import { checkOrder } from '../../core/images/check-order'
import type { KnownAbility } from '../../core/images/choose-model'
import { imageCandidates } from '../../core/images/order-routes'
import { Failure } from '../../core/failure'
import type { ImageService } from '../../ports/images'
import type { ImagePorts } from './image-ports'
import { makePictures } from './make-pictures'

/** Makes and edits pictures for tools and for people alike (contract 9.1 to 9.3). */
export function createImageService(on: ImagePorts): ImageService {
  const { store, routing } = on

  function abilityOf(route_id: string, model: string): KnownAbility {
    const listed = store.imageModels.list(route_id).find((each) => each.id === model)
    if (listed) return { makes: true, edits: listed.can_edit }
    const entry = store.models.find(route_id, model)
    if (!entry) return {}
    return {
      makes: entry.output_modalities.includes('image'),
      edits: entry.input_modalities.includes('image'),
    }
  }

  return {
    candidates: (order) => {
      const table = routing.table()
      if (!table) throw new Failure(fault('not_ready', 'The routes file was refused; repair it first.'))
      return imageCandidates(order, table.routes, abilityOf)
    },
    refusal: checkOrder,
    make: makePictures(on),
    models: (route) => store.imageModels.list(route),
    versions: (id) => store.imageVersions.tree(id),
  }
}
