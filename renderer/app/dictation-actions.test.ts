import { fault } from '@contract/fault'
import type { RecordingId } from '@contract/ids'
import type { RecordingView } from '@contract/recordings'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createFakeClient, Refusal } from '../client/fake'
import { createApp } from './create-app'
import { insertDictated } from './dictated-text'
import { askAbout } from './dictation-actions'
import { createDrafts } from './drafts'

beforeEach(() => void vi.stubGlobal('document', { activeElement: null, querySelector: () => null }))
afterEach(() => void vi.unstubAllGlobals())

test.each([
  ['as it was', 'Dear all, hello', ''],
  ['that somebody has changed', 'Dear all, hullo', ''],
  ['before what was typed meanwhile', 'Dear all, hello', 'And one more thing'],
])('a text %s stands there once when its question could not be asked', async (_, text, meanwhile) => {
  const { client } = createFakeClient({
    'sessions.create': () => {
      if (meanwhile !== '') app.drafts.write(null, meanwhile)
      return new Refusal(fault('storage_full', 'full'))
    },
  })
  const app = createApp(client, createDrafts(client, { getItem: () => null, setItem: () => undefined }))
  app.drafts.write(null, 'Dear all,')
  const insertion = insertDictated(app, null)
  Object.assign(app.dictation, {
    takeBack: () => insertion.remove(),
    putBack: () => insertion.put('hello'),
  })
  insertion.put('hello')
  app.drafts.write(null, text)
  await askAbout(app, { recording_id: 'r1' as RecordingId } as RecordingView)
  expect(app.drafts.read(null, undefined)).toBe(meanwhile === '' ? text : `${text}\n\n${meanwhile}`)
})
