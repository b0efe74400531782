import { expect, test } from 'vitest'
import { catalogueFindings } from './catalogues.mjs'

const found = (text, ...others) =>
  catalogueFindings([{ path: 'renderer/features/chat/words.ts', text }, ...others])

test('the same keys in both languages pass, plurals and wrappers included', () => {
  expect(
    found(`addWords('chat', {
      en: { title: 'Chats', list: { count_one: 'one chat', count_other: '{{count}} chats' } } as const,
      de: { title: 'Chats', list: { count_one: '{{count}} Chat', count_other: '{{count}} Chats' } },
    })`),
  ).toEqual([])
})

test.each([
  [`{ en: { a: 'A', b: { c: 'C' } }, de: { a: 'A', b: {} } }`, '"b.c" is missing in de'],
  [`{ en: { a: 'A' }, de: { a: 'A', d: 'D' } }`, '"d" is missing in en'],
  [`{ en: { a: 'Hello {{name}}' }, de: { a: 'Hallo' } }`, 'does not fill in the same values'],
  [`{ en: { a: '' }, de: { a: 'A' } }`, '"a" is empty'],
  [`{ en: { a: 'A' } }`, "can't be read"],
  [`{ en: { ...rest }, de: {} }`, "can't be read"],
])('%s', (catalogue, message) => {
  expect(found(`addWords('chat', ${catalogue})`)).toEqual([expect.stringContaining(message)])
})

test('constants are followed, also into another file', () => {
  const texts = { path: 'renderer/features/chat/texts.ts', text: `export const german = { a: 'A', b: 'B' }` }
  const text = `import { german } from './texts'\nconst english = { a: 'A' }\naddWords('chat', { en: english, de: german })`
  expect(found(text, texts)).toEqual([expect.stringContaining('words.ts:3  "b" is missing in en')])
})
