import { expect, it } from 'vitest'
import { createPlaces } from './places'

it('hides names of folders and computers, the longest first, and leaves words alone', () => {
  const { learn, hide } = createPlaces()
  expect(hide('/home/ada')).toBe('/home/ada')
  learn('/home/ada', '<home>')
  learn('/home/ada/.config/Kheish', '<state root>')
  learn('C:\\Users\\Ada', '<home>')
  learn('ada-laptop.lan', '<host>')
  for (const nothing of [undefined, '', '/', 'localhost', '127.0.0.1', 'openrouter.ai'])
    learn(nothing, '<never>')
  expect(hide('open /home/ada/.config/Kheish/logs, /home/ada/x and /home/adam')).toBe(
    'open <state root>/logs, <home>/x and /home/adam',
  )
  expect(hide('file:///home/ada/app.js on ADA-LAPTOP.lan at localhost')).toBe(
    'file://<home>/app.js on <host> at localhost',
  )
  expect(hide('C:\\Users\\Ada\\x {"p":"C:\\\\Users\\\\Ada\\\\x"} c:/users/ada/x')).toBe(
    '<home>\\x {"p":"<home>\\\\x"} <home>/x',
  )
})
