import { expect, test } from 'vitest'
import type { DaemonEvent } from '@contract/events'
import type { SourceId } from '@contract/ids'
import { fakeAssetDoor } from '../ports/asset-door.fake'
import { fakeClock } from '../ports/clock.fake'
import { fakeIds } from '../ports/ids.fake'
import { memoryStore } from '../store/sample'
import { systemHash } from '../system/hash'
import { createObservations } from './create-observations'

function open(store = memoryStore()) {
  const events: DaemonEvent[] = []
  const ids = fakeIds()
  const service = createObservations({
    store,
    assets: fakeAssetDoor(),
    assetUpkeep: { finishBurials: async () => undefined },
    clock: fakeClock(),
    ids: { ...ids, token: () => `${ids.next('ref')} ${Math.random()}` },
    hash: systemHash,
    publish: (event) => void events.push(event),
    inBackground: () => undefined,
  })
  return { store, service, events }
}
const id = 'microphone' as SourceId

test('the built-in source is made once for each process, with a token of its own', () => {
  const { store, service, events } = open()
  const first = service.microphone()
  expect(service.microphone()).toEqual(first)
  expect(store.observations.source(id)).toMatchObject({
    kind: 'microphone_segment',
    sensitivity: 'sensitive',
    upload_token_version: 1,
  })
  expect(events).toHaveLength(1)
  service.checkToken(id, first.upload_token)
  const next = open(store).service
  const second = next.microphone()
  expect(store.observations.source(id)).toMatchObject({ upload_token_version: 2 })
  // What another process knew opens nothing any more.
  expect(() => next.checkToken(id, first.upload_token)).toThrow(/opens nothing/)
  next.checkToken(id, second.upload_token)
})

test('it comes back when somebody deleted it, and stays paused when somebody paused it', () => {
  const { store, service } = open()
  const { upload_token } = service.microphone()
  service.forget(id)
  expect(store.observations.source(id)).toBeUndefined()
  expect(service.microphone().upload_token).toBe(upload_token)
  service.checkToken(id, upload_token)
  const source = store.observations.source(id)
  if (source) store.observations.putSource({ ...source, status: 'paused', token_sha256: 'another' })
  service.microphone()
  service.checkToken(id, upload_token)
  expect(store.observations.source(id)?.status).toBe('paused')
})
