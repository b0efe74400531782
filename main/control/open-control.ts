import { chmodSync, rmSync } from 'node:fs'
import type { IncomingMessage, Server } from 'node:http'
import { fault } from '@contract/fault'
import { Failure } from '../daemon/core/failure'
import type { Daemon } from '../daemon/ports/daemon'
import { addressOf, claimFolder, type Address } from './address'
import { bindTcp, type Bound, type TcpOptions } from './bind-tcp'
import { createEventStreams } from './event-streams'
import { closeDoor, createHttpServer, listenAt } from './http-server'
import { createServeRequest } from './serve-request'

export interface ControlNeeds {
  /** One that runs in this process: its `events` are what is streamed. */
  readonly daemon: Daemon
  /** The folder whose lock the daemon holds. */
  readonly stateRoot: string
  readonly version: string
  /** A port beside the socket. */
  readonly tcp?: TcpOptions
}

export interface Control {
  /** The socket's path, or the name of the pipe. */
  readonly address: string
  readonly tcp?: Bound
  /**
   * Takes no more connections from this moment on, then does `work` (stopping the daemon, so that the last events are
   * still told), then ends streams and connections.
   */
  stop(work?: () => Promise<unknown>): Promise<void>
}

/** As many as a person's programs could mean to open. */
const mostConnections = 1_024

/** Opens the control plane of a daemon. Fault: `bind_refused`, with what is in the way. */
export async function openControl({ daemon, stateRoot, version, tcp }: ControlNeeds): Promise<Control> {
  if (!daemon.events) throw new TypeError('only a daemon of this process can be served')
  const streams = createEventStreams(daemon.events)
  const served = { daemon, version, streams }
  const address = addressOf(stateRoot)
  const serveWith = (admit: (request: IncomingMessage) => void) => createServeRequest({ ...served, admit })
  const port = tcp && (await bindTcp(tcp, daemon.log, serveWith, daemon.mayUpload?.bind(daemon)))
  const server = createHttpServer(createServeRequest(served), mostConnections)
  try {
    await listenThere(server, address)
  } catch (error) {
    port?.server.close()
    throw error
  }

  async function stop(work?: () => Promise<unknown>): Promise<void> {
    const ends = [server, ...(port ? [port.server] : [])].map(closeDoor)
    try {
      await work?.()
    } finally {
      streams.end()
      await Promise.all(ends.map((end) => end()))
    }
  }
  let stopped: Promise<void> | undefined
  return {
    address: address.path,
    ...(port ? { tcp: port.bound } : {}),
    stop: (work) => (stopped ??= stop(work)),
  }
}

/** The folder is its owner's alone before there is anything in it, so the socket is at no moment another's. */
async function listenThere(server: Server, { path, folder }: Address): Promise<void> {
  try {
    if (folder !== undefined) {
      if (!claimFolder(folder)) throw refused('its folder belongs to another user of this computer')
      // Whoever left it there is dead: this process holds the lock of the state root.
      rmSync(path, { force: true })
    }
    await listenAt(server, { path })
    if (folder !== undefined) chmodSync(path, 0o600)
  } catch (error) {
    server.close()
    if (error instanceof Failure) throw error
    throw refused(`the system says ${(error as NodeJS.ErrnoException).code ?? 'no'}`, error)
  }
}

const refused = (why: string, cause?: unknown) =>
  new Failure(fault('bind_refused', `The control socket can’t be opened: ${why}.`), { cause })
