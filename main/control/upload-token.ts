import type { IncomingMessage } from 'node:http'

/** What stands behind `Bearer`. */
export const bearerOf = ({ headers }: IncomingMessage): string | undefined =>
  /^Bearer +([\x21-\x7e]{1,1024})$/i.exec(headers.authorization ?? '')?.[1]

/** The source that a request delivers to, and with which token of its own; undefined: it is something else. */
export function uploadOf(
  request: IncomingMessage,
): { readonly source_id: string; readonly token: string } | undefined {
  const { method, url = '' } = request
  const [, segment] = /^\/v1\/sources\/([^/?]+)\/observations$/.exec(url) ?? []
  const token = bearerOf(request)
  if (method !== 'POST' || segment === undefined || token === undefined) return undefined
  try {
    return { source_id: decodeURIComponent(segment), token }
  } catch {
    return undefined
  }
}

/** An upload may say its token as a header, where nobody's body is read for a wrong one. */
export function withUploadToken(request: IncomingMessage, input: unknown): unknown {
  const upload = uploadOf(request)
  if (!upload || typeof input !== 'object' || input === null || 'upload_token' in input) return input
  return { ...input, upload_token: upload.token }
}
