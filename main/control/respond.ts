import type { ServerResponse } from 'node:http'
import type { Answer, Fault } from '@contract/fault'

/** On every response: nobody keeps it, nobody guesses its type. */
export const guardingHeaders = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const

/** 200 with JSON, 204 for nothing, or the fault as a problem (RFC 9457, contract 14). */
export function respond(response: ServerResponse, answer: Answer<unknown>): void {
  if (!answer.ok) return respondProblem(response, answer.fault)
  if (answer.value === undefined) {
    response.writeHead(204, guardingHeaders).end()
  } else respondJson(response, 200, answer.value)
}

export function respondJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, 'application/json', JSON.stringify(value), {})
}

function respondProblem(response: ServerResponse, fault: Fault): void {
  const extras: Record<string, string> = {}
  if ('retry_after_ms' in fault && fault.retry_after_ms !== undefined)
    extras['retry-after'] = String(Math.ceil(fault.retry_after_ms / 1000))
  if (fault.code === 'unauthorized') extras['www-authenticate'] = 'Bearer'
  // What is left of the body is not read.
  if (!response.req.complete) extras['connection'] = 'close'
  send(response, fault.status, 'application/problem+json', JSON.stringify(fault), extras)
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  text: string,
  extras: Readonly<Record<string, string>>,
): void {
  const body = Buffer.from(text)
  response
    .writeHead(status, {
      ...guardingHeaders,
      'content-type': type,
      'content-length': body.length,
      ...extras,
    })
    .end(body)
}
