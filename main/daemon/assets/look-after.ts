import type { AssetId } from '@contract/ids'
import type { AssetRepair } from '@contract/status'
import { Failure } from '../core/failure'
import type { AssetRecord } from '../ports/asset-store'
import { codeOf } from './asset-failures'
import type { ImportPorts } from './import-asset'
import { derivedOf, filesOf } from './made-files'
import type { CheckedReader, Trouble } from './read-checked'

type Ports = Pick<ImportPorts, 'files' | 'store' | 'media' | 'clock' | 'publish' | 'inTurn'> & {
  readonly reader: CheckedReader
  /** Removes the files of what was buried; answers how many assets that were. */
  readonly finishBurials: () => Promise<number>
}

export interface LookAfter {
  /** All assets and all files, beside everything else (contract 7.5). */
  all(signal: AbortSignal): Promise<AssetRepair>
  /** One asset, after a read went wrong. */
  one(id: AssetId, signal: AbortSignal): Promise<void>
}

/** Records read at a time. */
const atOnce = 50
/** So much longer than it works, the look rests. */
const rest = 3
const mostDiagnostics = 32

type Found = Omit<AssetRepair, 'diagnostics'> & { diagnostics: { asset_id?: string; what: string }[] }

export function lookAfter(on: Ports): LookAfter {
  const { store, files, publish, reader } = on
  /** One look at a time: a page full of pictures reads one of them again and again. */
  const looks = new Map<AssetId, Promise<void>>()
  /** What can't be made again of good bytes: the same look at the same bytes would say the same. */
  const hopeless = new Map<AssetId, string>()

  const tell = (id: AssetId): void => {
    const asset = store.assets.get(id)?.view
    if (asset) publish({ type: 'asset.changed', asset })
  }

  /** Answers what is wrong with the stored bytes, and has written down whether they may be handed out. */
  async function judge(id: AssetId): Promise<Trouble | undefined> {
    const record = store.assets.get(id)
    if (!record) return undefined
    const trouble = await reader.look(record.raw)
    const isQuarantined = trouble === 'missing' || trouble === 'altered'
    if (store.assets.get(id) && isQuarantined !== (record.view.is_quarantined ?? false)) {
      store.assets.setQuarantined(id, isQuarantined)
      tell(id)
    }
    return trouble
  }

  /** From the stored bytes. Throws what the look at them says. */
  async function rebuild({ view, raw }: AssetRecord, signal: AbortSignal): Promise<void> {
    const job = await files.newJob()
    try {
      const made = await on.media.process(
        {
          source: files.pathOf(raw.sha256),
          file_name: view.file_name,
          media_type: raw.media_type,
          out: job.out,
        },
        signal,
      )
      await on.inTurn(async () => {
        // Deleted meanwhile.
        if (!store.assets.get(view.asset_id)) return
        await files.publish(job.own([made.text, made.preview, made.thumbnail].flatMap((file) => file ?? [])))
        store.assets.setDerived(view.asset_id, derivedOf(made))
        tell(view.asset_id)
      })
    } finally {
      await job.remove()
    }
  }

  async function check(record: AssetRecord, found: Found, signal: AbortSignal): Promise<Found> {
    const { asset_id } = record.view
    const [raw, ...derived] = filesOf(record)
    const isGood = raw && (await reader.look(raw)) === undefined && !record.view.is_quarantined
    // Again in turn: an import may just be putting them back.
    const trouble = isGood ? undefined : await on.inTurn(() => judge(asset_id))
    // Deleted meanwhile.
    if (!store.assets.get(asset_id)) return found
    if (trouble) {
      const isQuarantined = trouble !== 'refused'
      return note({ ...found, quarantined: found.quarantined + Number(isQuarantined) }, trouble, asset_id)
    }
    for (const file of derived) {
      if ((await reader.look(file)) === undefined) continue
      const known = hopeless.get(asset_id)
      if (known !== undefined) return note(found, known, asset_id)
      try {
        await rebuild(record, signal)
        return { ...found, rebuilt: found.rebuilt + 1 }
      } catch (error) {
        signal.throwIfAborted()
        const code = error instanceof Failure ? error.fault.code : codeOf(error)
        const what = `not_rebuilt: ${code}`
        if (code === 'asset_invalid') hopeless.set(asset_id, what)
        return note(found, what, asset_id)
      }
    }
    hopeless.delete(asset_id)
    return found
  }

  return {
    async all(signal) {
      await files.sweepJobs()
      let found: Found = { ...nothing, diagnostics: [], completed_deletions: await on.finishBurials() }
      for (let after: AssetId | undefined; ;) {
        const page = store.assets.page(after, atOnce)
        for (const record of page) {
          const begun = on.clock.now()
          found = await check(record, found, signal)
          await on.clock.sleep((on.clock.now() - begun) * rest, signal)
        }
        found = { ...found, checked: found.checked + page.length }
        after = page.at(-1)?.view.asset_id
        if (after === undefined) break
      }
      const orphans = (await countOrphans(on)).files
      return { ...found, orphans }
    },
    one(id, signal) {
      const look = looks.get(id) ?? lookAt(id, signal).finally(() => looks.delete(id))
      looks.set(id, look)
      return look
    },
  }

  async function lookAt(id: AssetId, signal: AbortSignal): Promise<void> {
    const record = store.assets.get(id)
    if (record) await check(record, { ...nothing, diagnostics: [] }, signal)
  }
}

const nothing = { checked: 0, quarantined: 0, rebuilt: 0, orphans: 0, completed_deletions: 0 }

function note(found: Found, what: string, asset_id: AssetId): Found {
  if (found.diagnostics.length < mostDiagnostics) found.diagnostics.push({ asset_id, what })
  return found
}

/** Files that no row holds; with `remove` they are gone afterwards. */
export async function countOrphans(
  { files, store, inTurn }: Pick<Ports, 'files' | 'store' | 'inTurn'>,
  remove = false,
): Promise<{ readonly files: number; readonly bytes: number }> {
  const sum = { files: 0, bytes: 0 }
  for await (const digests of files.all()) {
    // In turn: a file that was just published is about to get its row.
    await inTurn(async () => {
      for (const sha256 of digests.filter((digest) => !store.assets.holds(digest))) {
        const bytes = await files.sizeOf(sha256)
        if (bytes === undefined) continue
        if (remove) await files.remove(sha256)
        sum.files += 1
        sum.bytes += bytes
      }
    })
  }
  return sum
}
