import { constants } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { Failure } from '../core/failure'
import type { ImportSource } from '../ports/assets'
import { codeOf, folderRefused, tooLarge, unreadable, writeFailure } from './asset-failures'

/** Bytes read at a time. */
const piece = 512 * 1024

/**
 * Writes what was given into a new file, at most `limit` bytes of it. Faults: `asset_too_large`, `folder_refused`,
 * `asset_unreadable`, `storage_full`; rejects with the signal's reason, also when the source never says anything.
 */
export async function copySource(
  source: ImportSource,
  to: string,
  limit: number,
  signal: AbortSignal,
  progress: (done: number, all: number | undefined) => void,
): Promise<void> {
  const { all, pieces } = await reach(source, limit)
  const target = await open(to, 'wx', 0o600).catch(fullOr)
  let done = 0
  try {
    for await (const bytes of untilAborted(pieces, signal)) {
      done += bytes.length
      if (done > limit) throw tooLarge(limit, all ?? done)
      await target.writeFile(bytes).catch(fullOr)
      progress(done, all)
    }
  } finally {
    await target.close()
  }
}

function fullOr(error: unknown): never {
  throw writeFailure(error)
}

interface Reached {
  readonly all: number | undefined
  readonly pieces: AsyncIterable<Uint8Array>
}

async function reach(source: ImportSource, limit: number): Promise<Reached> {
  if ('stream' in source) return { all: undefined, pieces: source.stream }
  if ('bytes' in source) {
    const { bytes } = source
    if (bytes.length > limit) throw tooLarge(limit, bytes.length)
    return { all: bytes.length, pieces: piecesOf(bytes) }
  }
  // Looked at before it is opened: opening may do something to a device.
  const found = await stat(source.path).catch(refuse)
  if (found.isDirectory()) throw folderRefused()
  if (!found.isFile()) throw unreadable()
  if (found.size > limit) throw tooLarge(limit, found.size)
  return { all: found.size, pieces: readAll(source.path) }
}

function refuse(error: unknown): never {
  if (codeOf(error) === 'EMFILE') throw error
  throw unreadable(error)
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
}

/** Opened when it is read, so that nothing stays open where there is no room for a copy. A piece is good until the next but one is asked for. */
async function* readAll(path: string): AsyncGenerator<Uint8Array> {
  // Without waiting, should a pipe have come into its place meanwhile.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(refuse)
  try {
    if (!(await handle.stat()).isFile()) throw unreadable()
    // Two in turns, so that the next piece is read while the last one is written.
    const buffers = [Buffer.allocUnsafe(piece), Buffer.allocUnsafe(piece)] as const
    let next = handle.read(buffers[0], 0, piece, null)
    for (let turn = 1; ; turn = 1 - turn) {
      const { buffer, bytesRead } = await next.catch(refuse)
      if (bytesRead === 0) return
      next = handle.read(buffers[turn === 0 ? 0 : 1], 0, piece, null)
      next.catch(() => undefined)
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

/** A source that is silent holds nobody up: the end of the wait is the signal's. */
async function* untilAborted(
  pieces: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]()
  let isOver = false
  let stop = () => undefined as void
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  aborted.catch(() => undefined)
  try {
    for (;;) {
      const next = await Promise.race([iterator.next().catch(brokenOff), aborted])
      isOver = next.done === true
      if (next.done) return
      yield next.value
    }
  } finally {
    signal.removeEventListener('abort', stop)
    // Not waited for: it may be just as silent.
    if (!isOver) void Promise.resolve(iterator.return?.()).catch(() => undefined)
  }
}

function brokenOff(error: unknown): never {
  throw error instanceof Failure || codeOf(error) === 'EMFILE' ? error : unreadable(error)
}
