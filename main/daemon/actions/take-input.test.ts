import type { AssetView } from '@contract/assets'
import type { AssetId } from '@contract/ids'
import type { AssetRef } from '@contract/message'
import { expect, test } from 'vitest'
import type { ImportSource } from '../ports/assets'
import type { AssetRecord } from '../ports/asset-store'
import { hasInline, importInline, partsOf } from './take-input'
import type { World } from './world'

const ref = (id: string): AssetRef => ({
  asset_id: id as AssetId,
  media_type: 'image/png',
  file_name: `${id}.png`,
  byte_length: 1,
})
function world(quarantined: readonly string[] = []) {
  const imported: ImportSource[] = []
  const on = {
    assets: {
      import: async (source: ImportSource) => {
        imported.push(source)
        return { asset_id: `made_${imported.length}` } as AssetView
      },
    },
    store: {
      assets: {
        ref: (id: AssetId) => (id === 'ghost' ? undefined : ref(id)),
        get: (id: AssetId) =>
          ({ view: quarantined.includes(id) ? { is_quarantined: true } : {} }) as AssetRecord,
      },
    },
  } as unknown as Pick<World, 'assets' | 'store'>
  return { on, imported }
}
const asset = (id: string) => ({ kind: 'asset', asset_id: id as AssetId }) as const

test('what comes along is imported in order, as the bytes it stands for, and then only referred to', async () => {
  const { on, imported } = world()
  const given = [
    asset('a'),
    { kind: 'inline', file_name: 'x.png', content_base64: 'AQI=' },
    { kind: 'text', text: 'and' },
    { kind: 'inline', file_name: 'y.bin', media_type: 'image/png', content_base64: 'Aw==' },
  ] as const
  expect([hasInline(given), hasInline([asset('a')])]).toEqual([true, false])
  const taken = await importInline(on, given)
  expect(taken).toEqual([asset('a'), asset('made_1'), { kind: 'text', text: 'and' }, asset('made_2')])
  expect(imported.map((source) => ({ ...source, bytes: 'bytes' in source && [...source.bytes] }))).toEqual([
    { file_name: 'x.png', bytes: [1, 2] },
    { file_name: 'y.bin', media_type: 'image/png', bytes: [3] },
  ])
  expect(partsOf(on, taken).map((part) => part.kind)).toEqual([
    'attachment',
    'attachment',
    'text',
    'attachment',
  ])
})

test.each([
  ['asset_not_found', 'ghost'],
  ['asset_integrity_mismatch', 'bad'],
])('%s', (code, id) => {
  expect(() => partsOf(world(['bad']).on, [asset('a'), asset(id)])).toThrow(
    expect.objectContaining({ fault: expect.objectContaining({ code }) }),
  )
})
