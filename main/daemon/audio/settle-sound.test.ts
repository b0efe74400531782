import type { RunId, SessionId } from '@contract/ids'
import { expect, test } from 'vitest'
import { fakeClock } from '../ports/clock.fake'
import { fakeDriver } from '../ports/driver.fake'
import { fakeIds } from '../ports/ids.fake'
import { fakeSpending } from '../ports/spending.fake'
import { openStore } from '../store/open-store'
import type { AudioPorts } from './audio-ports'
import { enterCost } from './enter-cost'
import { settleOld } from './settle-sound'

test('a price that two look-ups find is added to its chat once', async () => {
  const clock = fakeClock(1_000)
  const store = openStore({ file: ':memory:', now: () => clock.now(), newRootId: () => 'root' })
  const chat = 'chat' as SessionId
  store.sessions.create({ session_id: chat, title: '', at_ms: clock.now() })
  const driver = fakeDriver()
  const answers: (() => void)[] = []
  driver.findGeneration = () => new Promise((answer) => answers.push(() => answer({ cost_usd: 0.5 })))
  const working: Promise<void>[] = []
  // Only what a line of the ledger touches.
  const on = {
    store,
    driver,
    clock,
    ids: fakeIds(1),
    spending: fakeSpending(),
    publish: () => undefined,
    lease: async (route_id: string) => ({
      view: () => null,
      open: () => ({ route_id, prefix: 'p', key: 'k' }),
    }),
    inBackground: (work: Promise<void>) => void working.push(work),
  } as unknown as AudioPorts
  const bill = { kind: 'speech', route_id: 'openrouter', model: 'a/b', session_id: chat } as const
  enterCost(on, { basis: 'estimated', usd: 0.4, generation_ids: ['gen'] }, bill)
  // The look for what the process before has left finds it as well.
  settleOld(on, 0)
  await clock.advance(1_000)
  expect(answers).toHaveLength(2)
  for (const answer of answers) answer()
  await Promise.all(working)
  expect(store.sessions.get(chat)?.cost_usd).toBe(0.5)
  const [id] = store.costs.by('session', { from_ms: 0, to_ms: 9_999 })
  expect(id).toMatchObject({ runs: 1, reported: 500_000_000 })
  expect(store.costs.awaited('run-1' as RunId)).toEqual([])
  store.close()
})
