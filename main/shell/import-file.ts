import { isAbsolute } from 'node:path'
import type { AssetView } from '@contract/assets'
import { ImportId } from '@contract/assets'
import { takes } from '@contract/define'
import { fault, type Answer } from '@contract/fault'
import { largestFile } from '@contract/names'
import { z } from 'zod'
import { Failure } from '../daemon/core/failure'
import type { AssetDoor } from '../daemon/ports/assets'
import type { Speaker } from './origin'
import { serveCall } from './serve'

/** What the preload makes of a page's `File`. Only the preload knows its path, and nobody else may name one. */
const Carried = z.strictObject({
  import_id: ImportId,
  file_name: z.string().max(1_000),
  media_type: z.string().max(200),
  /** Without a path only. */
  byte_length: z.number().min(0).default(0),
  path: z.string().max(32_768).refine(isAbsolute).optional(),
  bytes: z.instanceof(ArrayBuffer).optional(),
})
const name = 'Bridge.importFile'
const calls = { [name]: takes(() => Carried).returns<AssetView>() }

/** Answers a file that came through the doorway. Faults as of `Bridge.importFile`, and `call_refused`. */
export const serveFile = (
  assets: Pick<AssetDoor, 'import'>,
  report: (surprise: unknown) => string,
  from: Speaker,
  raw: unknown,
): Promise<Answer<unknown>> =>
  serveCall(
    // `serveCall` has parsed it with the schema above.
    { calls, run: async (_, given) => take(assets, given as z.output<typeof Carried>), report },
    from,
    name,
    raw,
  )

function take(assets: Pick<AssetDoor, 'import'>, given: z.output<typeof Carried>): Promise<AssetView> {
  const { import_id, file_name, media_type, path, bytes } = given
  const byte_length = bytes?.byteLength ?? given.byte_length
  // What a browser calls a file of the disk is a guess by its ending, and a worse one than the daemon's.
  if (path !== undefined) return assets.import({ import_id, file_name, path })
  if (byte_length > largestFile)
    throw new Failure(
      fault('asset_too_large', 'The file is too large. Nothing was taken in.', {
        limit: largestFile,
        byte_length,
      }),
    )
  if (!bytes)
    throw new Failure(fault('asset_unreadable', 'What was dropped or pasted there could not be read.'))
  const declared = media_type === '' ? {} : { media_type }
  return assets.import({ import_id, file_name, ...declared, bytes: new Uint8Array(bytes) })
}
