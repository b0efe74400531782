import { createHash } from 'node:crypto'
import { read } from 'node:fs'
import { promisify } from 'node:util'

/** Bytes that are read and hashed at a time, less than a millisecond of work. */
const piece = 256 * 1024

const readFd = promisify(read)

/** In whatever thread this runs in. */
export async function digestOf(fd: number): Promise<string> {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(piece)
  for (let at = 0; ;) {
    const { bytesRead } = await readFd(fd, buffer, 0, piece, at)
    if (bytesRead === 0) return hash.digest('hex')
    hash.update(buffer.subarray(0, bytesRead))
    at += bytesRead
  }
}
