import { expect, test } from 'vitest'
import { createSign } from './sign-elsewhere'

test('one sign at a time, and none while our own window is in front', () => {
  let isFocused = false
  const shown: string[] = []
  const sign = createSign({
    isFocused: () => isFocused,
    show({ title, silent }) {
      const words = `${title}${silent ? '' : '!'}`
      shown.push(words)
      return { close: () => void shown.splice(shown.indexOf(words), 1) }
    },
  })
  sign({ title: 'Recording', body: '', is_silent: true })
  expect(shown).toEqual(['Recording'])
  sign({ title: 'Dictation failed', body: '', is_silent: false })
  expect(shown).toEqual(['Dictation failed!'])
  sign(null)
  expect(shown).toEqual([])
  isFocused = true
  sign({ title: 'Recording', body: '', is_silent: true })
  expect(shown).toEqual([])
})
