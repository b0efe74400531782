import { noAudio } from '../ports/audio.fake'
import type { DaemonEvent } from '@contract/events'
import type { Upstream } from '@contract/models'
import { expect, test } from 'vitest'
import { fakeContents } from '../ports/assets.fake'
import { fakeClock } from '../ports/clock.fake'
import { fakeDriver, trouble } from '../ports/driver.fake'
import { fakeIds } from '../ports/ids.fake'
import { fakeLog } from '../ports/log.fake'
import { fakeTools } from '../ports/tools.fake'
import { noEvidence } from '../ports/evidence.fake'
import { fakeSpending } from '../ports/spending.fake'
import type { UpstreamStore } from '../ports/request-settings-store'
import type { ModelStore, Store } from '../ports/store'
import { catalogueAge, createCatalogueRefresh } from './refresh-catalogue'

function setUp() {
  const clock = fakeClock()
  const driver = fakeDriver()
  const events: DaemonEvent[] = []
  let held: ReturnType<ModelStore['list']> = { models: [], refreshed_at_ms: null }
  const models: ModelStore = {
    list: () => held,
    find: () => undefined,
    replace: (_route, next, at_ms) => {
      held = { models: next, refreshed_at_ms: at_ms }
    },
  }
  let names: readonly Upstream[] = []
  const upstreams: UpstreamStore = {
    list: () => names,
    replace: (_route, next) => {
      names = next
    },
  }
  const pictures = new Map<string, readonly unknown[]>()
  const imageModels = {
    replace: (route: string, next: readonly unknown[]) => void pictures.set(route, next),
  }
  const stopping = new AbortController()
  const catalogue = createCatalogueRefresh(
    {
      // Only the catalogue's tables are touched.
      store: { models, upstreams, imageModels } as unknown as Store,
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
      makesPictures: (id) => id === 'openrouter',
      lease: async (route_id) => ({ view: () => null, open: () => ({ route_id, prefix: 'p', key: 'k' }) }),
    },
    stopping.signal,
  )
  let fetched = 0
  const list = driver.listModels
  driver.listModels = (...given) => {
    fetched += 1
    return list(...given)
  }
  return {
    clock,
    driver,
    models,
    events,
    catalogue,
    stopping,
    fetched: () => fetched,
    held: () => held,
    names: () => names,
    pictures,
  }
}

test('fetches what is missing or six hours old, and nothing younger', async () => {
  const { clock, catalogue, fetched } = setUp()
  catalogue.refreshIfOld(['openrouter'])
  await clock.advance(0)
  catalogue.refreshIfOld(['openrouter'])
  await clock.advance(catalogueAge - 1)
  catalogue.refreshIfOld(['openrouter'])
  expect(fetched()).toBe(1)
  await clock.advance(1)
  catalogue.refreshIfOld(['openrouter'])
  await clock.advance(0)
  expect(fetched()).toBe(2)
})

test('one fetch at a time, shared by all who ask', async () => {
  const { catalogue, fetched, events } = setUp()
  const both = [catalogue.refresh('openrouter'), catalogue.refresh('openrouter')]
  expect(catalogue.isRefreshing('openrouter')).toBe(true)
  expect(await Promise.all(both)).toEqual([undefined, undefined])
  expect(fetched()).toBe(1)
  expect(catalogue.isRefreshing('openrouter')).toBe(false)
  expect(events).toEqual([{ type: 'models.changed', route_id: 'openrouter', count: 1 }])
})

test('a failure leaves what is stored and says why', async () => {
  const { catalogue, driver, events, held } = setUp()
  await catalogue.refresh('openrouter')
  const before = held()
  driver.listModels = () => Promise.reject(trouble('unreachable', true))
  expect(await catalogue.refresh('openrouter')).toMatchObject({ code: 'provider_error', kind: 'unreachable' })
  expect(held()).toBe(before)
  expect(events.at(-1)).toMatchObject({ count: 1, fault: { kind: 'unreachable' } })
})

test('a provider that can’t be reached is not asked again at every look', async () => {
  const { catalogue, driver, clock, events } = setUp()
  driver.listModels = () => Promise.reject(trouble('unreachable', true))
  for (const ms of [0, 30_000, 29_999, 1]) {
    await clock.advance(ms)
    catalogue.refreshIfOld(['openrouter'])
  }
  await clock.advance(0)
  expect(events).toHaveLength(2)
})

test('after the daemon’s end nothing is written or told', async () => {
  const { catalogue, stopping, events, held } = setUp()
  const fetching = catalogue.refresh('openrouter')
  stopping.abort()
  expect(await fetching).toBeUndefined()
  expect(held().refreshed_at_ms).toBeNull()
  expect(events).toEqual([])
})

test('learns who serves behind the route, and does without', async () => {
  const { driver, events, catalogue, names, clock } = setUp()
  await catalogue.refresh('openrouter')
  expect(names()).toEqual([])
  driver.upstreams = [{ slug: 'google-vertex', name: 'Google' }]
  await catalogue.refresh('openrouter')
  expect(names()).toEqual(driver.upstreams)
  expect(events).toEqual([
    { type: 'models.changed', route_id: 'openrouter', count: 1 },
    { type: 'models.changed', route_id: 'openrouter', count: 1 },
  ])
  expect(clock.waiting()).toBe(0)
})

test('the models do not wait for names that never come', async () => {
  const { driver, catalogue, clock, held, events } = setUp()
  driver.listUpstreams = () => new Promise(() => undefined)
  const refreshing = catalogue.refresh('openrouter')
  await clock.advance(10_000)
  expect(await refreshing).toBeUndefined()
  expect(held().models).toHaveLength(1)
  expect(events).toHaveLength(1)
})

test('a store that can’t be read any more ends nothing, and is told of', async () => {
  const { catalogue, driver, models, events } = setUp()
  driver.listModels = () => Promise.reject(trouble('unreachable', true))
  models.list = () => {
    throw new Error('disk I/O error')
  }
  expect(await catalogue.refresh('openrouter')).toMatchObject({ code: 'provider_error' })
  expect(events).toMatchObject([{ type: 'models.changed', count: 0 }])
})

test('learns what makes pictures, where a route makes any; that there is no list is remembered, too', async () => {
  const { driver, catalogue, pictures } = setUp()
  await catalogue.refresh('openrouter')
  await catalogue.refresh('words-only')
  expect([...pictures]).toEqual([['openrouter', []]])
  const entry = {
    route_id: 'openrouter',
    id: 'm',
    name: 'M',
    can_edit: true,
    can_stream: false,
    parameters: {},
  }
  driver.listImageModels = async () => [entry]
  await catalogue.refresh('openrouter')
  expect(pictures.get('openrouter')).toEqual([entry])
  driver.listImageModels = () => Promise.reject(trouble('unreachable', true))
  expect(await catalogue.refresh('openrouter')).toBeUndefined()
  expect(pictures.get('openrouter')).toEqual([entry])
})
