import { invalid, must } from '../../core/media-types/refuse'
import { isWithin, whole } from '../../core/regions/box'
import { countOutside } from '../../core/regions/count-outside'
import { feathered } from '../../core/regions/feather'
import { layBack, within } from '../../core/regions/lay-back'
import { boundsOf } from '../../core/regions/mask-of'
import type { ComposeJob, Composed } from '../../ports/media'
import { asFailure } from './as-failure'
import { decodePixels } from './decode-pixels'
import { decodePlainPng } from './decode-plain-png'
import { drawEdit } from './draw-edit'
import { encodePng } from './encode-png'
import { readRegion } from './read-region'
import { writeMade } from './write-made'

/**
 * Lays what a model made back into the source, and counts on the encoded picture what differs outside the feathered
 * mask. Throws nothing but a `Failure`.
 */
export async function composeRegion(job: ComposeJob): Promise<Composed> {
  try {
    const [region, edit] = await Promise.all([readRegion(job), decodePixels(job.edit)])
    const { picture } = region
    const box = job.box ?? whole(picture)
    must(isWithin(box, picture), 'box', 'What was edited is not within the picture')
    const soft = feathered(region.mask, region.bounds, job.feather_px)
    const mask = job.box ? within(soft, box) : soft
    const part = boundsOf(mask)
    must(part !== undefined, 'mask_empty', 'Nothing of what was edited is marked')
    const composite = await encodePng(layBack(picture, drawEdit(edit, box, part), part, mask))
    const [made, again] = await Promise.all([
      writeMade(job.out, 'composite.png', 'image/png', composite),
      decodePlainPng(composite),
    ])
    if (!again) throw invalid('composite', 'The picture could not be read again')
    const { width, height } = picture
    const counted = countOutside(picture, again, mask)
    return { composite: made, proof: { width, height, ...counted, feather_px: job.feather_px } }
  } catch (error) {
    throw asFailure(error)
  }
}
