/** Pixels of the source. */
interface Area {
  readonly width: number
  readonly height: number
}

/** Share of the picture up to which a region is sent by itself. */
const smallShare = 0.25

/**
 * How a marked region goes to a model. Models answer in about one megapixel whatever they are given: up to a quarter
 * of the picture the region with its surroundings is sent alone and comes back at two to many times the detail. A
 * larger one would lose more by not being seen as a whole: the whole picture is sent, and the marked one beside it.
 */
export const regionShape = (crop: Area, whole: Area): 'crop' | 'whole' =>
  crop.width * crop.height <= smallShare * whole.width * whole.height ? 'crop' : 'whole'

/** What a model is told beside the person's own words. */
export const regionWords = {
  crop: 'This is a part of a larger picture. Keep its framing and everything at its edges as it is, so that it fits back in.',
  marked:
    'The second picture is the first one with a region marked. Change the first picture there and nowhere else; leave the marking out.',
} as const
