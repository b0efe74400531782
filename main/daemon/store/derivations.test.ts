import type { DerivationId } from '@contract/ids'
import { expect, test } from 'vitest'
import type { DerivationRecord } from '../ports/derivations'
import { anAsset, assetId, memoryStore } from './sample'

const record = (id: string, more: Partial<DerivationRecord> = {}): DerivationRecord => ({
  derivation_id: id as DerivationId,
  profile: 'canonical_text',
  profile_version: 1,
  subject: { type: 'asset', asset_id: assetId('a') },
  subject_key: 'asset:a',
  subject_asset_id: assetId('a'),
  cache_key: 'key',
  status: 'completed',
  is_preferred: true,
  created_at_ms: 1,
  result_asset_id: assetId('t'),
  ...more,
})
const spoken = { raw: { sha256: 'r', byte_length: 9, media_type: 'audio/wav' }, file_name: 'said.wav' }
const words = { raw: { sha256: 'w', byte_length: 5, media_type: 'text/plain' }, is_part: true as const }

test('the newest of a key counts; a result that is gone is a failure', () => {
  const store = memoryStore()
  store.assets.add(anAsset('a', spoken))
  store.assets.add(anAsset('t', words))
  store.derivations.add(record('d1'))
  store.derivations.add(record('d2', { result_asset_id: assetId('gone') }))
  expect(store.derivations.preferred('key')?.derivation_id).toBe('d2')
  expect(store.derivations.list({ limit: 9 }).map((each) => [each.derivation_id, each.is_preferred])).toEqual(
    [
      ['d2', true],
      ['d1', false],
    ],
  )
  expect(store.derivations.of(assetId('a'))).toEqual(['d1', 'd2'])
  expect(store.assets.get(assetId('a'))?.view.derivation_ids).toEqual(['d1', 'd2'])
  expect([store.derivations.failOrphans(), store.derivations.failOrphans()]).toEqual([1, 0])
  expect(store.derivations.get('d2' as DerivationId)).toMatchObject({
    status: 'failed',
    fault: { code: 'asset_not_found' },
  })
  expect(store.derivations.get('d1' as DerivationId)?.status).toBe('completed')
})

test('a text is its recording’s, found by its words, held, and kept when its recording is derived anew', () => {
  const store = memoryStore()
  store.assets.add(anAsset('a', spoken))
  store.assets.add(anAsset('t', words))
  const by = { route_id: 'r', provider: 'openrouter', model: 'm' }
  store.assetTexts.put(
    assetId('a'),
    { text_asset_id: assetId('t'), maker: 'transcription', ...by },
    1,
    'hello window',
  )
  const text = { text_uri: 'asset://text/a', text_sha256: 'w', text_byte_length: 5 }
  expect(store.assets.get(assetId('a'))?.view).toMatchObject(text)
  expect(store.assetTexts.get(assetId('a'))).toEqual({ text_asset_id: 't', maker: 'transcription', ...by })
  const found = (query: string) =>
    store.assets.list({ query, limit: 9 }).assets.map(({ asset_id }) => asset_id)
  expect([found('window'), found('said'), found('other')]).toEqual([['a'], ['a'], []])
  expect(store.assets.references(assetId('t'))).toEqual([
    { domain: 'asset_text', owner_id: 'a', role: 'text', hard: true },
  ])
  expect(store.assets.unused(9_999, 9)).toEqual(['a'])
  store.assets.setDerived(assetId('a'), {})
  expect(store.assets.get(assetId('a'))?.view).toMatchObject(text)
  expect(store.assets.bury(assetId('a'), 2)).toEqual(['a', 't'])
  expect(store.assetTexts.get(assetId('a'))).toBeUndefined()
  expect(store.assets.unused(9_999, 9)).toEqual([])
})

test('what was derived of an asset holds it not, and goes with it, but for what others have', () => {
  const store = memoryStore()
  for (const id of ['a', 'b']) store.assets.add(anAsset(id))
  for (const id of ['own', 'shared', 'next']) store.assets.add(anAsset(id, { is_part: true }))
  store.assets.add(anAsset('listed'))
  const of = (id: string, subject: string, result: string) =>
    store.derivations.add(
      record(id, { subject_asset_id: assetId(subject), result_asset_id: assetId(result), cache_key: id }),
    )
  of('d1', 'a', 'own')
  of('d2', 'a', 'shared')
  of('d3', 'a', 'listed')
  of('d4', 'a', 'a')
  of('d5', 'own', 'next')
  of('d6', 'b', 'shared')
  const holds = (id: string) => store.assets.references(assetId(id)).filter(({ hard }) => hard).length
  expect(['a', 'own', 'shared', 'listed'].map(holds)).toEqual([0, 1, 2, 1])
  expect(store.assets.unused(9_999, 9)).toEqual(['a', 'b'])
  expect(store.assets.bury(assetId('a'), 2)).toEqual(['a', 'own', 'next'])
  expect(store.derivations.list({ limit: 9 }).map(({ derivation_id }) => derivation_id)).toEqual(['d6'])
  expect(['shared', 'listed'].map((id) => store.assets.get(assetId(id)) !== undefined)).toEqual([true, true])
  expect(store.derivations.failOrphans()).toBe(0)
})
