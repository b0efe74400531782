import { noAudio } from '../ports/audio.fake'
import type { RunId, SessionId } from '@contract/ids'
import type { DaemonEvent } from '@contract/events'
import { expect, test } from 'vitest'
import { costEntryOf } from '../core/pricing/cost-entry'
import { fakeContents } from '../ports/assets.fake'
import { fakeClock } from '../ports/clock.fake'
import { fakeDriver, trouble } from '../ports/driver.fake'
import { fakeIds } from '../ports/ids.fake'
import { fakeLog } from '../ports/log.fake'
import { fakeTools } from '../ports/tools.fake'
import { noEvidence } from '../ports/evidence.fake'
import { fakeSpending } from '../ports/spending.fake'
import type { RunRecord, Store } from '../ports/store'
import { memoryStore } from '../store/sample'
import type { RunPorts } from './run-ports'
import { settleCost } from './settle-cost'

const run: RunRecord = {
  run_id: 'r' as RunId,
  session_id: 's' as SessionId,
  kind: 'input',
  status: 'cancelled',
  submitted_at_ms: 1,
  updated_at_ms: 1,
  position: 1,
  source_kind: 'desktop',
  route_id: 'openrouter',
  model: 'a/b',
  generation: {},
  input: [],
  user_message_id: null,
  assistant_message_id: null,
  receipt: {
    route_id: 'openrouter',
    model: 'a/b',
    generation_id: 'gen-1',
    cost: { basis: 'estimated', usd: 9 },
  },
  key_hash: 'k',
  fingerprint: 'f',
}

function setUp(kept: RunRecord | undefined = run) {
  const clock = fakeClock(0)
  const driver = fakeDriver()
  const events: DaemonEvent[] = []
  const written: unknown[] = []
  const store = {
    transaction: <T>(work: () => T): T => work(),
    runs: {
      get: () => kept,
      update: (_id: RunId, patch: object) => void written.push(patch),
      addEvent: (_id: RunId, event: object) => void written.push(event),
    },
    sessions: { get: () => undefined },
    messages: { get: () => undefined },
    costs: { get: () => undefined },
  }
  const on: RunPorts = {
    // Only what settling a cost touches.
    store: store as unknown as Store,
    driver,
    clock,
    ids: fakeIds(),
    log: fakeLog(),
    publish: (event) => void events.push(event),
    ...noAudio,
    spending: fakeSpending(),
    evidence: noEvidence,
    contents: fakeContents(),
    ...fakeTools(),
    blindness: () => undefined,
    lease: async (route_id) => ({ view: () => null, open: () => ({ route_id, prefix: 'p', key: 'k' }) }),
  }
  return { on, clock, driver, written, stopping: new AbortController() }
}

test('looks after 1, 3, 10 and 60 seconds, then gives up quietly', async () => {
  const { on, clock, driver, written, stopping } = setUp()
  const settling = settleCost(on, run, stopping.signal)
  const counts: number[] = []
  for (const ms of [999, 1, 3_000, 10_000, 60_000, 600_000]) {
    await clock.advance(ms)
    counts.push(driver.lookups.length)
  }
  await settling
  expect(counts).toEqual([0, 1, 2, 3, 4, 4])
  expect(written).toEqual([])
})

test('an answer from long ago is asked for once', async () => {
  const { on, clock, driver, stopping } = setUp()
  await clock.advance(10 * 60_000)
  const settling = settleCost(on, { ...run, finished_at_ms: 1 }, stopping.signal)
  await clock.advance(600_000)
  await settling
  expect(driver.lookups).toHaveLength(1)
})

test('the record turns an estimate into a report, once, whatever failed before', async () => {
  const { on, clock, driver, written, stopping } = setUp()
  const settling = settleCost(on, run, stopping.signal)
  driver.findGeneration = () => Promise.reject(trouble('overloaded', true))
  await clock.advance(1_000)
  driver.findGeneration = async () => ({ cost_usd: 0.25, prompt_tokens: 3 })
  await clock.advance(3_000)
  await settling
  expect(written).toMatchObject([
    { receipt: { cost: { basis: 'reported', usd: 0.25 }, prompt_tokens: 3 } },
    { kind: 'cost_settled', data: { usd: 0.25 } },
  ])
  expect(clock.waiting()).toBe(0)
})

test.each([
  ['was reported', { ...run, receipt: { ...run.receipt!, cost: { basis: 'reported' as const, usd: 1 } } }],
  ['has no id', { ...run, receipt: { route_id: 'x', model: 'y', cost: { basis: 'unavailable' as const } } }],
])('what %s is not asked for', async (_name, known) => {
  const { on, clock, stopping } = setUp()
  await settleCost(on, known, stopping.signal)
  expect(clock.waiting()).toBe(0)
})

test('what a chat cost is settled in the ledger, also when the chat is gone', async () => {
  const { on, clock, driver, written, stopping } = setUp()
  const costs = memoryStore().costs
  const entry = costEntryOf({ ...run, at_ms: 7 })
  if (entry) costs.put(entry)
  driver.generation = { cost_usd: 0.25, completion_tokens: 3 }
  const runs = { ...on.store.runs, get: () => undefined }
  const settling = settleCost({ ...on, store: { ...on.store, runs, costs } }, run, stopping.signal)
  await clock.advance(1_000)
  await settling
  expect(written).toEqual([])
  expect(costs.get(run.run_id)).toMatchObject({
    at_ms: 7,
    basis: 'reported',
    nano_usd: 250_000_000,
    completion_tokens: 3,
  })
})

test('the daemon’s end ends it, and a chat deleted meanwhile is left alone', async () => {
  const first = setUp()
  const settling = settleCost(first.on, run, first.stopping.signal)
  first.stopping.abort()
  await settling
  expect(first.clock.waiting()).toBe(0)

  const gone = setUp(undefined)
  gone.driver.generation = { cost_usd: 1 }
  const late = settleCost(
    { ...gone.on, store: { ...gone.on.store, runs: { ...gone.on.store.runs, get: () => undefined } } },
    run,
    gone.stopping.signal,
  )
  await gone.clock.advance(1_000)
  await late
  expect(gone.written).toEqual([])
})
