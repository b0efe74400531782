import { expect, test } from 'vitest'
import { createFakeClient } from '../client/fake'
import { createDrafts } from './drafts'

function storage() {
  const held = new Map<string, string>()
  return {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
  }
}

test('what is begun in the demo does not turn up among one’s own, nor the other way round', () => {
  const drafts = createDrafts(createFakeClient().client, storage())
  drafts.write(null, 'a private thought')
  drafts.forget('demo')
  expect(drafts.read(null, undefined)).toBe('')
  drafts.write(null, 'just playing')
  drafts.forget('own')
  expect(drafts.read(null, undefined)).toBe('a private thought')
})
