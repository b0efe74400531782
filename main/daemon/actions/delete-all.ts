import type { InputOf } from '@contract/define'
import type { storageCalls, StorageView } from '@contract/storage'
import type { SessionId } from '@contract/ids'
import { readStorage } from './read-storage'
import type { World } from './world'

type Input = InputOf<(typeof storageCalls)['storage.deleteAll']>
type ErasePorts = Pick<World, 'store' | 'disk' | 'files' | 'about' | 'keyring' | 'clock' | 'clearLog'> & {
  readonly stopRuns: () => void
  /** Some chats are gone. */
  readonly gone: (sessions: readonly SessionId[]) => void
}

/** Chats that are deleted between two looks at everything else there is to do. */
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
 * thing that is met, and nothing is deleted then. Faults: `secret_store_*`.
 */
export const deleteAll =
  (
    on: Omit<ErasePorts, 'stopRuns' | 'gone'> &
      Pick<World, 'publish' | 'queue' | 'phase' | 'spending' | 'routesFile' | 'clearEvents'> & {
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
      gone: (sessions) => {
        for (const session_id of sessions) on.publish({ type: 'session.deleted', session_id })
      },
    }
    if (with_keys) await deleteKeys(on)
    await erase(ports, { version: 1, with_keys }, [])
    on.clearEvents()
    if (with_keys) on.phase.recheck()
    on.publish({ type: 'preferences.changed', preferences: on.store.preferences.get() })
    on.tellRuntime()
    on.tellSecrets()
    on.spending.changed()
    return readStorage(on)()
  }

/** Finishes what a daemon before this one had begun. A keychain that refuses is tried again at the next start. */
export async function finishDeleting(on: ErasePorts & Pick<World, 'log'>): Promise<void> {
  if (!(await on.files.exists(markerOf(on)))) return
  const marker = readMarker(await on.files.readText(markerOf(on)))
  const keys = marker.keys ?? (marker.with_keys ? on.keyring.list() : [])
  const refused = await deleteKeys(on, keys).then(
    () => undefined,
    (error: unknown) => ({ error }),
  )
  if (refused) on.log.surprise(refused.error)
  await erase(on, marker, refused ? keys : [])
}

function readMarker(text: string): Marker {
  try {
    return JSON.parse(text) as Marker
  } catch {
    // It is written whole or not at all; whatever this is, no key is meant.
    return { version: 1, with_keys: false }
  }
}

async function deleteKeys(
  { keyring }: Pick<ErasePorts, 'keyring'>,
  keys: NonNullable<Marker['keys']> = keyring.list(),
): Promise<void> {
  for (const { slot_id, updated_at_ms } of keys)
    if (keyring.find(slot_id)?.updated_at_ms === updated_at_ms) await keyring.delete(slot_id)
}

/** Everything but the keys, of which `refused` are left for another time. */
async function erase(on: ErasePorts, marker: Marker, refused: NonNullable<Marker['keys']>): Promise<void> {
  const { store, disk, files } = on
  const note = (next: Marker) => files.writeText(markerOf(on), JSON.stringify(next))
  const left: Marker = {
    version: 1,
    with_keys: false,
    is_erased: true,
    keys: refused.map(({ slot_id, updated_at_ms }) => ({ slot_id, updated_at_ms })),
  }
  if (!marker.is_erased) {
    await note(marker)
    await eraseMade(on, marker.with_keys && refused.length === 0)
    await note(left)
  }
  const isClean = store.erase.sweep()
  if (isClean && refused.length === 0) await disk.remove(markerOf(on))
  else if (marker.is_erased) await note(left)
}

async function eraseMade(on: ErasePorts, withKeys: boolean): Promise<void> {
  const { store, disk, clock, about } = on
  on.stopRuns()
  await disk.remove(about.folders.evidence)
  for (;;) {
    // Whatever was begun since the last look.
    on.stopRuns()
    const gone = store.erase.sessions(some)
    if (gone.length === 0) break
    on.gone(gone)
    await clock.sleep(0)
  }
  store.erase.rest(withKeys)
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
