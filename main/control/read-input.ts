import type { IncomingMessage } from 'node:http'
import { fault } from '@contract/fault'
import type { DaemonCallName } from '@contract/names'
import { Failure } from '../daemon/core/failure'
import { inputOf } from './operation'
import type { Found } from './router'

const mebibyte = 1024 * 1024
/** The longest message that the contract takes, with every character escaped, fits. */
const bodyLimit = 32 * mebibyte
/** Files within: the largest sound (25 MiB, contract 7.3) as base64, beside what else there is to say. */
const limits: { readonly [K in DaemonCallName]?: number } = {
  'assets.import': 36 * mebibyte,
  'observations.ingest': 60 * mebibyte,
  'sessions.submitRun': 60 * mebibyte,
  'sessions.input': 60 * mebibyte,
}

/** The input of a call as a request says it, not checked yet. Faults: call_refused, body_too_large. */
export async function readInput(found: Found, query: string, request: IncomingMessage): Promise<unknown> {
  const { name, params } = found
  const isInBody = request.method !== 'GET' && request.method !== 'DELETE'
  if (isInBody && query !== '') throw refused(name, 'A query says nothing here; it belongs into the body.')
  const rest = isInBody ? await readBody(name, request) : readQuery(name, query)
  for (const field of Object.keys(params)) {
    if (Object.hasOwn(rest, field)) throw refused(name, `${field} is said by the path alone.`)
  }
  return { ...rest, ...params }
}

async function readBody(name: DaemonCallName, request: IncomingMessage): Promise<object> {
  const bytes = await collect(request, limits[name] ?? bodyLimit)
  if (bytes.length === 0) return {}
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
    throw refused(name, 'The body must be application/json.')
  const value = parsed(bytes)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refused(name, 'The body is no JSON object.')
  return value
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

async function collect(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit)
  const chunks: Buffer[] = []
  let size = 0
  try {
    // Ending the loop early must not end the connection: the refusal still has to be said.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      size += (chunk as Buffer).length
      if (size > limit) throw tooLarge(limit)
      chunks.push(chunk as Buffer)
    }
  } catch (error) {
    if (error instanceof Failure) throw error
    // Whoever sent it is gone, and hears none of this.
    throw new Failure(fault('call_refused', 'The body broke off.', {}), { cause: error })
  }
  return Buffer.concat(chunks, size)
}

function readQuery(name: DaemonCallName, query: string): object {
  const said = new URLSearchParams(query)
  const texts = textFieldsOf(name)
  const entries: [string, unknown][] = []
  for (const field of new Set(said.keys())) {
    const [text = '', ...more] = said.getAll(field)
    if (more.length > 0) throw refused(name, `${field.slice(0, 100)} is said more than once.`)
    entries.push([field, texts.has(field) ? text : fromJson(text)])
  }
  return Object.fromEntries(entries)
}

/** A text that is no JSON stays a text, for the call's own check to refuse. */
function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const textFields = new Map<DaemonCallName, ReadonlySet<string>>()

/** The fields of a call that are plain text, which stands in a query as it is. */
function textFieldsOf(name: DaemonCallName): ReadonlySet<string> {
  const known = textFields.get(name)
  if (known) return known
  const found = Object.entries(inputOf(name).properties).filter(([, schema]) => schema['type'] === 'string')
  const fields = new Set(found.map(([field]) => field))
  textFields.set(name, fields)
  return fields
}

const refused = (call: string, detail: string) => new Failure(fault('call_refused', detail, { call }))
const tooLarge = (limit: number) =>
  new Failure(fault('body_too_large', `A body holds ${limit / mebibyte} MiB at most here.`))
