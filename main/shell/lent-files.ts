import { randomUUID } from 'node:crypto'
import { chmod, mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { AssetView } from '@contract/assets'
import type { AssetDoor } from '../daemon/ports/assets'
import { assetFileName } from './asset-file-name'
import { writeWhole } from './write-whole'

/** Copies of assets for other programs, which know files and no assets. */
export interface LentFiles {
  /** Absolute path of a read-only copy with the asset's name. Faults as of `AssetDoor.open`. */
  lend(asset: AssetView): Promise<string>
  /** Removes the copies of an asset that is deleted: none is to outlive it. */
  takeBack(asset_id: string): Promise<void>
  /** Removes what earlier processes lent. */
  sweep(): Promise<void>
}

interface Lent {
  readonly path: string
  /** A copy that somebody changed is not lent again. */
  readonly mtimeMs: number
}

/** `folder` is absolute and holds nothing else. */
export function createLentFiles(folder: string, assets: Pick<AssetDoor, 'open'>): LentFiles {
  const own = randomUUID()
  const lent = new Map<string, Promise<Lent>>()

  const placeOf = (asset_id: string) => join(folder, own, encodeURIComponent(asset_id))

  async function copy({ asset_id, file_name, media_type }: AssetView): Promise<Lent> {
    const { stream } = await assets.open(asset_id, 'raw')
    const place = join(placeOf(asset_id), randomUUID())
    await mkdir(place, { recursive: true, mode: 0o700 })
    const path = join(place, assetFileName(file_name, media_type))
    await writeWhole(path, stream)
    await chmod(path, 0o400)
    return { path, mtimeMs: (await stat(path)).mtimeMs }
  }

  async function known(asset_id: string): Promise<string | undefined> {
    const before = await lent.get(asset_id)?.catch(() => undefined)
    const now = before && (await stat(before.path).catch(() => undefined))
    return now?.mtimeMs === before?.mtimeMs ? before?.path : undefined
  }

  return {
    async lend(asset) {
      const path = await known(asset.asset_id)
      if (path !== undefined) return path
      const copying = copy(asset)
      lent.set(asset.asset_id, copying)
      return (await copying).path
    },
    async takeBack(asset_id) {
      if (!lent.has(asset_id)) return
      await lent.get(asset_id)?.catch(() => undefined)
      lent.delete(asset_id)
      // What a program holds open stays until the next start.
      await rm(placeOf(asset_id), { recursive: true, force: true }).catch(() => undefined)
    },
    async sweep() {
      const found = await readdir(folder).catch(() => [])
      const old = found.filter((name) => name !== own)
      await Promise.all(old.map((name) => rm(join(folder, name), { recursive: true, force: true })))
    },
  }
}
