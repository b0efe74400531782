import { createServer, STATUS_CODES, type Server } from 'node:http'
import type { ListenOptions } from 'node:net'
import type { Duplex } from 'node:stream'
import { fault } from '@contract/fault'
import type { ServeRequest } from './serve-request'

/** What is being answered when everything stops gets this long. */
const lastWordsMs = 500

/** How long somebody may take to say what they want, in milliseconds. */
const patience = {
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 60_000,
  connectionsCheckingInterval: 2_000,
}

/** A server that is hard to hold up: what is slow, endless or no HTTP is cut off. */
export function createHttpServer(serve: ServeRequest, maxConnections: number): Server {
  const server = createServer({ ...patience, maxHeaderSize: 16 * 1024 }, (request, response) => {
    request.on('error', () => response.destroy())
    void serve(request, response)
  })
  server.maxConnections = maxConnections
  server.on('clientError', refuseNonsense)
  // A connection that could not be taken in, for want of file handles, must not end the daemon.
  server.on('error', () => undefined)
  return server
}

/** Resolves when it listens; rejects with the system's error. */
export const listenAt = (server: Server, options: ListenOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(options, () => {
      server.off('error', reject)
      resolve()
    })
  })

/**
 * Closes the door at once and answers how to end what is inside. Node removes the file of a socket by itself in the same
 * moment: the next daemon may already be making its own.
 */
export function closeDoor(server: Server): () => Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  return async () => {
    server.closeIdleConnections()
    const limit = setTimeout(() => server.closeAllConnections(), lastWordsMs)
    await closed
    clearTimeout(limit)
  }
}

/** What is no HTTP gets a short answer and no other chance. */
function refuseNonsense(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
  const body = JSON.stringify({
    ...fault('call_refused', 'This is no request that can be read.', {}),
    status,
  })
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    () => socket.destroy(),
  )
}
