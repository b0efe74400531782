import type { IncomingMessage, ServerResponse } from 'node:http'
import { daemonCalls } from '@contract/calls'
import { fault } from '@contract/fault'
import { documentPath, eventsPath, lastEventHeader, readyPath } from '@contract/http'
import type { DaemonCallName } from '@contract/names'
import { refuseInput } from '@contract/refuse-input'
import { answer, Failure } from '../daemon/core/failure'
import type { Daemon } from '../daemon/ports/daemon'
import type { EventStreams } from './event-streams'
import { readInput } from './read-input'
import { respond, respondJson } from './respond'
import { createRouter } from './router'
import { serveBytes } from './serve-bytes'
import { withUploadToken } from './upload-token'

export interface Served {
  readonly daemon: Daemon
  readonly version: string
  readonly streams: EventStreams
  /** Throws a fault when this request may not be answered. Nothing of its body has been read then. */
  readonly admit?: (request: IncomingMessage) => void
}

export type ServeRequest = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Answers one request of the control plane. Never throws. */
export function createServeRequest({ daemon, version, streams, admit }: Served): ServeRequest {
  const route = createRouter()
  const report = (surprise: unknown) => daemon.report?.(surprise) ?? 'nowhere'

  /** Answers how to say what there is to say. */
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<() => unknown> {
    refusePages(request)
    admit?.(request)
    const { method = '', url = '' } = request
    const [path = '', ...queries] = url.split('?')
    const query = queries.join('?')
    if (method === 'GET') {
      if (path === readyPath) return () => respondReady(response, daemon, version)
      if (path === eventsPath) return () => streams.open(request, response, new URLSearchParams(query))
      if (path === documentPath) {
        const { openApiDocument } = await import('./openapi')
        return () => respondJson(response, 200, openApiDocument(version))
      }
    }
    const bytes = serveBytes({ daemon, request, response, path, query })
    if (bytes) return bytes
    const found = route(method, path)
    if (!found) throw new Failure(fault('endpoint_not_found', `Nothing answers ${method} here.`))
    const said = await readInput(found, query, request)
    const input = found.name === 'observations.ingest' ? withUploadToken(request, said) : said
    try {
      const value = await run(daemon, found.name, input)
      return () => respond(response, { ok: true, value })
    } finally {
      if (daemon.events) response.setHeader(lastEventHeader, daemon.events.last())
    }
  }

  return async (request, response) => {
    const answered = await answer(() => serve(request, response), report)
    // Whoever asked may have gone in the meantime.
    if (response.destroyed) return
    const said = answered.ok ? await answer(answered.value, report) : answered
    if (said.ok || response.destroyed) return
    if (response.headersSent) response.destroy()
    else respond(response, said)
  }
}

/** Checks the input once and asks the daemon. */
function run(daemon: Daemon, name: DaemonCallName, raw: unknown): unknown {
  const checked = daemonCalls[name].input.safeParse(raw)
  if (!checked.success) throw new Failure(refuseInput(name, checked.error))
  // Checked with this very call's schema.
  return daemon.handlers[name](checked.data as never)
}

/** Programs send neither; a page in a browser can't help it (contract 11.2 has the same rule for ingress). */
function refusePages({ headers }: IncomingMessage): void {
  if (headers.origin === undefined && headers['sec-fetch-site'] === undefined) return
  throw new Failure(fault('forbidden', 'Web pages are not answered here.'))
}

function respondReady(response: ServerResponse, daemon: Daemon, version: string): void {
  const { phase } = daemon.state()
  respondJson(response, phase === 'ready' ? 200 : 503, { ready: phase === 'ready', phase, version })
}
