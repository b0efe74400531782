import { chmodSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { fault } from '@contract/fault'
import { Failure } from '../daemon/core/failure'
import type { Daemon } from '../daemon/ports/daemon'
import { addressOf, claimFolder } from './address'
import { createEventStreams } from './event-streams'
import { createServeRequest, type ServeRequest } from './serve-request'

export interface ControlNeeds {
  /** One that runs in this process: its `events` are what is streamed. */
  readonly daemon: Daemon
  /** The folder whose lock the daemon holds. */
  readonly stateRoot: string
  readonly version: string
}

export interface Control {
  /** The socket's path, or the name of the pipe. */
  readonly address: string
  /**
   * Takes no more connections from this moment on, then does `work` (stopping the daemon, so that the last events are
   * still told), then ends streams and connections.
   */
  stop(work?: () => Promise<unknown>): Promise<void>
}

/** What is being answered when everything stops gets this long. */
const lastWordsMs = 500

/** Opens the control plane of a daemon. Fault: `bind_refused`, with what is in the way. */
export async function openControl({ daemon, stateRoot, version }: ControlNeeds): Promise<Control> {
  if (!daemon.events) throw new TypeError('only a daemon of this process can be served')
  const streams = createEventStreams(daemon.events)
  const address = addressOf(stateRoot)
  const server = createHttpServer(createServeRequest({ daemon, version, streams }))
  await listenAt(server, address)

  let stopped: Promise<void> | undefined
  const stop = async (work?: () => Promise<unknown>) => {
    const closed = [server].map(closeGently)
    await work?.()
    streams.end()
    for (const each of closed) await each()
  }
  return { address: address.path, stop: (work) => (stopped ??= stop(work)) }
}

function createHttpServer(serve: ServeRequest): Server {
  const server = createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 60_000,
      keepAliveTimeout: 60_000,
      connectionsCheckingInterval: 5_000,
    },
    (request, response) => void serve(request, response),
  )
  server.maxConnections = 1_024
  return server
}

/** Node removes the socket's file by itself, at once: the next daemon may already be making its own. */
function closeGently(server: Server): () => Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  return async () => {
    server.closeIdleConnections()
    const limit = setTimeout(() => server.closeAllConnections(), lastWordsMs)
    await closed
    clearTimeout(limit)
  }
}

async function listenAt(server: Server, { path, folder }: ReturnType<typeof addressOf>): Promise<void> {
  try {
    if (folder !== undefined) {
      if (!claimFolder(folder)) throw refused('its folder is open to other users of this computer')
      // Whoever left it there is dead: this process holds the lock of the state root.
      rmSync(path, { force: true })
    }
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(path, resolve)
    })
    if (folder !== undefined) chmodSync(path, 0o600)
  } catch (error) {
    server.close()
    if (error instanceof Failure) throw error
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
    throw new Failure(refused(`the system says ${code}`).fault, { cause: error })
  }
}

const refused = (why: string) =>
  new Failure(fault('bind_refused', `The control socket can’t be opened: ${why}.`))
