import { expect, test, vi } from 'vitest'
import type { DaemonEvent } from '@contract/events'
import { defaultPreferences } from '@contract/default-preferences'
import { notify, type NotificationNeeds } from './notifications'
import { wordsFor } from './words'

const ended = (status: string) =>
  ({ type: 'run.ended', run: { status, session_id: 's1' }, message: null }) as DaemonEvent

const hear = async (event: DaemonEvent, changes: Partial<NotificationNeeds> = {}) => {
  const show = vi.fn<NotificationNeeds['show']>()
  const openSession = vi.fn<NotificationNeeds['openSession']>()
  const needs: NotificationNeeds = {
    isFocused: () => false,
    preferences: async () => defaultPreferences,
    session: async () => ({ title: 'Tides' }) as never,
    words: () => wordsFor('system', 'de-AT'),
    show,
    openSession,
    ...changes,
  }
  await notify(needs, event)
  return { show, openSession }
}

test('a finished run is told with the title of its chat, and a click opens it', async () => {
  const { show, openSession } = await hear(ended('completed'))
  expect(show).toHaveBeenCalledExactlyOnceWith('Tides', 'Die Antwort ist da.', expect.any(Function))
  show.mock.calls[0]![2]()
  expect(openSession).toHaveBeenCalledExactlyOnceWith('s1')
})
test.each([['interrupted'], ['cancelled']])(
  'a run that the person ended (%s) is not told',
  async (status) => {
    expect((await hear(ended(status))).show).not.toHaveBeenCalled()
  },
)
test.each<[string, Partial<NotificationNeeds>]>([
  ['the window is in front', { isFocused: () => true }],
  [
    'the person does not want it',
    { preferences: async () => ({ ...defaultPreferences, notify_when_done: false }) },
  ],
  ['the chat is gone', { session: () => Promise.reject(new Error('gone')) }],
])('nothing is told when %s', async (_, changes) => {
  expect((await hear(ended('failed'), changes)).show).not.toHaveBeenCalled()
})
