import type { InputOf } from '@contract/define'
import type { storageCalls, StorageView } from '@contract/storage'
import { fault } from '@contract/fault'
import type { AssetId, SessionId } from '@contract/ids'
import { Failure } from '../core/failure'
import { readStorage } from './read-storage'
import type { World } from './world'

type Input = InputOf<(typeof storageCalls)['storage.deleteAll']>
type ErasePorts = Pick<
  World,
  'store' | 'disk' | 'files' | 'about' | 'keyring' | 'clock' | 'clearLog' | 'assetUpkeep'
> & {
  readonly stopRuns: () => void
  /** No sound comes any more, and none is written down. */
  readonly letGo: () => Promise<void> | void
  /** Some chats are gone. */
  readonly gone: (sessions: readonly SessionId[]) => void
  readonly assetsGone: (assets: readonly AssetId[]) => void
}

/** Chats, or assets, that are deleted between two looks at everything else there is to do. */
const some = 50

/** What is still to be done. */
interface Marker {
  readonly version: 1
  readonly with_keys: boolean
  /** Only traces and keys are left: what was made since then is not meant. */
  readonly is_erased?: boolean
  /** Slots as they were; one that was written since then is not meant. */
  readonly keys?: readonly { readonly slot_id: string; readonly updated_at_ms: number }[]
}

/**
 * `storage.deleteAll`: everything a person made, and every trace of it in the files. What was begun is written down
 * first, so that a daemon that is killed meanwhile finishes it at its next start. A keychain that refuses is the first
 * thing that is met, and nothing is deleted then; one that gave up a key and refuses the next is asked again at the next
 * start. Faults: `secret_store_*`, `storage_full`, `store_unreadable` when the state root can't be written.
 */
export const deleteAll =
  (
    on: Omit<ErasePorts, 'stopRuns' | 'letGo' | 'gone' | 'assetsGone'> &
      Pick<
        World,
        'log' | 'publish' | 'queue' | 'phase' | 'spending' | 'routesFile' | 'clearEvents' | 'recordings'
      > & {
        readonly tellSecrets: () => void
        readonly tellRuntime: () => void
      },
  ) =>
  async ({ with_keys }: Input): Promise<StorageView> => {
    const ports: ErasePorts = {
      ...on,
      stopRuns: () => {
        for (const { session_id } of on.store.runs.unfinished()) on.queue.drop(session_id)
      },
      letGo: () => on.recordings.letGo(),
      gone: (sessions) => {
        for (const session_id of sessions) on.publish({ type: 'session.deleted', session_id })
      },
      assetsGone: (assets) => {
        for (const asset_id of assets) on.publish({ type: 'asset.deleted', asset_id })
      },
    }
    const marker: Marker = { version: 1, with_keys }
    await note(on, marker)
    // Those of the keychain first: what is in memory alone is never refused.
    const keys = with_keys ? on.keyring.list().toSorted((a, b) => a.where.localeCompare(b.where)) : []
    const { left, why } = await deleteKeys(on, keys)
    if (left.length > 0 && left.length === keys.length) {
      await on.disk.remove(markerOf(on))
      throw why
    }
    if (left.length > 0) on.log.surprise(why)
    await erase(ports, marker, left)
    on.clearEvents()
    if (with_keys) on.phase.recheck()
    on.publish({ type: 'preferences.changed', preferences: on.store.preferences.get() })
    on.tellRuntime()
    on.tellSecrets()
    on.spending.changed()
    return readStorage(on)()
  }

/** Finishes what a daemon before this one had begun. A keychain that refuses is tried again at the next start. */
export async function finishDeleting(
  given: Omit<ErasePorts, 'stopRuns' | 'letGo' | 'gone' | 'assetsGone'> & Pick<World, 'log'>,
): Promise<void> {
  // Nothing runs yet, and nobody listens.
  const on = { ...given, stopRuns: nothing, letGo: nothing, gone: nothing, assetsGone: nothing }
  if (!(await on.files.exists(markerOf(on)))) return
  const marker = readMarker(await on.files.readText(markerOf(on)))
  const keys = marker.keys ?? (marker.with_keys ? on.keyring.list() : [])
  const { left, why } = await deleteKeys(on, keys)
  if (left.length > 0) on.log.surprise(why)
  await erase(on, marker, left)
}

function readMarker(text: string): Marker {
  try {
    return JSON.parse(text) as Marker
  } catch {
    // It is written whole or not at all; whatever this is, no key is meant.
    return { version: 1, with_keys: false }
  }
}

type Keys = NonNullable<Marker['keys']>

/** One after the other, until the keychain refuses; answers what is left then, and why. */
async function deleteKeys(
  { keyring }: Pick<ErasePorts, 'keyring'>,
  keys: Keys,
): Promise<{ readonly left: Keys; readonly why?: unknown }> {
  for (const [at, { slot_id, updated_at_ms }] of keys.entries()) {
    try {
      if (keyring.find(slot_id)?.updated_at_ms === updated_at_ms) await keyring.delete(slot_id)
    } catch (why) {
      return { left: keys.slice(at), why }
    }
  }
  return { left: [] }
}

/** Fault: `store_unreadable` when the state root can't be written, as at a start. */
async function note(on: Pick<ErasePorts, 'files' | 'about'>, marker: Marker): Promise<void> {
  try {
    await on.files.writeText(markerOf(on), JSON.stringify(marker))
  } catch (error) {
    if (!(error instanceof Failure) || error.fault.code !== 'route_file_write_failed') throw error
    const detail = 'Kheish can’t write to its data folder. Allow writing there, then delete again.'
    throw new Failure(fault('store_unreadable', detail), { cause: error })
  }
}

/** Everything but the keys, of which `refused` are left for another time. */
async function erase(on: ErasePorts, marker: Marker, refused: Keys): Promise<void> {
  const { store, disk } = on
  const left: Marker = {
    version: 1,
    with_keys: false,
    is_erased: true,
    keys: refused.map(({ slot_id, updated_at_ms }) => ({ slot_id, updated_at_ms })),
  }
  if (!marker.is_erased) {
    await eraseMade(on, marker.with_keys && refused.length === 0)
    await note(on, left)
  }
  const isClean = store.erase.sweep()
  if (isClean && refused.length === 0) await disk.remove(markerOf(on))
  else if (marker.is_erased) await note(on, left)
}

async function eraseMade(on: ErasePorts, withKeys: boolean): Promise<void> {
  const { store, disk, clock, about, assetUpkeep } = on
  on.stopRuns()
  await on.letGo()
  await disk.remove(about.folders.evidence)
  for (;;) {
    // Whatever was begun since the last look.
    on.stopRuns()
    const gone = store.erase.sessions(some)
    if (gone.length === 0) break
    on.gone(gone)
    await clock.sleep(0)
  }
  await assetUpkeep.empty(async () => {
    for (;;) {
      const gone = store.erase.assets(some)
      if (gone.length === 0) break
      on.assetsGone(gone)
      await clock.sleep(0)
    }
    store.erase.rest(withKeys)
  })
  // What began meanwhile has lost its row; its folder goes with the others.
  await on.letGo()
  await disk.remove(about.folders.recordings)
  // What was being written when its run was stopped.
  await disk.remove(about.folders.evidence)
  const root = about.folders.state_root
  for (const name of await disk.list(root)) {
    // Copies that were made before migrations.
    if (/^kheish\.sqlite\.v\d+\.bak$/.test(name)) await disk.remove(`${root}/${name}`)
  }
  await on.clearLog()
}

const markerOf = ({ about }: Pick<ErasePorts, 'about'>) => `${about.folders.state_root}/deleting.json`

const nothing = (): void => undefined
