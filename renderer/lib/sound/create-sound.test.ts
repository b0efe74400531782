import type { AssetId } from '@contract/ids'
import { expect, test, vi } from 'vitest'
import { createSound } from './create-sound'

const recording = { asset_id: 'a' as AssetId, file_name: 'a.wav', byte_length: 1 }

/** An element that can play nothing. */
function brokenElement(): HTMLAudioElement {
  const element = new EventTarget() as HTMLAudioElement
  Object.assign(element, {
    readyState: 0,
    pause: () => undefined,
    play: async () => void element.dispatchEvent(new Event('error')),
  })
  return element
}

test.each([
  ['there and can’t be decoded', true, undefined],
  ['gone', false, true],
])('a file that is %s', async (_, isThere, isLost) => {
  const asked: string[] = []
  const sound = createSound(brokenElement, async (id) => {
    asked.push(id)
    return isThere
  })
  sound.play(recording)
  await vi.waitFor(() => expect(sound.state().phase).toBe('failed'))
  await Promise.resolve()
  expect(asked).toEqual(['a'])
  expect(sound.state().isLost).toBe(isLost)
  // Whoever tries again starts with nothing known.
  sound.play(recording)
  expect(sound.state().isLost).toBeUndefined()
})
