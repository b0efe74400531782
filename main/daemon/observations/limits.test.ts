import { fc, test as property } from '@fast-check/vitest'
import type { SourceId } from '@contract/ids'
import type { ObservationView } from '@contract/observations'
import { describe, expect } from 'vitest'
import { Failure } from '../core/failure'
import { readSource } from '../core/observations/read-source'
import { fakeIds } from '../ports/ids.fake'
import { anAsset, assetId, memoryStore } from '../store/sample'
import { systemHash } from '../system/hash'
import { createObservations } from './create-observations'

const start = 1_700_000_000_000
const store = memoryStore()
const ids = fakeIds()
let now = start
const service = createObservations({
  store,
  // Of each content one asset; it is the rules that are looked at, not the files.
  assets: {
    import: async ({ file_name }) => {
      const known = store.assets.get(assetId(file_name))
      return (known ?? store.assets.add(anAsset(file_name, { raw: rawOf(file_name) }))).view
    },
  },
  assetUpkeep: { finishBurials: async () => undefined },
  clock: { now: () => now, after: () => () => undefined, sleep: async () => undefined },
  ids,
  hash: systemHash,
  publish: () => undefined,
  inBackground: () => undefined,
})
/** A content is as many bytes long as its number says. */
const rawOf = (name: string) => ({
  sha256: name,
  byte_length: Number(name.slice(1)),
  media_type: 'audio/wav',
})

type Limits = Partial<Parameters<typeof readSource>[0]>
const token = 'token'
/** A source of its own for each run, so that one database does for all. */
function open(limits: Limits): SourceId {
  now = start
  const source_id = ids.next('source') as SourceId
  store.observations.putSource({
    source_id,
    ...readSource({ display_name: 'Desk', kind: 'microphone_segment', ...limits }),
    status: 'active',
    upload_token_version: 1,
    token_sha256: systemHash(token, 'hex'),
    created_at_ms: now,
    updated_at_ms: now,
  })
  return source_id
}

interface Upload {
  readonly key: number
  readonly size: number
  readonly captured: number
}
/** What came of it: a view, or the code it was refused with. */
async function send(source_id: SourceId, { key, size, captured }: Upload) {
  const file_name = `f${String(size)}`
  try {
    return await service.ingest({
      source_id,
      upload_token: token,
      file_name,
      media_type: 'audio/wav',
      bytes: new Uint8Array(size),
      idempotency_key: `k${String(key)}`,
      captured_at_ms: captured,
    })
  } catch (error) {
    if (error instanceof Failure) return error.fault
    throw error
  }
}
const isTaken = (answer: Awaited<ReturnType<typeof send>>): answer is ObservationView => 'asset_id' in answer
const active = (id: SourceId) => {
  service.keepRetention(id)
  return store.observations.list({ source_id: id, include_purged: false, limit: 1_000 })
}
const all = (id: SourceId) => store.observations.list({ source_id: id, include_purged: true, limit: 1_000 })

const step = fc.record({
  key: fc.nat({ max: 6 }),
  size: fc.integer({ min: 1, max: 9 }),
  captured: fc.nat({ max: 30 }),
  wait: fc.nat({ max: 1_500 }),
})
const steps = fc.array(step, { minLength: 1, maxLength: 25 })
const runs = { numRuns: 60 }

describe('whatever comes in whatever order', () => {
  property.prop([steps], runs)(
    'idempotency: a key is one observation, its repeat costs no place, another upload of it is a conflict',
    async (given) => {
      // As many places as there are different keys, in a window that never ends.
      const places = new Set(given.map(({ key }) => key)).size
      const id = open({ ingest_rate_limit_burst: places, ingest_rate_limit_window_ms: 1e9 })
      const first = new Map<number, { readonly upload: Upload; readonly view: ObservationView }>()
      for (const { wait, ...upload } of given) {
        now += wait
        const answer = await send(id, upload)
        const known = first.get(upload.key)
        if (!known) {
          expect(answer).toMatchObject({ idempotency_key: `k${String(upload.key)}`, received_at_ms: now })
          first.set(upload.key, { upload, view: answer as ObservationView })
        } else if (known.upload.size === upload.size && known.upload.captured === upload.captured)
          expect(answer).toEqual(known.view)
        else expect(answer).toMatchObject({ code: 'idempotency_conflict' })
      }
      expect(all(id)).toHaveLength(first.size)
    },
  )

  property.prop([steps, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 3_000 })], runs)(
    'rate: no window takes more than its burst, and when it says it has room again it has, not before',
    async (given, burst, window_ms) => {
      const id = open({ ingest_rate_limit_burst: burst, ingest_rate_limit_window_ms: window_ms })
      const taken: number[] = []
      let opened = -Infinity
      for (const [at, { wait, ...upload }] of given.entries()) {
        now += wait
        const answer = await send(id, { ...upload, key: at })
        if (isTaken(answer)) {
          if (now >= opened + window_ms) opened = now
          taken.push(opened)
          continue
        }
        expect(answer).toMatchObject({ code: 'rate_limited', retry_after_ms: opened + window_ms - now })
        // A conflict and a repeat need no place.
        if (at > 0) expect(isTaken(await send(id, { ...given[0], key: 0 } as Upload))).toBe(true)
      }
      for (const from of taken)
        expect(taken.filter((each) => each === from).length).toBeLessThanOrEqual(burst)
      expect(all(id)).toHaveLength(taken.length)
    },
  )

  property.prop([steps, fc.integer({ min: 1, max: 6 })], runs)(
    'age: what is left is what was received within the time, whenever it was captured',
    async (given, retention_seconds) => {
      const id = open({ retention_seconds })
      const received: { readonly key: number; readonly at: number }[] = []
      for (const [key, { wait, size, captured }] of given.entries()) {
        now += wait
        // From long before to long after.
        await send(id, { key, size, captured: start + (captured - 15) * 10_000 })
        received.push({ key, at: now })
        const due = received.filter(({ at }) => at > now - retention_seconds * 1_000)
        const left = active(id).map(({ idempotency_key }) => idempotency_key)
        expect(new Set(left)).toEqual(new Set(due.map((each) => `k${String(each.key)}`)))
      }
      // What is purged stays listed, and answers its key.
      expect(all(id)).toHaveLength(given.length)
    },
  )

  property.prop([steps, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 9, max: 40 })], runs)(
    'overflow: the oldest captures go, whenever they came, and not one more than has to',
    async (given, max_active_observations, max_active_bytes) => {
      const id = open({ max_active_observations, max_active_bytes })
      const fits = (some: readonly ObservationView[]) =>
        some.length <= max_active_observations &&
        some.reduce((sum, { byte_length }) => sum + byte_length, 0) <= max_active_bytes
      for (const [key, { wait, ...upload }] of given.entries()) {
        now += wait
        const before = active(id)
        const sent = await send(id, { ...upload, key })
        if (!isTaken(sent)) throw new Error(sent.code)
        const left = active(id)
        const there = [...before, sent]
        const gone = there.filter((each) => !left.some((one) => one.observation_id === each.observation_id))
        expect(fits(left)).toBe(true)
        expect(left.length + gone.length).toBe(there.length)
        for (const one of gone)
          for (const other of left) expect(one.captured_at_ms).toBeLessThanOrEqual(other.captured_at_ms)
        // With the youngest of those that went it would have been too much.
        const last = gone.toSorted(
          (a, b) =>
            b.captured_at_ms - a.captured_at_ms ||
            b.received_at_ms - a.received_at_ms ||
            b.observation_id.localeCompare(a.observation_id),
        )[0]
        if (last) expect(fits([...left, last])).toBe(false)
      }
    },
  )
})
