import { fc, test as property } from '@fast-check/vitest'
import type { AssetId } from '@contract/ids'
import type { AssetRef } from '@contract/message'
import type { OutputPart } from '@contract/outputs'
import { expect, test } from 'vitest'
import { normaliseOutput } from './normalise'

const asset = (id: string): AssetRef => ({
  asset_id: id as AssetId,
  media_type: 'image/png',
  file_name: `${id}.png`,
  byte_length: 1,
})
const [a1, a2] = [asset('a1'), asset('a2')]
const text = (words: string): OutputPart => ({ type: 'text', text: words })
const shown = (ref: AssetRef): OutputPart => ({ type: 'attachment', attachment: ref })
const given = (more: Partial<Parameters<typeof normaliseOutput>[0]>) =>
  normaliseOutput({ content: '', parts: [], artifacts: [], include_artifacts_inline: false, ...more })

// Contract 12, row by row.
test.each([
  ['content and artifacts', { content: 'Hi', artifacts: [a1] }, [text('Hi')]],
  [
    'the same inline',
    { content: 'Hi', artifacts: [a1], include_artifacts_inline: true },
    [text('Hi'), shown(a1)],
  ],
  [
    'an asset part that is an artifact too, inline',
    { parts: [shown(a1)], artifacts: [a1, a2], include_artifacts_inline: true },
    [shown(a1), shown(a2)],
  ],
  ['an asset part and content', { parts: [shown(a1)], content: 'Hi' }, [text('Hi'), shown(a1)]],
  ['text, asset and content', { parts: [text('T'), shown(a1)], content: 'Hi' }, [text('T'), shown(a1)]],
  ['artifacts alone', { artifacts: [a1, a2, a1] }, [shown(a1), shown(a2)]],
  ['the same asset twice as a part', { parts: [shown(a1), shown(a1)] }, [shown(a1), shown(a1)]],
] as const)('%s', (_what, input, parts) => {
  expect(given(input)?.parts).toEqual(parts)
})

test('the words are made from what is shown', () => {
  const made = given({ parts: [text(' T '), shown(a1)], content: 'Hi' })
  expect(made?.content).toBe('T\nAttached asset: a1.png (image/png)')
  expect(given({ parts: [shown({ ...a1, file_name: '' })] })?.content).toBe('Attached asset: a1 (image/png)')
})

test.each([{}, { content: ' \n' }, { parts: [text('  ')] }])('nothing is left of %j', (input) => {
  expect(given(input)).toBeUndefined()
})

const parts = fc.array(fc.oneof(fc.constant(shown(a1)), fc.constant(shown(a2)), fc.string().map(text)))
property.prop([fc.string(), parts, fc.subarray([a1, a2, a1]), fc.boolean()])(
  'keeps the order, shows no blank, and says the same again',
  (content, given, artifacts, include_artifacts_inline) => {
    const made = normaliseOutput({ content, parts: given, artifacts, include_artifacts_inline })
    if (!made) return
    const own = given.filter((part) => part.type === 'attachment' || part.text.trim() !== '')
    const rest = made.parts.filter((part) => own.includes(part))
    expect(rest).toEqual(own)
    expect(made.parts.some((part) => part.type === 'text' && part.text.trim() === '')).toBe(false)
    const again = normaliseOutput({ ...made, content: '', include_artifacts_inline })
    expect(again).toEqual(made)
  },
)
