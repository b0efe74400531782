import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { request, type IncomingMessage, type RequestOptions } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { AssetView } from '@contract/assets'
import { headOf } from '@contract/bytes-over-http'
import { fault } from '@contract/fault'
import { lastEventHeader, uploadPath } from '@contract/http'
import { largestFile } from '@contract/names'
import { Failure } from '../daemon/core/failure'
import type { AssetDoor, ImportSource } from '../daemon/ports/assets'
import { readAnswer, send, unreachable, type Line } from './ask-over'

export interface RemoteAssets extends AssetDoor {
  /** `onPlace` hears, before the answer, which event was the newest when it was made. */
  import(
    source: ImportSource,
    signal?: AbortSignal,
    onPlace?: (lastEventId: string) => void,
  ): Promise<AssetView>
}

/** The bytes of a daemon of another process. A path is read here, where whoever names it sits. */
export function assetsOver(line: Line, closing: AbortSignal): RemoteAssets {
  return {
    // They live in the memory of the other process, which tells nobody outside of them.
    partial: () => undefined,
    async import(source, signal, onPlace) {
      const body = await bodyOf(source)
      const { file_name, media_type, import_id } = source
      const said = Object.entries({ file_name, media_type, import_id })
      const query = new URLSearchParams(
        said.filter((pair): pair is [string, string] => pair[1] !== undefined),
      )
      const path = `${uploadPath}?${query.toString()}`
      const ending = signal ? AbortSignal.any([closing, signal]) : closing
      try {
        const response = await sendFrom({ ...line, method: 'POST', path, signal: ending }, body)
        const place = response.headers[lastEventHeader]
        if (typeof place === 'string') onPlace?.(place)
        const answered = await readAnswer(response)
        if (answered.ok) return answered.value as AssetView
        throw new Failure(answered.fault)
      } catch (error) {
        if (error instanceof Failure) throw error
        if (signal?.aborted) throw new Failure(fault('import_cancelled', 'The import was stopped.'))
        throw new Failure(unreachable(error), { cause: error })
      }
    },
    async open(id, role, range) {
      const part = range && `bytes=${range.from}-${range.to === undefined ? '' : range.to - 1}`
      const headers = part === undefined ? {} : { range: part }
      const path = `/v1/assets/${encodeURIComponent(id)}/${role}`
      const response = await send({ ...line, method: 'GET', path, headers, signal: closing }).catch(
        (error: unknown) => {
          throw new Failure(unreachable(error), { cause: error })
        },
      )
      if (response.statusCode === 416) {
        response.resume()
        throw new RangeError('the range begins behind the end')
      }
      const head =
        response.statusCode === 200 || response.statusCode === 206 ? headOf(response.headers) : undefined
      if (head) return { ...head, stream: response }
      const answered = await readAnswer(response)
      throw new Failure(answered.ok ? unreachable(undefined) : answered.fault)
    },
  }
}

/** Faults: folder_refused, asset_unreadable, asset_too_large. */
async function bodyOf(source: ImportSource): Promise<Readable> {
  if ('bytes' in source) return Readable.from([source.bytes], { objectMode: false })
  if ('stream' in source) return Readable.from(source.stream, { objectMode: false })
  const found = await stat(source.path).catch((error: unknown) => {
    throw unreadable(error)
  })
  if (found.isDirectory())
    throw new Failure(fault('folder_refused', 'A folder can’t be taken in; choose the files in it.'))
  if (!found.isFile()) throw unreadable()
  if (found.size > largestFile)
    throw new Failure(
      fault('asset_too_large', 'The file is too large. Nothing was taken in.', {
        limit: largestFile,
        byte_length: found.size,
      }),
    )
  return createReadStream(source.path)
}

const unreadable = (cause?: unknown) =>
  new Failure(fault('asset_unreadable', 'The file could not be read.'), { cause })

/** An answer may come before all is sent: then nobody wants the rest. */
function sendFrom(options: RequestOptions, body: Readable): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sending = request(options, resolve)
    sending.on('error', reject)
    body.once('error', (error: unknown) => {
      reject(error instanceof Failure ? error : unreadable(error))
    })
    pipeline(body, sending).catch(reject)
  })
}
