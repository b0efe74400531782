import type { PictureBytes, Regions } from './regions'

export interface FakeRegions extends Regions {
  readonly composed: Parameters<Regions['compose']>[0][]
}

/** Regions that are always the same, and a composite that is what one says. */
export function fakeRegions(
  picture: PictureBytes,
  { box = { x: 0, y: 0, width: 10, height: 10 }, width = 100, height = 100 } = {},
): FakeRegions {
  const composed: FakeRegions['composed'] = []
  return {
    composed,
    prepare: async () => ({ mask: picture, crop: picture, crop_box: box, marked: picture, width, height }),
    compose: async (given) => {
      composed.push(given)
      const proof = { width, height, outside_pixels: 9_000, outside_changed: 0, feather_px: given.feather_px }
      return { composite: picture, proof }
    },
  }
}
