import { Readable } from 'node:stream'
import type { ProtocolRequest, ProtocolResponse, Session } from 'electron'
import { answerBytes, discard } from '@contract/bytes-over-http'
import type { ByteRole } from '@contract/http'
import type { AssetId } from '@contract/ids'
import { Failure } from '../daemon/core/failure'
import type { AssetDoor } from '../daemon/ports/assets'
import { appOrigin, assetScheme } from './origin'

type Door = Pick<AssetDoor, 'open' | 'partial'>
type Asked = Pick<ProtocolRequest, 'url' | 'method' | 'headers'>

/**
 * Serves assets as `asset://raw/<id>` (`text`, `preview`, `thumbnail`), with ranges, and unfinished pictures as
 * `asset://partial/<id>`, to pages of this session. What goes
 * wrong is a status without a body. As for `app:`, `protocol.handle` would load Node's HTTP client at the start.
 */
export function serveAssets(session: Session, assets: Door, report: (surprise: unknown) => unknown): void {
  session.protocol.registerStreamProtocol(assetScheme, (request, answer) => {
    void answerAsset(assets, request, report).then(answer)
  })
}

/** Whatever is in it, it runs nothing, is no page, and is read by our own page alone. */
const guarding = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': appOrigin,
  'referrer-policy': 'no-referrer',
}
const lasting = { 'cache-control': 'private, max-age=31536000, immutable' }
const passing = { 'cache-control': 'no-store' }

/** Answers one request. Never throws. */
export async function answerAsset(
  assets: Door,
  { url, method, headers }: Asked,
  report: (surprise: unknown) => unknown,
): Promise<ProtocolResponse> {
  if (method !== 'GET' && method !== 'HEAD') return nothing(405, { allow: 'GET, HEAD' })
  const partial = partialOf(url)
  if (partial !== undefined) return answerPartial(assets, partial)
  const place = placeOf(url)
  if (!place) return nothing(404)
  const range = Object.entries(headers).find(([name]) => name.toLowerCase() === 'range')?.[1]
  try {
    const found = await answerBytes((asked) => assets.open(place.id, place.role, asked), range)
    if (!found.bytes) return nothing(found.status, found.headers)
    const { stream } = found.bytes
    const isAsked = method === 'GET'
    if (!isAsked) await discard(stream)
    return {
      statusCode: found.status,
      headers: {
        ...guarding,
        // A text may be derived anew; everything else is what its id says for ever.
        ...(place.role === 'text' ? passing : lasting),
        ...found.headers,
        'content-type': shownType(found.bytes.media_type),
      },
      data: Readable.from(isAsked ? stream : [], { objectMode: false }),
    }
  } catch (error) {
    if (error instanceof Failure) return nothing(error.fault.status)
    report(error)
    return nothing(500)
  }
}

/** An id as the daemon makes them, and no other sign: no path, no way around one. */
function placeOf(url: string): { readonly role: ByteRole; readonly id: AssetId } | undefined {
  const [, role, id] = /^asset:\/\/(raw|text|preview|thumbnail)\/([\w-]{1,128})(?:#|$)/.exec(url) ?? []
  // The pattern lets these words through and nothing else.
  return role === undefined ? undefined : { role: role as ByteRole, id: id as AssetId }
}

const partialOf = (url: string): string | undefined => /^asset:\/\/partial\/([\w-]{1,128})$/.exec(url)?.[1]

function answerPartial(assets: Door, id: string): ProtocolResponse {
  const found = assets.partial(id)
  if (!found) return nothing(404)
  const headers = { ...guarding, ...passing, 'content-type': shownType(found.media_type) }
  return { statusCode: 200, headers, data: Readable.from([Buffer.from(found.bytes)], { objectMode: false }) }
}

/** Pictures, sound and PDF are what they are; everything else is text to be looked at. */
const shownType = (media_type: string): string =>
  /^(?:image\/(?:png|jpeg)|audio\/[\w-]+|application\/pdf)$/.test(media_type)
    ? media_type
    : 'text/plain; charset=utf-8'

const nothing = (statusCode: number, headers: Readonly<Record<string, string>> = {}): ProtocolResponse => ({
  statusCode,
  headers: { 'content-length': '0', ...guarding, ...passing, ...headers },
  data: Readable.from([]),
})
