import { expect, test } from 'vitest'
import type { SourceId } from '@contract/ids'
import { readSource } from '../core/observations/read-source'
import { fakeIds } from '../ports/ids.fake'
import { anAsset, memoryStore } from '../store/sample'
import { systemClock } from '../system/clock'
import { systemHash } from '../system/hash'
import { createObservations } from './create-observations'

test('a repeat that waits for an upload whose sender gives up stores its own', async () => {
  const store = memoryStore()
  const imports: { readonly signal: AbortSignal | undefined; readonly finish: () => void }[] = []
  const service = createObservations({
    store,
    assets: {
      import: (_, signal) =>
        new Promise((go, stop) => {
          signal?.addEventListener('abort', () => stop(signal.reason as Error))
          imports.push({ signal, finish: () => go(store.assets.add(anAsset('sound')).view) })
        }),
    },
    assetUpkeep: { finishBurials: async () => undefined },
    clock: systemClock,
    ids: fakeIds(),
    hash: systemHash,
    publish: () => undefined,
    inBackground: () => undefined,
  })
  const source_id = 'desk' as SourceId
  store.observations.putSource({
    source_id,
    ...readSource({ display_name: 'Desk', kind: 'microphone_segment' }),
    status: 'active',
    upload_token_version: 1,
    token_sha256: systemHash('token', 'hex'),
    created_at_ms: 1,
    updated_at_ms: 1,
  })
  const given = {
    source_id,
    upload_token: 'token',
    file_name: 'a.wav',
    bytes: new Uint8Array([1]),
    idempotency_key: 'k',
  }
  const sender = new AbortController()
  const first = service.ingest(given, sender.signal)
  const repeats = [service.ingest(given), service.ingest(given)]
  sender.abort(new Error('gave up'))
  await expect(first).rejects.toThrow('gave up')
  await expect.poll(() => imports.length).toBe(2)
  imports[1]?.finish()
  const [one, other] = await Promise.all(repeats)
  expect(one).toMatchObject({ idempotency_key: 'k', retention_state: 'active' })
  expect(other).toEqual(one)
  expect(imports).toHaveLength(2)
})
