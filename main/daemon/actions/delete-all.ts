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
    await on.files.writeText(markerOf(on), JSON.stringify({ version: 1, with_keys }))
    await eraseEverything(ports, with_keys)
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
  const with_keys = /"with_keys":true/.test(await on.files.readText(markerOf(on)))
  const refused = with_keys ? await deleteKeys(on).catch((error: unknown) => ({ error })) : undefined
  if (refused) on.log.surprise(refused.error)
  await eraseEverything(on, with_keys && !refused, refused !== undefined)
}

async function deleteKeys({ keyring }: Pick<ErasePorts, 'keyring'>): Promise<void> {
  for (const { slot_id } of keyring.list()) await keyring.delete(slot_id)
}

async function eraseEverything(on: ErasePorts, withKeys: boolean, isUnfinished = false): Promise<void> {
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
  const isClean = store.erase.sweep()
  const root = about.folders.state_root
  for (const name of await disk.list(root)) {
    // Copies that were made before migrations.
    if (/^kheish\.sqlite\.v\d+\.bak$/.test(name)) await disk.remove(`${root}/${name}`)
  }
  await disk.remove(about.folders.evidence)
  await on.clearLog()
  if (isClean && !isUnfinished) await disk.remove(markerOf(on))
}

const markerOf = ({ about }: Pick<ErasePorts, 'about'>) => `${about.folders.state_root}/deleting.json`
