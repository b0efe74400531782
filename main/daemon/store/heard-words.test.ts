import type { ObservationId, SourceId } from '@contract/ids'
import { expect, test } from 'vitest'
import type { Store } from '../ports/store'
import { aMessage, anAsset, assetId, attached, memoryStore, sessionId } from './sample'

const found = (store: Store, query: string) =>
  store.search.search({ query, limit: 9 }).map(({ message_id, excerpt, marks }) => ({
    message_id,
    marked: marks.map(([from, upto]) => excerpt.slice(from, upto)),
  }))
const sound = { raw: { sha256: 's', byte_length: 9, media_type: 'audio/wav' }, file_name: 'said.wav' }
const by = { maker: 'transcription', route_id: 'r', provider: 'openrouter', model: 'm' } as const

function open(): Store {
  const store = memoryStore()
  store.sessions.create({ session_id: sessionId('s1'), title: 'Chat', at_ms: 1 })
  store.assets.add(anAsset('a', sound))
  store.assets.add(anAsset('t', { is_part: true }))
  return store
}

test('a message is found by what is said in its recording, whichever of them came first', () => {
  const store = open()
  const parts = [attached('a'), { kind: 'text' as const, text: 'Well?' }]
  store.messages.add(aMessage('before', { parts }))
  expect(found(store, 'bread')).toEqual([])
  store.assetTexts.put(assetId('a'), { text_asset_id: assetId('t'), ...by }, 1, 'Buy bread today')
  store.messages.add(aMessage('after', { parts }))
  store.messages.add(aMessage('other', { parts: [{ kind: 'text', text: 'No sound' }] }))
  expect(found(store, 'bread')).toEqual([
    { message_id: 'after', marked: ['bread'] },
    { message_id: 'before', marked: ['bread'] },
  ])
  // What it says itself and what is said in it count together.
  expect(found(store, 'well brea')).toHaveLength(2)
  store.assetTexts.put(assetId('a'), { text_asset_id: assetId('t'), ...by }, 2, 'Buy milk')
  expect([found(store, 'bread').length, found(store, 'milk').length]).toEqual([0, 2])
})

test('what an uploader says of a capture, and what was dictated, count as well', () => {
  const store = open()
  const source_id = 'desk' as SourceId
  const common = { source_id, kind: 'microphone_segment', sensitivity: 'sensitive' } as const
  store.observations.putSource({
    ...common,
    display_name: 'Desk',
    status: 'active',
    retention_seconds: 9,
    max_active_observations: 9,
    max_active_bytes: 9,
    ingest_rate_limit_window_ms: 9,
    ingest_rate_limit_burst: 9,
    purge_raw_on_retention: false,
    allow_materialization: true,
    allow_output_delivery: false,
    upload_token_version: 1,
    token_sha256: '',
    created_at_ms: 1,
    updated_at_ms: 1,
  })
  const observation_id = 'o' as ObservationId
  const observation = {
    ...common,
    observation_id,
    retention_state: 'active',
    asset_id: assetId('a'),
    media_type: 'audio/wav',
    sha256: 's',
    byte_length: 9,
    captured_at_ms: 1,
    received_at_ms: 1,
    idempotency_key: 'k',
    request_fingerprint: 'f',
  } as const
  store.observations.add(observation, 'Hello kitchen')
  store.messages.add(aMessage('m', { parts: [attached('a')] }))
  expect(found(store, 'kitchen')).toEqual([{ message_id: 'm', marked: ['kitchen'] }])
  store.observations.setText(observation_id, assetId('t'), 'Hello garden')
  expect(store.observations.get(observation_id)?.canonical_text_asset_id).toBe('t')
  expect([found(store, 'kitchen').length, found(store, 'garden').length]).toEqual([0, 1])
})

test('it goes with its recording', () => {
  const store = open()
  store.assetTexts.put(assetId('a'), { text_asset_id: assetId('t'), ...by }, 1, 'Buy bread')
  store.assets.bury(assetId('a'), 2)
  // Not to be taken up by whatever gets its place.
  store.assets.add(anAsset('b'))
  store.messages.add(aMessage('m', { parts: [attached('b')] }))
  expect(found(store, 'bread')).toEqual([])
})
