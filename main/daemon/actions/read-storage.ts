import type { StoragePart, StorageView } from '@contract/storage'
import type { World } from './world'

type Ports = Pick<World, 'disk' | 'about' | 'store' | 'keyring' | 'routesFile'>

/** `storage.get`: where things are and how large (contract 13.2, 4.5). */
export const readStorage =
  ({ disk, about, store, keyring, routesFile }: Ports) =>
  async (): Promise<StorageView> => {
    const { state_root: root } = about.folders
    const names = await disk.list(root)
    const below = (name: string) => `${root}/${name}`
    const part = async (
      name: StoragePart['name'],
      path: string,
      files: readonly string[],
    ): Promise<StoragePart> => {
      const measured = await Promise.all(files.map((file) => disk.measure(file)))
      return {
        name,
        path,
        bytes: measured.reduce((sum, { bytes }) => sum + bytes, 0),
        files: measured.reduce((sum, each) => sum + each.files, 0),
      }
    }
    const routes = routesFile ?? below('routes.toml')
    const parts = await Promise.all([
      // With its journal, and the copies that were made before migrations.
      part('database', 'kheish.sqlite', names.filter((name) => name.startsWith('kheish.sqlite')).map(below)),
      part('assets', 'assets', [about.folders.assets]),
      part('recordings', 'recordings', [about.folders.recordings]),
      part('logs', 'logs', [about.folders.logs]),
      part('evidence', 'evidence', [about.folders.evidence]),
      part('routes_file', withinRoot(routes, root), [routes, `${routes}.bak`]),
      part('window', 'window', [about.folders.window]),
    ])
    return { state_root: root, parts, ...store.counts(), keys: keyring.list().length }
  }

/** A routes file may be anywhere. */
const withinRoot = (path: string, root: string): string =>
  path.startsWith(`${root}/`) || path.startsWith(`${root}\\`) ? path.slice(root.length + 1) : path
