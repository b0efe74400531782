/** The normal OpenRouter API: what every endpoint begins with (contract 2.4). */
export const standardPrefix = 'https://openrouter.ai/api/v1'

/** Endings that name one endpoint of an API; the prefix is what stands before them. */
const endings = ['/chat/completions', '/responses', '/audio/speech', '/audio/transcriptions', '/tts'] as const

export type ReadBaseUrl =
  | { readonly ok: true; readonly prefix: string }
  | { readonly ok: false; readonly reason: 'base_url' | 'base_url_unsupported_suffix' }

/** Checks a `base_url` and derives the prefix of every endpoint (contract 2.4; rejections V11 and V12). */
export function readBaseUrl(text: string): ReadBaseUrl {
  const [, scheme, authority, path = ''] =
    /^(https?:\/\/)([^/?#@\\\s]+)(\/[^?#\\\s\p{Cc}]*)?$/iu.exec(text) ?? []
  if (scheme === undefined || authority === undefined || !isAuthority(authority)) {
    return { ok: false, reason: 'base_url' }
  }
  const trimmed = withoutTrailingSlashes(path)
  if (trimmed.endsWith('/v1')) return { ok: true, prefix: scheme + authority + trimmed }
  const ending = endings.find((known) => trimmed.endsWith(known))
  if (ending === undefined) return { ok: false, reason: 'base_url_unsupported_suffix' }
  const before = withoutTrailingSlashes(trimmed.slice(0, -ending.length))
  return { ok: true, prefix: scheme + authority + before }
}

/** `host`, `host:port`, `[v6]` or `[v6]:port`. A last label in digits must be part of a dotted quad. */
function isAuthority(authority: string): boolean {
  const [, six, host, port] = /^(?:\[([\da-f:.]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/i.exec(authority) ?? []
  if (port !== undefined && Number(port) > 65_535) return false
  if (six !== undefined) return isSix(six)
  return host !== undefined && isHost(host)
}

function isHost(host: string): boolean {
  const labels = host.replace(/\.$/, '').split('.')
  if (!labels.every(isLabel)) return false
  if (!/^(\d+|0x[\da-f]*)$/i.test(labels.at(-1) ?? '')) return true
  return (
    labels.length === 4 && labels.every((label) => /^(0|[1-9]\d{0,2})$/.test(label) && Number(label) < 256)
  )
}

/** Letters of the whole world take their time to compile, and most hosts have none of them. */
const isLabel = (label: string): boolean =>
  /^\w([\w-]*\w)?$/.test(label) ||
  /^[\p{L}\p{M}\p{N}_]([\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}_])?$/u.test(label)

/** Eight groups, or fewer around one `::`; a dotted quad stands for the last two. */
function isSix(text: string): boolean {
  const [, head = text, quad] = /^(.*:)(\d+(?:\.\d+){3})$/.exec(text) ?? []
  if (quad !== undefined && !isHost(quad)) return false
  const halves = (quad === undefined ? text : `${head}0:0`).split('::')
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const isWhole = halves.length === 1 ? groups.length === 8 : halves.length === 2 && groups.length < 8
  return isWhole && groups.every((group) => /^[\da-f]{1,4}$/i.test(group))
}

function withoutTrailingSlashes(path: string): string {
  let end = path.length
  while (path[end - 1] === '/') end -= 1
  return path.slice(0, end)
}
