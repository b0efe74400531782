import { namesCredential } from './credential-names'
import { marker } from './marker'
import { noteMedia, type Digest } from './media'

/** How deep a value is followed; deeper ones are data nobody reads. */
const deepest = 100

/** Copies a value into plain data with every text scrubbed and every credential-looking field replaced. */
export function walk(
  value: unknown,
  scrub: (text: string) => string,
  digest?: Digest,
  above: readonly object[] = [],
): unknown {
  switch (typeof value) {
    case 'string':
      return noteMedia(value, digest) ?? scrub(value)
    case 'number':
    case 'bigint':
      return scrub(`${value}`) === `${value}` ? value : marker
    case 'function':
    case 'symbol':
      return undefined
    case 'object':
      break
    default:
      return value
  }
  if (value === null) return null
  if (above.includes(value)) return '[circular]'
  if (above.length >= deepest) return '[too deep]'
  const path = [...above, value]
  const next = (inner: unknown): unknown => walk(inner, scrub, digest, path)
  try {
    return walkObject(value, scrub, next)
  } catch {
    // A getter or a proxy that throws must not take the log line with it.
    return '[unreadable]'
  }
}

function walkObject(
  value: object,
  scrub: (text: string) => string,
  next: (inner: unknown) => unknown,
): unknown {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
    return { media_type: 'application/octet-stream', byte_length: value.byteLength }
  }
  if (Array.isArray(value)) return walkList(value, next)
  if (value instanceof Set) return walkList([...value], next)
  if (value instanceof Map) return [...value].map((pair) => walkList(pair, next))
  if (value instanceof Error) return walkFields(errorFields(value), scrub, next)
  const { toJSON } = value as { toJSON?: unknown }
  if (typeof toJSON === 'function') return next(toJSON.call(value))
  return walkFields(Object.entries(value), scrub, next)
}

/** Headers also come as lists: name, value, name, value. */
function walkList(list: readonly unknown[], next: (inner: unknown) => unknown): unknown[] {
  return list.map((item, index) => {
    const before = list[index - 1]
    const isValue = typeof item === 'string' && typeof before === 'string' && namesCredential(before)
    return isValue ? marker : next(item)
  })
}

type Fields = readonly (readonly [name: string, value: unknown])[]

function walkFields(
  fields: Fields,
  scrub: (text: string) => string,
  next: (inner: unknown) => unknown,
): object {
  // Headers also come as records of a name and a value.
  const label = fields.find(
    ([name, value]) => /^(?:name|key|header)$/i.test(name) && typeof value === 'string',
  )?.[1]
  const isNamed = typeof label === 'string' && namesCredential(label)
  return Object.fromEntries(
    fields.map(([name, value]) => {
      const isSecret = namesCredential(name) || (isNamed && name.toLowerCase() === 'value')
      return [scrub(name), isSecret && !isPlain(value) ? marker : next(value)]
    }),
  )
}

/** Whether there is a credential is no secret. */
const isPlain = (value: unknown): boolean =>
  value === null || value === undefined || typeof value === 'boolean'

/** The parts of an error that do not show in a listing of its fields. */
function errorFields(error: Error): Fields {
  const hidden: [string, unknown][] = [
    ['name', error.name],
    ['message', error.message],
    ['stack', error.stack],
  ]
  if (error.cause !== undefined) hidden.push(['cause', error.cause])
  const names = new Set(hidden.map(([name]) => name))
  return [...hidden, ...Object.entries(error).filter(([name]) => !names.has(name))]
}
