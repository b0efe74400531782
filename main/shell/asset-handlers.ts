import { nativeImage, shell, type NativeImage, type WebContents } from 'electron'
import type { AssetView } from '@contract/assets'
import type { AppHandlers } from '@contract/calls'
import { fault } from '@contract/fault'
import type { AssetId } from '@contract/ids'
import { Failure } from '../daemon/core/failure'
import { assetFileName } from './asset-file-name'
import { copyPicture } from './copy-picture'
import type { Host } from './host'
import { createLentFiles } from './lent-files'
import { saveAs } from './save-as'
import type { Windows } from './windows'

export interface AssetNeeds {
  readonly host: Host
  readonly windows: Windows
  /** For copies that other programs get. Absolute, and nobody else's. */
  readonly folder: string
  /** Absolute path of a picture for what has none. */
  readonly icon: string
}

type Names = 'app.saveAsset' | 'app.openAsset' | 'app.copyAsset'

/** Pixels at the longest edge of what hangs at the pointer. */
const iconSize = 96

/** Assets on their way to the disk, to other programs and to the clipboard. */
export function createAssetHandlers({ host, windows, folder, icon }: AssetNeeds) {
  const lent = createLentFiles(folder, host.assets)
  // The call answers exactly this; the host runs any call by its name.
  const view = (asset_id: AssetId) => host.run('assets.get', { asset_id }) as Promise<AssetView>

  const handlers: Pick<AppHandlers, Names> = {
    'app.saveAsset': async ({ asset_id }) => {
      const { file_name, media_type } = await view(asset_id)
      const content = async () => (await host.assets.open(asset_id, 'raw')).stream
      const name = assetFileName(file_name, media_type)
      return saveAs(windows.current(), { call: 'app.saveAsset', name, content })
    },
    'app.openAsset': async ({ asset_id }) => {
      const trouble = await shell.openPath(await lent.lend(await view(asset_id)))
      if (trouble !== '') throw refused('app.openAsset', 'No program of this system opens such files.')
    },
    'app.copyAsset': async ({ asset_id }) => {
      const { kind } = await view(asset_id)
      const image = kind === 'image' ? await imageOf(asset_id, 'raw') : undefined
      if (!image) throw refused('app.copyAsset', 'Only pictures can be copied; save it instead.')
      await copyPicture(image)
    },
  }

  async function imageOf(id: AssetId, role: 'raw' | 'thumbnail'): Promise<NativeImage | undefined> {
    const chunks: Uint8Array[] = []
    for await (const chunk of (await host.assets.open(id, role)).stream) chunks.push(chunk)
    const image = nativeImage.createFromBuffer(Buffer.concat(chunks))
    return image.isEmpty() ? undefined : image
  }

  /** A drag without a picture is none. */
  async function iconOf(id: AssetId): Promise<NativeImage> {
    const own = await imageOf(id, 'thumbnail').catch(() => undefined)
    const image = own ?? nativeImage.createFromPath(icon)
    const { width, height } = image.getSize()
    return image.resize(width >= height ? { width: iconSize } : { height: iconSize })
  }

  return {
    handlers,
    /** Goes on with a drag of the page as one of the system's: a file, with the asset's picture. Faults as of `assets.get`. */
    async drag(asset_id: AssetId, contents: WebContents): Promise<void> {
      const asset = await view(asset_id)
      const [file, image] = await Promise.all([lent.lend(asset), iconOf(asset_id)])
      if (!contents.isDestroyed()) contents.startDrag({ file, icon: image })
    },
    takeBack: (asset_id: AssetId) => lent.takeBack(asset_id),
    sweep: () => lent.sweep(),
  }
}

const refused = (call: string, detail: string): Failure =>
  new Failure(fault('call_refused', detail, { call }))
