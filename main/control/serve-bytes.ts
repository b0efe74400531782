import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { AssetView } from '@contract/assets'
import { ImportId } from '@contract/assets'
import { answerBytes, discard } from '@contract/bytes-over-http'
import { fault } from '@contract/fault'
import { byteRoles, lastEventHeader, uploadPath, type ByteRole } from '@contract/http'
import { AssetId } from '@contract/ids'
import { largestFile } from '@contract/names'
import { refuseInput } from '@contract/refuse-input'
import { z } from 'zod'
import { Failure } from '../daemon/core/failure'
import type { Daemon } from '../daemon/ports/daemon'
import { guardingHeaders, respond } from './respond'
import { serveSound } from './sound-bytes'

/** One request, taken apart. */
export interface Asked {
  readonly daemon: Daemon
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly path: string
  readonly query: string
}

/** What an upload says of itself, as query. */
export const Upload = z.strictObject({
  file_name: z.string().min(1).max(1_000),
  media_type: z.string().max(200).optional(),
  import_id: ImportId.optional(),
})

const places = new RegExp(`^/v1/assets/([^/]+)/(${byteRoles.join('|')})$`)

/** Bytes as they are, in and out, beside the calls; answers how to say it. Undefined: the place is none of these. */
export function serveBytes(asked: Asked): Promise<() => unknown> | undefined {
  const { request, path } = asked
  if (request.method === 'POST' && path === uploadPath) return upload(asked)
  if (request.method === 'PUT') return serveSound(asked)
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
  const [, id, role] = places.exec(path) ?? []
  // The pattern lets these words through and nothing else.
  return id === undefined ? undefined : download(asked, id, role as ByteRole)
}

async function download({ daemon, request, response }: Asked, segment: string, role: ByteRole) {
  const id = AssetId.safeParse(decoded(segment))
  if (!id.success) throw new Failure(refuseInput('assets.get', id.error))
  const { status, headers, bytes } = await answerBytes(
    (range) => daemon.assets.open(id.data, role, range),
    request.headers.range,
  )
  return async () => {
    response.writeHead(status, { ...guardingHeaders, ...headers })
    if (bytes && request.method === 'GET') {
      // Whoever asked may go at any byte.
      await pipeline(Readable.from(bytes.stream, { objectMode: false }), response).catch(() =>
        response.destroy(),
      )
      return
    }
    if (bytes) await discard(bytes.stream)
    response.end()
  }
}

async function upload({ daemon, request, response, query }: Asked) {
  const said = Upload.safeParse(Object.fromEntries(new URLSearchParams(query)))
  if (!said.success) throw new Failure(refuseInput('assets.import', said.error))
  const length = Number(request.headers['content-length'] ?? 0)
  if (length > largestFile) throw tooLarge(length)
  const gone = new AbortController()
  response.once('close', () => response.writableEnded || gone.abort())
  const { file_name, media_type, import_id } = said.data
  let asset: AssetView
  try {
    asset = await daemon.assets.import(
      {
        file_name,
        ...(media_type === undefined ? {} : { media_type }),
        ...(import_id === undefined ? {} : { import_id }),
        stream: counted(request),
      },
      gone.signal,
    )
  } finally {
    await rest(request)
    if (daemon.events) response.setHeader(lastEventHeader, daemon.events.last())
  }
  return () => respond(response, { ok: true, value: asset })
}

/** The body, up to the limit. Ending the loop early must not end the connection: the answer still has to be said. */
async function* counted(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  let size = 0
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      size += (chunk as Buffer).length
      if (size > largestFile) throw tooLarge(size)
      yield chunk as Buffer
    }
  } catch (error) {
    if (error instanceof Failure) throw error
    throw new Failure(fault('import_cancelled', 'The body broke off. Nothing was kept.'), { cause: error })
  }
}

/** What an import did not want to see is read all the same: whoever still sends would not hear the answer. */
async function rest(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return
  let size = 0
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      size += (chunk as Buffer).length
      if (size > largestFile) return
    }
  } catch {
    // It broke off: nobody hears it anyway.
  }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return ''
  }
}

/** As an import says it; of a body without a length, what had come by then. */
const tooLarge = (byte_length: number) =>
  new Failure(
    fault('asset_too_large', `The file is too large; ${largestFile / 1024 / 1024} MB is the most.`, {
      limit: largestFile,
      byte_length,
    }),
  )
