import { expect, test } from 'vitest'
import { keptSummary } from './media-summary'

test('names, counts and settings stay; words and bytes have no way in', () => {
  const request = {
    model: 'a/b',
    path: 'images',
    modalities: ['image', 'a b'],
    config: {
      size: '1536x1024',
      aspect_ratio: '16:9',
      seed: 7,
      note: 'draw my house',
      deep: { prompt: 'x' },
    },
    prompt_length: 12,
    image_count: 2,
  }
  const kept = {
    ...request,
    modalities: ['image'],
    config: { size: '1536x1024', aspect_ratio: '16:9', seed: 7 },
  }
  expect(
    keptSummary({ is: 'request', ...request, prompt: 'draw my house', bytes: new Uint8Array(9) }),
  ).toEqual(kept)
  expect(keptSummary({ model: 'my words here', text_length: '4', config: null, image_count: 1 })).toEqual({
    config: {},
    image_count: 1,
  })
})
