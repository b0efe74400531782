import { expect, test } from 'vitest'
import { languageChoices, modelChoices, unset, voiceChoices } from './sound-choices'

const speaker = { route_id: 'main', id: 'acme/speaker', name: 'Speaker', voices: ['ann'] }

test('a choice that is gone stays in its list, and can be given up', () => {
  const values = modelChoices([speaker], 'old/gone', 'Automatic').map(({ value }) => value)
  expect(values).toEqual([unset, 'main/acme/speaker', 'old/gone'])
  expect(voiceChoices(['ann'], 'bob', '-').map(({ value }) => value)).toEqual([unset, 'ann', 'bob'])
})

test('a model that tells of no voices has the usual ones', () => {
  expect(voiceChoices([], '', '-').map(({ value }) => value)).toContain('alloy')
  expect(voiceChoices(undefined, '', '-')).toHaveLength(14)
})

test('languages have the names of the person’s own, in their order', () => {
  const words = languageChoices('de', '', '-').map((choice) => choice.words)
  expect(words).toContain('Deutsch')
  expect(words.slice(1)).toEqual(words.slice(1).toSorted((one, other) => one.localeCompare(other, 'de')))
})
