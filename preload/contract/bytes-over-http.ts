/** What is said about bytes on their way over HTTP, whichever door they leave by. Half open ranges, in bytes. */
export interface BytesHead {
  readonly media_type: string
  readonly file_name: string
  readonly sha256: string
  /** Of the whole, whatever the range. */
  readonly byte_length: number
  readonly range: { readonly from: number; readonly to: number }
}
interface AskedRange {
  readonly from: number
  readonly to?: number
}
interface Bytes extends BytesHead {
  readonly stream: AsyncIterable<unknown>
}

/** `bytes` is absent where the range lies behind the end. */
export interface BytesAnswer<B> {
  readonly status: 200 | 206 | 416
  readonly headers: Readonly<Record<string, string>>
  readonly bytes?: B
}

/** Opens what a request asks for: the whole, or the part its `Range` header names. Throws what `open` throws. */
export async function answerBytes<B extends Bytes>(
  open: (range?: AskedRange) => Promise<B>,
  rangeHeader: string | undefined,
): Promise<BytesAnswer<B>> {
  const range = rangeOf(rangeHeader)
  try {
    const bytes = await open(range)
    return { status: range ? 206 : 200, headers: headersOf(bytes, range !== undefined), bytes }
  } catch (error) {
    if (!range || !(error instanceof RangeError)) throw error
    const whole = await open()
    await discard(whole.stream)
    return {
      status: 416,
      headers: { 'content-length': '0', 'content-range': `bytes */${whole.byte_length}` },
    }
  }
}

/** Lets go of bytes that nobody will read. A stream of Node that nobody has begun to read ends by its own call only. */
export async function discard(stream: AsyncIterable<unknown> & { destroy?(): unknown }): Promise<void> {
  if (stream.destroy) stream.destroy()
  else await stream[Symbol.asyncIterator]().return?.()
}

/** Several ranges, one from the end, or no range at all: then the whole is answered (RFC 9110, 14.2). */
export function rangeOf(header: string | undefined): AskedRange | undefined {
  const [, first, last] = /^bytes=(\d{1,15})-(\d{1,15})?$/i.exec(header?.trim() ?? '') ?? []
  if (first === undefined) return undefined
  const from = Number(first)
  if (last === undefined) return { from }
  return Number(last) < from ? undefined : { from, to: Number(last) + 1 }
}

function headersOf({ media_type, file_name, sha256, byte_length, range }: BytesHead, isPart: boolean) {
  const { from, to } = range
  const isShown = /^(?:image|audio)\//.test(media_type)
  return {
    'accept-ranges': 'bytes',
    'content-type': media_type,
    'content-length': String(to - from),
    ...(isPart ? { 'content-range': `bytes ${from}-${to - 1}/${byte_length}` } : {}),
    'content-disposition': `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${encoded(file_name)}`,
    etag: `"${sha256}"`,
  }
}

/** The same read back; undefined where something of it is missing. */
export function headOf(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): BytesHead | undefined {
  const said = (name: string) => [headers[name] ?? []].flat().join()
  const [, sha256] = /^"([\da-f]+)"$/.exec(said('etag')) ?? []
  const [, name] = /filename\*=UTF-8''([^;]+)$/.exec(said('content-disposition')) ?? []
  const length = Number(headers['content-length'] ?? NaN)
  const [, first, last, all] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(said('content-range')) ?? []
  const media_type = said('content-type')
  if (sha256 === undefined || name === undefined || Number.isNaN(length) || media_type === '')
    return undefined
  const range = first === undefined ? { from: 0, to: length } : { from: Number(first), to: Number(last) + 1 }
  return {
    media_type,
    file_name: decodeURIComponent(name),
    sha256,
    byte_length: Number(all ?? length),
    range,
  }
}

/** RFC 8187. Half characters are no text. */
const encoded = (name: string): string =>
  encodeURIComponent(name.replace(/\p{Cs}/gu, '\ufffd')).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
