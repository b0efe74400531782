import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fc, test } from '@fast-check/vitest'
import { afterEach, beforeEach, expect } from 'vitest'
import type { AssetView } from '@contract/assets'
import type { AssetId } from '@contract/ids'
import { fakeTools } from '../ports/tools.fake'
import { deleteAsset } from '../actions/delete-asset'
import { answer } from '../core/failure'
import { attached, memoryStore, messageId, sessionId } from '../store/sample'
import { systemClock } from '../system/clock'
import { systemIds } from '../system/ids'
import { createAssets } from './create-assets'
import { createFileDigest } from './hash/create-file-digest'
import { inProcessMediaWorker } from './media/in-process-media-worker'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kheish-order-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

type Step =
  | { readonly does: 'import'; readonly content: number; readonly type: 'txt' | 'md'; readonly times: number }
  | { readonly does: 'delete'; readonly which: number }
  | { readonly does: 'send'; readonly which: number }
  | { readonly does: 'forget' }
  | { readonly does: 'collect' }
  | { readonly does: 'look' }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    does: fc.constant('import' as const),
    content: fc.integer({ min: 0, max: 4 }),
    type: fc.constantFrom('txt' as const, 'md' as const),
    times: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ does: fc.constant('delete' as const), which: fc.nat(9) }),
  fc.record({ does: fc.constant('send' as const), which: fc.nat(9) }),
  fc.constantFrom<Step>({ does: 'forget' }, { does: 'collect' }, { does: 'look' }),
)

/** Spaces at its ends, so that the derived text is a file of its own, which another asset may have as its bytes. */
const contents = ['one', ' one ', '\none', 'two', ' two']

test.prop([fc.array(step, { maxLength: 14 })], { numRuns: 40 })(
  'whatever is imported, sent, deleted and collected in any order, rows and files are what they should be',
  async (steps) => {
    const root = await mkdtemp(join(folder, 'run-'))
    const store = memoryStore()
    const clock = { ...systemClock, now: () => 1_000 }
    const on = { store, clock, ids: systemIds, publish: () => undefined }
    const { door, upkeep, look } = createAssets({
      ...on,
      folder: join(root, 'assets'),
      media: inProcessMediaWorker(),
      partials: fakeTools().partials,
      digest: createFileDigest(undefined),
      refusal: () => undefined,
      inBackground: (work) => void work,
    })
    const removing = deleteAsset({ ...on, assetUpkeep: upkeep })
    /** By content and type: what the store should have. */
    const live = new Map<string, AssetView>()
    const sent = new Set<AssetId>()
    const ids = new Set<AssetId>()
    let chats = 0

    async function take({ content, type, times }: Extract<Step, { does: 'import' }>): Promise<void> {
      const key = `${String(content)}.${type}`
      const bytes = Buffer.from(contents[content] ?? '')
      const made = await Promise.all(
        Array.from({ length: times }, () => door.import({ file_name: `f.${type}`, bytes })),
      )
      const known = live.get(key)
      expect(new Set(made.map(({ asset_id }) => asset_id)).size).toBe(1)
      const [first] = made
      if (known) expect(first).toEqual(known)
      else if (first) {
        expect(ids).not.toContain(first.asset_id)
        ids.add(first.asset_id)
        live.set(key, first)
      }
    }

    function forgetOne(id: AssetId): void {
      for (const [key, view] of live) if (view.asset_id === id) live.delete(key)
    }

    async function carryOut(one: Step): Promise<void> {
      if (one.does === 'import') return take(one)
      if (one.does === 'look') return look()
      if (one.does === 'forget') {
        store.sessions.markDeleted(sessionId(`s${String(chats)}`), 1)
        store.sessions.purgeDeleted(2)
        sent.clear()
        return
      }
      if (one.does === 'collect') {
        const { assets, skipped } = await removing.gc({ dry_run: false, older_than_ms: -1 })
        expect(skipped).toBe(sent.size)
        expect(assets).toHaveLength(live.size - sent.size)
        for (const { asset_id } of assets) forgetOne(asset_id)
        return
      }
      const asset = [...live.values()][one.which % Math.max(1, live.size)]
      if (!asset) return
      const { asset_id } = asset
      if (one.does === 'send') {
        if (sent.size === 0)
          store.sessions.create({ session_id: sessionId(`s${String((chats += 1))}`), title: '', at_ms: 1 })
        store.messages.add({
          message_id: messageId(systemIds.next('message')),
          session_id: sessionId(`s${String(chats)}`),
          parent_id: null,
          role: 'user',
          parts: [attached(asset_id)],
          created_at_ms: 1,
          run_id: null,
        })
        sent.add(asset_id)
        return
      }
      const answered = await answer(() => removing.delete({ asset_id, dry_run: false }), String)
      expect(answered.ok).toBe(!sent.has(asset_id))
      if (answered.ok) forgetOne(asset_id)
    }

    for (const one of steps) {
      await carryOut(one)
      expect(store.assets.counts().assets).toBe(live.size)
    }
    const views = [...live.values()]
    expect(views.map(({ asset_id }) => store.assets.get(asset_id)?.view)).toEqual(views)
    const found = await readdir(join(root, 'assets'), { recursive: true, withFileTypes: true }).catch(
      () => [],
    )
    const names = found.filter((file) => file.isFile()).map(({ name }) => name)
    const held = new Set(views.flatMap(({ sha256, text_sha256 }) => [sha256, text_sha256 ?? sha256]))
    expect(names.toSorted()).toEqual([...held].toSorted())
    for (const { asset_id } of views) {
      const pieces: Uint8Array[] = []
      for await (const piece of (await door.open(asset_id, 'text')).stream) pieces.push(piece)
      expect(Buffer.concat(pieces).toString().trim()).toMatch(/^(one|two)$/)
    }
    await rm(root, { recursive: true, force: true })
  },
)
