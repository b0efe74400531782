import { afterEach, expect, test } from 'vitest'
import { addWords, pickLanguage, say, setLanguage } from './words'

const words = addWords('words-test', {
  en: { chat: { count_one: '{{count}} chat', count_other: '{{count}} chats' }, hello: 'Hello {{name}}' },
  de: { chat: { count_one: '{{count}} Chat', count_other: '{{count}} Chats' }, hello: 'Hallo {{name}}' },
})

afterEach(() => setLanguage('en', []))

test('plurals and values', () => {
  const t = say(words)
  expect(t('chat.count', { count: 1 })).toBe('1 chat')
  expect(t('chat.count', { count: 0 })).toBe('0 chats')
  expect(t('hello', { name: '<b>&' })).toBe('Hello <b>&')
})

test('another language', async () => {
  await setLanguage('de', [])
  expect(say(words)('hello', { name: 'Ada' })).toBe('Hallo Ada')
})

test('the desktop decides when nobody else does', () => {
  expect(pickLanguage(['fr-FR', 'de-AT', 'en'])).toBe('de')
  expect(pickLanguage(['ja'])).toBe('en')
  expect(pickLanguage([])).toBe('en')
})
