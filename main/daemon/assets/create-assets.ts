import { randomBytes } from 'node:crypto'
import type { Fault } from '@contract/fault'
import type { ByteRole } from '@contract/http'
import type { AssetId } from '@contract/ids'
import type { AssetRepair } from '@contract/status'
import { assetNotFound } from '../core/assets/asset-not-found'
import { Failure } from '../core/failure'
import type { AssetRecord, StoredFile } from '../ports/asset-store'
import type { AssetContents, AssetDoor, AssetUpkeep, ByteRange, Partials } from '../ports/assets'
import type { Clock } from '../ports/clock'
import type { Publish } from '../ports/events'
import type { FileDigest } from '../ports/file-digest'
import type { Ids } from '../ports/ids'
import type { MediaWorker } from '../ports/media'
import type { Regions } from '../ports/regions'
import type { Store } from '../ports/store'
import { mismatch, stopping } from './asset-failures'
import { createAssetFiles } from './asset-files'
import { createRegions } from './create-regions'
import type { ImportPorts } from './import-asset'
import { importAsset } from './import-asset'
import { countOrphans, lookAfter } from './look-after'
import { createCheckedReader } from './read-checked'
import { createSlots, createTurn } from './turns'
import { createImportWatch } from './watch-imports'

interface Needs {
  /** Absolute; made with the first file. */
  readonly folder: string
  readonly store: Pick<Store, 'assets'>
  readonly media: MediaWorker
  readonly digest: FileDigest
  readonly clock: Clock
  readonly ids: Pick<Ids, 'next'>
  readonly publish: Publish
  readonly partials: Partials
  /** Why nothing is taken or given any more. */
  readonly refusal: () => Fault | undefined
  /** For work that nobody waits for. */
  readonly inBackground: (work: Promise<void>) => void
}

export interface Assets {
  readonly door: AssetDoor
  readonly upkeep: AssetUpkeep
  readonly contents: AssetContents
  readonly regions: Regions
  /** The look at everything after a start (contract 7.5). */
  look(): Promise<void>
  /** Ends imports, the look, the process that looks at files and the thread that hashes. */
  stop(): Promise<void>
}

/** Sources read, and files looked at, at a time. */
const atOnce = { reading: 4, checking: 2 }

/** The bytes that the daemon owns (contract 7): the way in, the way out, and their upkeep. */
export function createAssets(needs: Needs): Assets {
  const { store, clock, publish, inBackground } = needs
  const closing = new AbortController()
  const files = createAssetFiles(needs.folder, randomBytes(6).toString('hex'))
  const reader = createCheckedReader(files.pathOf, needs.digest)
  const inTurn = createTurn()
  const { partials } = needs
  const watch = createImportWatch({ clock, publish })
  const ports: ImportPorts = {
    ...needs,
    files,
    watch,
    inTurn,
    reading: createSlots(atOnce.reading),
    checking: createSlots(atOnce.checking),
  }
  const take = importAsset(ports)
  const looking = lookAfter({ ...ports, reader, finishBurials })
  let repair: AssetRepair | null = null

  /** Each burial in its turn, so that nobody publishes a file that is just about to go. */
  async function finishBurials(): Promise<number> {
    const unfinished = store.assets.unfinishedBurials()
    for (const { asset_id, files: digests } of unfinished) {
      await inTurn(async () => {
        for (const sha256 of digests) if (!store.assets.holds(sha256)) await files.remove(sha256)
        store.assets.finishBurial(asset_id)
      })
    }
    return unfinished.length
  }

  const openChecked: AssetDoor['open'] = async (id, role, range) => {
    const record = store.assets.get(id)
    const file = record?.[role]
    if (!record || !file) throw assetNotFound()
    const within = rangeOf(file.byte_length, range)
    const checked = await reader.check(file)
    if (typeof checked === 'string') {
      if (checked !== 'refused') inBackground(looking.one(id, closing.signal))
      throw mismatch()
    }
    if (role === 'raw' && record.view.is_quarantined) release(record)
    const { sha256, byte_length, media_type } = file
    return {
      media_type,
      file_name: record.view.file_name,
      sha256,
      byte_length,
      range: within,
      stream: checked.read(within),
    }
  }

  function serve(): void {
    const why = needs.refusal()
    if (why) throw new Failure(why)
    if (closing.signal.aborted) throw stopping()
  }

  /** Its bytes came back good. */
  function release({ view: { asset_id } }: AssetRecord): void {
    store.assets.setQuarantined(asset_id, false)
    const asset = store.assets.get(asset_id)?.view
    if (asset) publish({ type: 'asset.changed', asset })
  }

  async function readAll(id: AssetId, role: ByteRole, signal?: AbortSignal): Promise<Uint8Array> {
    signal?.throwIfAborted()
    const { stream } = await openChecked(id, role)
    const pieces: Uint8Array[] = []
    for await (const bytes of stream) {
      signal?.throwIfAborted()
      pieces.push(bytes)
    }
    return Buffer.concat(pieces)
  }

  /** Reads what is derived of an asset that is there. */
  async function readDerived<T>(
    id: AssetId,
    role: 'text' | 'preview',
    read: (file: StoredFile) => Promise<T>,
  ): Promise<T | undefined> {
    const record = store.assets.get(id)
    if (!record) throw assetNotFound()
    const file = record[role]
    return file && read(file)
  }

  return {
    door: {
      partial: (id) => partials.get(id),
      import: async (source, signal) => {
        serve()
        return take(source, signal)
      },
      open: async (...asked) => {
        serve()
        return openChecked(...asked)
      },
    },
    upkeep: {
      cancel: watch.cancel,
      finishBurials: async () => void (await finishBurials()),
      orphans: (remove) => countOrphans(ports, remove),
      async empty(forget) {
        await watch.stopAll()
        await inTurn(async () => {
          // What has begun meanwhile loses its folder.
          void watch.stopAll()
          await forget()
          await files.removeAll()
        })
      },
      repair: () => repair,
    },
    contents: {
      bytes: (id, signal) => readAll(id, 'raw', signal),
      text: (id, signal) =>
        readDerived(id, 'text', async () => Buffer.from(await readAll(id, 'text', signal)).toString('utf8')),
      preview: (id, signal) =>
        readDerived(id, 'preview', async ({ media_type }) => ({
          media_type,
          bytes: await readAll(id, 'preview', signal),
        })),
    },
    regions: createRegions({ ...ports, reader, serve }),
    async look() {
      try {
        repair = await looking.all(closing.signal)
      } catch (error) {
        if (!closing.signal.aborted) throw error
      }
    },
    async stop() {
      closing.abort()
      await Promise.all([watch.stopAll(), needs.media.close(), needs.digest.close()])
    },
  }
}

function rangeOf(length: number, asked: Parameters<AssetDoor['open']>[2]): ByteRange {
  if (!asked) return { from: 0, to: length }
  const { from, to = length } = asked
  if (from < 0 || from >= length || to < from) throw new RangeError('The range is not within the file.')
  return { from, to: Math.min(to, length) }
}
