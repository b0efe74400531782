import type { AssetView } from '@contract/assets'
import { fault } from '@contract/fault'
import type { AssetId } from '@contract/ids'
import { expect, test } from 'vitest'
import { createFakeClient, Refusal } from '../../client/fake'
import { createViewer } from './create-viewer'

const ids = ['a', 'b', 'c', 'd'] as unknown as readonly AssetId[]
// Only what the store reads.
const view = (asset_id: AssetId, more: Partial<AssetView> = {}) => ({ asset_id, ...more }) as AssetView

function viewing(broken = new Set<string>()) {
  const fake = createFakeClient({
    'assets.get': ({ asset_id }) =>
      broken.has(asset_id)
        ? new Refusal(fault('asset_not_found', ''))
        : view(asset_id, asset_id === 'b' ? { text_uri: 'asset://text/b' } : {}),
    'assets.text': () => ({ text: 'Words', is_cut: false }),
  })
  const viewer = createViewer(fake.client)
  return { ...fake, viewer, gets: () => fake.asked.filter(({ name }) => name === 'assets.get').length }
}

test('the one in view is asked for first, then its neighbours, each once', async () => {
  const { viewer, asked, gets } = viewing()
  await viewer.show(ids, 1)
  expect(asked[0]?.input).toEqual({ asset_id: 'b' })
  expect([...viewer.getState().known.keys()]).toEqual(['b', 'c', 'a'])
  expect(viewer.getState().known.get('b' as AssetId)).toMatchObject({ text: { text: 'Words' } })
  await viewer.show(ids, 2)
  expect(gets()).toBe(4)
})

test('one that failed says why and can be tried again; the others are not in its way', async () => {
  const broken = new Set(['a'])
  const { viewer } = viewing(broken)
  await viewer.show(ids, 0)
  expect(viewer.getState().known.get('a' as AssetId)).toMatchObject({ fault: { code: 'asset_not_found' } })
  expect(viewer.getState().known.get('b' as AssetId)?.is).toBe('known')
  broken.clear()
  await viewer.retry('a' as AssetId)
  expect(viewer.getState().known.get('a' as AssetId)?.is).toBe('known')
})

test('what changed meanwhile shows, and keeps its text', async () => {
  const { viewer } = viewing()
  await viewer.show(ids, 1)
  viewer.hear({ type: 'asset.changed', asset: view('b' as AssetId, { is_quarantined: true }) })
  viewer.hear({ type: 'asset.changed', asset: view('z' as AssetId) })
  expect(viewer.getState().known.get('b' as AssetId)).toMatchObject({
    asset: { is_quarantined: true },
    text: { text: 'Words' },
  })
  expect(viewer.getState().known.has('z' as AssetId)).toBe(false)
})
