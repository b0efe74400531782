import type { AssetView, assetCalls } from '@contract/assets'
import type { InputOf } from '@contract/define'
import { fault } from '@contract/fault'
import { isBase64 } from '../core/runs/base64'
import { Failure } from '../core/failure'
import type { World } from './world'

type Input = InputOf<(typeof assetCalls)['assets.import']>

/** `assets.import`: bytes that came within a call. Faults: `inline_asset_invalid`, and those of the door. */
export const importAsset =
  ({ assets }: Pick<World, 'assets'>) =>
  ({ file_name, media_type, import_id, content_base64 }: Input): Promise<AssetView> => {
    if (file_name.trim() === '') throw invalid('The file has no name.')
    if (content_base64.trim() === '') throw invalid('The file has no content.')
    if (!isBase64(content_base64)) throw invalid('The content of the file is not base64.')
    return assets.import({
      file_name,
      bytes: Buffer.from(content_base64, 'base64'),
      ...(media_type === undefined ? {} : { media_type }),
      ...(import_id === undefined ? {} : { import_id }),
    })
  }

const invalid = (detail: string) => new Failure(fault('inline_asset_invalid', detail))
