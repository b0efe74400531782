import { fc, test as property } from '@fast-check/vitest'
import type { AssetId, MessageId } from '@contract/ids'
import type { Part } from '@contract/message'
import { describe, expect, test } from 'vitest'
import { earlierPictures, pinPictures } from './context-pictures'

const file = (id: string, media_type = 'image/png'): Part => ({
  kind: 'attachment',
  asset: { asset_id: id as AssetId, media_type, file_name: `${id}.png`, byte_length: 1 },
})
const text = (said: string): Part => ({ kind: 'text', text: said })
const turn = (id: string | null, ...parts: readonly Part[]) => ({ message_id: id as MessageId | null, parts })

test('newest first, each once at its newest place, pictures only', () => {
  const found = earlierPictures([
    turn('m1', file('cat'), file('dog')),
    turn('m2', text('and'), file('report', 'application/pdf'), file('cat')),
    turn(null, file('bird', 'image/jpeg')),
  ])
  expect(found.map(({ asset, message_id }) => [asset.asset_id, message_id])).toEqual([
    ['bird', null],
    ['cat', 'm2'],
    ['dog', 'm1'],
  ])
})

describe('which travel again', () => {
  const earlier = earlierPictures([
    turn('m1', file('cat')),
    turn('m2', file('dog')),
    turn('m3', file('bird')),
  ])
  const ids = (...all: readonly string[]) => all as readonly AssetId[]

  test.each<
    [what: string, turn: readonly Part[], chosen: readonly AssetId[] | undefined, pinned: readonly string[]]
  >([
    ['none, when nothing is said', [text('Hello')], undefined, []],
    [
      'those that the text names',
      [text('Is the dog'), text('or cat.png larger?')],
      undefined,
      ['dog', 'cat'],
    ],
    [
      'those that were chosen, whatever the text says',
      [text('the dog')],
      ids('cat', 'bird'),
      ['bird', 'cat'],
    ],
    ['none, when none was chosen', [text('the dog')], ids(), []],
    ['not one that is elsewhere', [text('?')], ids('cat', 'horse'), ['cat']],
    ['not one that the turn shows itself', [text('this cat'), file('cat')], undefined, []],
    ['nor when it was chosen', [file('cat')], ids('cat', 'dog'), ['dog']],
  ])('%s', (_what, parts, chosen, pinned) => {
    expect(pinPictures(earlier, parts, chosen)).toEqual(pinned)
  })

  property.prop([fc.array(fc.constantFrom('cat', 'dog', 'bird', 'horse'))])(
    'only what is there, each once',
    (chosen) => {
      const pinned = pinPictures(earlier, [], ids(...chosen))
      expect(new Set(pinned)).toEqual(new Set(chosen.filter((id) => id !== 'horse')))
      expect(new Set(pinned).size).toBe(pinned.length)
    },
  )
})
