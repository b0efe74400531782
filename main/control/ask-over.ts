import { request, type Agent, type IncomingMessage, type RequestOptions } from 'node:http'
import type { Answer, Fault } from '@contract/fault'
import { fault } from '@contract/fault'
import { lastEventHeader } from '@contract/http'
import type { DaemonCallName } from '@contract/names'
import { endpointOf } from './router'

/** Where a control plane is. */
export interface Line {
  readonly socketPath: string
  readonly agent: Agent
}

/** A daemon that says nothing at all for this long is not there. */
const patienceMs = 5_000

/**
 * Puts one call into HTTP, as the contract's table says, and reads the answer. `onPlace` is told first which event was
 * the newest when it was made.
 */
export async function askOver(
  line: Line,
  name: DaemonCallName,
  input: object,
  signal: AbortSignal,
  onPlace?: (lastEventId: string) => void,
): Promise<Answer<unknown>> {
  try {
    const { path, body, method } = written(name, input)
    const headers =
      body === undefined ? {} : { 'content-type': 'application/json', 'content-length': body.length }
    const response = await send({ ...line, method, path, headers, signal }, body)
    const place = response.headers[lastEventHeader]
    if (typeof place === 'string') onPlace?.(place)
    return await readAnswer(response)
  } catch (error) {
    return { ok: false, fault: error instanceof URIError ? halfCharacter(name) : unreachable(error) }
  }
}

/** A JSON page, whatever its status; undefined when nobody answers. */
export async function get(line: Line, path: string): Promise<unknown> {
  try {
    const response = await send({ ...line, method: 'GET', path, signal: AbortSignal.timeout(patienceMs) })
    return JSON.parse(await textOf(response))
  } catch {
    return undefined
  }
}

export function send(options: RequestOptions, body?: Buffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(options, resolve).on('error', reject).end(body)
  })
}

export async function readAnswer(response: IncomingMessage): Promise<Answer<unknown>> {
  const text = await textOf(response)
  const status = response.statusCode ?? 0
  if (status === 204) return { ok: true, value: undefined }
  const value: unknown = JSON.parse(text)
  return status === 200 ? { ok: true, value } : { ok: false, fault: value as Fault }
}

const halfCharacter = (call: DaemonCallName): Fault =>
  fault('call_refused', `${call} was asked with a name that ends within a character.`, { call })

export const unreachable = (error: unknown): Fault => {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? 'no answer'
  return fault('daemon_unreachable', `Kheish is not running any more, or does not answer (${code}).`)
}

function written(name: DaemonCallName, input: object) {
  const { method, path, fields } = endpointOf(name)
  const said = Object.entries(input).filter(([, value]) => value !== undefined)
  // What stands in a path is text by the contract.
  const texts = input as Readonly<Record<string, string | undefined>>
  const place = path.replaceAll(/\{(\w+)\}/g, (_, field: string) => encodeURIComponent(texts[field] ?? ''))
  const rest = said.filter(([field]) => !fields.includes(field))
  if (rest.length === 0) return { method, path: place, body: undefined }
  if (method !== 'GET' && method !== 'DELETE')
    return { method, path: place, body: Buffer.from(JSON.stringify(Object.fromEntries(rest))) }
  const query = new URLSearchParams(
    rest.map(([field, value]): [string, string] => [
      field,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )
  return { method, path: `${place}?${query.toString()}`, body: undefined }
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
