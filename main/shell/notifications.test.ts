import { expect, test, vi } from 'vitest'
import type { DaemonEvent } from '@contract/events'
import { defaultPreferences } from '@contract/default-preferences'
import { createNotifier, type NotificationNeeds } from './notifications'
import { wordsFor } from './words'

const ended = (status: string) =>
  ({ type: 'run.ended', run: { status, session_id: 's1' }, message: null }) as DaemonEvent

const hear = async (
  given: DaemonEvent | readonly DaemonEvent[],
  changes: Partial<NotificationNeeds> = {},
) => {
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
  const notify = createNotifier(needs)
  for (const event of [given].flat()) await notify(event)
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

const waits = (run_id: string, status = 'pending') =>
  ({ type: 'approval.changed', approval: { run_id, session_id: 's1', status } }) as DaemonEvent
const goesOn = { type: 'run.changed', run: { run_id: 'r1', status: 'running' } } as DaemonEvent

test('a run that waits is told once, however many of its calls wait, and again when it waits again', async () => {
  const { show, openSession } = await hear([waits('r1'), waits('r1'), waits('r1', 'allowed')])
  expect(show).toHaveBeenCalledExactlyOnceWith('Tides', 'Wartet auf deine Zustimmung.', expect.any(Function))
  show.mock.calls[0]![2]()
  expect(openSession).toHaveBeenCalledExactlyOnceWith('s1')
  expect((await hear([waits('r1'), goesOn, waits('r1')])).show).toHaveBeenCalledTimes(2)
  expect((await hear([waits('r1'), waits('r2')])).show).toHaveBeenCalledTimes(2)
})
