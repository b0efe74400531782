import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { fault } from '@contract/fault'
import { Failure } from '../daemon/core/failure'
import type { Log } from '../daemon/ports/log'
import { createFailureLimit, type FailureLimit } from './failure-limit'
import type { Tokens } from './tokens'
import { uploadOf } from './upload-token'

interface Needs {
  readonly tokens: Tokens
  readonly limit: FailureLimit
  readonly log: Log | undefined
  /** The address that is listened at. */
  readonly host: string
  readonly isRemote: boolean
  /** Whether this is the token of that source: it opens its own upload and nothing else. */
  readonly mayUpload?: ((source_id: string, token: string) => boolean) | undefined
}

/**
 * Lets a request of a port in, or throws: `misdirected` for a name that is not ours (DNS rebinding), `unauthorized`,
 * `rate_limited` after too many failures of this peer; a right token is never kept waiting. Each refusal is in the log, without a byte of what was sent.
 */
export function createAdmit({ tokens, limit, log, host, isRemote, mayUpload }: Needs) {
  const lines = createFailureLimit()
  /** At most ten lines a minute and peer: nobody fills the log from outside. */
  function noteMisdirected(peer: string): void {
    if (lines.waitOf(peer) > 0) return
    lines.failed(peer)
    log?.warn('control refused', { peer, why: 'misdirected' })
  }
  return (request: IncomingMessage): void => {
    const peer = request.socket.remoteAddress ?? 'unknown'
    if (!isOurName(request.headers.host, host, isRemote, request.socket.localPort)) {
      noteMisdirected(peer)
      throw new Failure(fault('misdirected', 'This address is not served here.'))
    }
    // First of all: everybody on this computer is the same peer, and nobody may lock the others out.
    const verdict = tokens.check(request.headers.authorization)
    if (verdict === 'ok') return
    const upload = uploadOf(request)
    if (upload && mayUpload?.(upload.source_id, upload.token)) return
    const waitMs = limit.waitOf(peer)
    if (waitMs > 0) throw limited(waitMs)
    log?.warn('control refused', { peer, why: verdict })
    if (limit.failed(peer)) log?.warn('control refused', { peer, why: 'rate_limited' })
    throw new Failure(fault('unauthorized', details[verdict], { why: verdict }))
  }
}

const details = {
  missing: 'Send a token of the file that was named when the port was bound: Authorization: Bearer …',
  wrong: 'This token opens nothing here.',
  expired: 'This token has ended. Put a new line into the file of tokens.',
} as const

const limited = (waitMs: number) =>
  new Failure(fault('rate_limited', 'Too many wrong tokens came from there.', { retry_after_ms: waitMs }))

/** A page can give our address any name of its own; an address in figures it can't. */
function isOurName(
  header: string | undefined,
  host: string,
  isRemote: boolean,
  port: number | undefined,
): boolean {
  const said = /^(\[[\da-f:.]+\]|[^:]+)(?::(\d+))?$/i.exec(header ?? '')
  if (!said || Number(said[2] ?? 80) !== port) return false
  const name = (said[1] ?? '').replace(/^\[|\]$/g, '').toLowerCase()
  if (name === host.toLowerCase() || name === 'localhost' || name === '127.0.0.1' || name === '::1')
    return true
  return isRemote && isIP(name) !== 0
}
