import { expect, test } from 'vitest'
import { changeLine, factsLine, fileWords } from './file-facts'
import { say } from './words'

const t = say(fileWords)

test.each([
  ['application/pdf', 'PDF'],
  ['image/jpeg', 'JPEG'],
  ['image/svg+xml', 'SVG'],
  ['text/plain', 'Text'],
  ['audio/mpeg', 'MP3'],
  ['audio/x-own', 'X-OWN'],
  ['', 'File'],
])('%s is called %s', (type, name) => {
  expect(factsLine({ media_type: type, file_name: 'a', byte_length: 1 }, t)).toMatch(`${name} · `)
})

const file = { media_type: 'application/pdf', file_name: 'a.pdf', byte_length: 1_200_000 }

test('a document says how long it is and whether all of it is read', () => {
  expect(factsLine({ ...file, pages: 1 }, t)).toBe('PDF · 1 page · 1.2\u00a0MB')
  expect(factsLine({ ...file, pages: 40, is_text_cut: true }, t)).toBe(
    'PDF · 40 pages · 1.2\u00a0MB · only the beginning is read',
  )
})

test('what became of a picture is said only where something did', () => {
  const picture = { ...file, width: 2048, height: 1365 }
  expect(changeLine({ ...picture, source_width: 2048, source_height: 1365 }, t)).toBe('')
  expect(
    changeLine({ ...picture, source_byte_length: 4_200_000, source_width: 6000, source_height: 4000 }, t),
  ).toBe('4.2 MB → 1.2 MB · 6,000 × 4,000 → 2,048 × 1,365')
})
