import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { refersTo } from './refers-to'

const cat = { asset_id: 'asset_01JDXYZ', file_name: 'Grey cat.final.png' }

test.each<[said: string, asset: { asset_id: string; file_name: string }, is: boolean]>([
  ['What is in Grey cat.final.png?', cat, true],
  ['look at grey CAT.FINAL again', cat, true],
  ['(asset_01jdxyz)', cat, true],
  ['asset_01JDXYZ', cat, true],
  ['asset_01JDXYZ2', cat, false],
  ['my asset_01JDXYZ_', cat, false],
  ['grey cat', cat, false],
  ['', cat, false],
  ['concatenate', { asset_id: 'x_1', file_name: 'cat.png' }, false],
  ['concatenate the cat', { asset_id: 'x_1', file_name: 'cat.png' }, true],
  ['the cats', { asset_id: 'x_1', file_name: 'cat.png' }, false],
  ['cat2', { asset_id: 'x_1', file_name: 'cat.png' }, false],
  ['“cat”', { asset_id: 'x_1', file_name: 'cat.png' }, true],
  ['die Katze über dem Foto', { asset_id: 'x_1', file_name: 'über.jpg' }, true],
  ['darüber', { asset_id: 'x_1', file_name: 'über.jpg' }, false],
  ['a b', { asset_id: 'x_1', file_name: 'a.png' }, false],
  ['see a.png', { asset_id: 'x_1', file_name: 'a.png' }, true],
  ['no name', { asset_id: 'x_1', file_name: '' }, false],
  ['cafe\u0301', { asset_id: 'x_1', file_name: 'cafe.png' }, false],
  ['𐐀cat', { asset_id: 'x_1', file_name: 'cat.png' }, false],
  ['cat😀', { asset_id: 'x_1', file_name: 'cat.png' }, true],
  ['README', { asset_id: 'x_1', file_name: 'README' }, true],
])('%j and %o: %s', (said, asset, is) => {
  expect(refersTo(said, asset)).toBe(is)
})

const word = fc.stringMatching(/^[\p{L}\p{N}_]{3,12}$/u)
const around = fc.string({ unit: fc.constantFrom(...' .,;:!?()“”"\'\n-') })

property.prop([word, around, around])(
  'a name between signs and blanks is meant, in any case',
  (name, before, after) => {
    const asset = { asset_id: 'asset_none', file_name: `${name}.png` }
    for (const said of [name, `${name}.png`, name.toLowerCase(), `${name.toLowerCase()}.PNG`])
      expect(refersTo(`${before}${said}${after}`, asset)).toBe(true)
  },
)

property.prop([word, word])('a name inside a longer word is not', (name, more) => {
  const asset = { asset_id: 'asset_none', file_name: `${name}.png` }
  const said = `${more}${name}${more}`
  expect(refersTo(said, asset)).toBe(false)
})

property.prop([fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })])(
  'a text without any word of the name refers to nothing',
  (said, name) => {
    const asset = { asset_id: 'asset_none', file_name: name }
    if (refersTo(said, asset)) {
      const stem = name.toLowerCase().replace(/\.[^.]{1,5}$/, '')
      expect(said.toLowerCase()).toContain(stem)
    }
  },
)
