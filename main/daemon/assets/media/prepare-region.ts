import { cropBox } from '../../core/regions/crop-box'
import { marked } from '../../core/regions/mark'
import type { RegionJob, RegionMade } from '../../ports/media'
import { asFailure } from './as-failure'
import { cutOut } from './draw-edit'
import { encodeGreyPng } from './encode-png'
import { writeShown } from './encode-shown'
import { readRegion } from './read-region'
import { writeMade } from './write-made'

/** What of a marked region is kept and what is sent. Throws nothing but a `Failure`. */
export async function prepareRegion(job: RegionJob): Promise<RegionMade> {
  try {
    const { picture, mask, bounds } = await readRegion(job)
    const { width, height } = picture
    const crop_box = cropBox(bounds, picture)
    return {
      width,
      height,
      mask: await writeMade(job.out, 'mask.png', 'image/png', await encodeGreyPng(mask)),
      crop: await writeShown(job.out, 'crop', cutOut(picture, crop_box)),
      crop_box,
      marked: await writeShown(job.out, 'marked', marked(picture, mask)),
    }
  } catch (error) {
    throw asFailure(error)
  }
}
