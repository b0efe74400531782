import { fault } from '@contract/fault'
import { Failure } from '../../core/failure'
import type { Regions } from '../../ports/regions'

const refuse = () =>
  Promise.reject(
    new Failure(fault('image_order_invalid', 'Regions can’t be marked here.', { field: 'region' })),
  )

/** Where nothing composes pictures: whole ones are edited all the same. */
export const noRegions: Regions = { prepare: refuse, compose: refuse }
