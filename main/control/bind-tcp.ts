import type { Server } from 'node:http'
import { BlockList, isIP, type AddressInfo } from 'node:net'
import { fault } from '@contract/fault'
import { Failure } from '../daemon/core/failure'
import type { Log } from '../daemon/ports/log'
import { createAdmit } from './admit'
import { createFailureLimit } from './failure-limit'
import { createHttpServer, listenAt } from './http-server'
import type { ServeRequest } from './serve-request'
import { openTokens } from './tokens'

export interface TcpOptions {
  /** An IP address or `localhost`. */
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  /** Absolute; made when it is not there. */
  readonly tokenFile: string
  /** Consent to listen where other computers can ask. Nothing is encrypted on the way. */
  readonly allowRemote?: boolean
}

export interface Bound {
  readonly host: string
  readonly port: number
}

type Admit = ReturnType<typeof createAdmit>

const mostConnections = 256

/** Opens the contract on a port. Fault: `bind_refused`, with the reason. */
export async function bindTcp(
  options: TcpOptions,
  log: Log | undefined,
  serveWith: (admit: Admit) => ServeRequest,
  mayUpload?: (source_id: string, token: string) => boolean,
): Promise<{ readonly server: Server; readonly bound: Bound }> {
  const host = options.host === 'localhost' ? '127.0.0.1' : options.host
  if (isIP(host) === 0) throw refused('give an IP address, for instance 127.0.0.1')
  const isRemote = !isLoopback(host)
  if (isRemote && !options.allowRemote)
    throw refused('other computers could ask there; say explicitly that they may')
  const tokens = openTokens(options.tokenFile)
  const admit = createAdmit({ tokens, limit: createFailureLimit(), log, host, isRemote, mayUpload })
  const server = createHttpServer(serveWith(admit), mostConnections)
  try {
    await listenAt(server, { host, port: options.port, exclusive: true })
  } catch (error) {
    throw refused(`the system says ${(error as NodeJS.ErrnoException).code ?? 'no'}`, error)
  }
  const { port } = server.address() as AddressInfo
  log?.info('control bound', { host, port })
  return { server, bound: { host, port } }
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')
const isLoopback = (host: string) => loopback.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4')

const refused = (why: string, cause?: unknown) =>
  new Failure(fault('bind_refused', `The port can’t be opened: ${why}.`), { cause })
