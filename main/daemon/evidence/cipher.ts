import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import type { KeyObject } from 'node:crypto'

// AES-256-GCM in frames, after the streaming construction of Tink: a key of its own per file, derived from the evidence
// key and a random salt, so that a nonce that counts frames never repeats. Each frame stands for itself: what was
// appended before a kill stays readable, and a frame can't be changed, moved, repeated or left out in the middle.
//
//   file   "KHEV" 1 0 0 0 | salt 16 | frame …
//   frame  length 4 (big endian) | mark 8 | ciphertext | tag 16
//
// The mark authenticates place and length, so that a damaged length isn't taken for a file that ends here.

const magic = Buffer.from([0x4b, 0x48, 0x45, 0x56, 1, 0, 0, 0])
const saltSize = 16
const markSize = 8
const tagSize = 16
const frameHead = 4 + markSize

/** The bytes can't be decrypted or verified: another key, or they were changed. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
}

export interface Sealer {
  /** To be written first. */
  readonly head: Buffer
  seal(text: string): Buffer
}

/** `place` is bound to the bytes: a file that was renamed can't be read. */
export function createSealer(key: KeyObject, place: string): Sealer {
  const salt = randomBytes(saltSize)
  const keys = derive(key, salt, place)
  let count = 0n
  return {
    head: Buffer.concat([magic, salt]),
    seal(text) {
      const plain = Buffer.from(text, 'utf8')
      const nonce = nonceOf(count)
      const cipher = createCipheriv('aes-256-gcm', keys.content, nonce)
      const body = [cipher.update(plain), cipher.final()]
      const length = Buffer.alloc(4)
      length.writeUInt32BE(plain.length)
      count += 1n
      return Buffer.concat([length, markOf(keys.marks, nonce, length), ...body, cipher.getAuthTag()])
    },
  }
}

/** The text of all whole frames; a frame that breaks off at the end is left out. Throws `Unreadable`. */
export function openSealed(key: KeyObject, place: string, file: Buffer): string {
  const start = magic.length + saltSize
  const head = file.subarray(0, magic.length)
  if (!head.equals(magic.subarray(0, head.length))) throw new Unreadable('no evidence')
  if (file.length < start) return ''
  const keys = derive(key, file.subarray(magic.length, start), place)
  const plain: Buffer[] = []
  let count = 0n
  for (let at = start; at + frameHead <= file.length; count += 1n) {
    const nonce = nonceOf(count)
    const length = file.subarray(at, at + 4)
    const mark = file.subarray(at + 4, at + frameHead)
    if (!timingSafeEqual(mark, markOf(keys.marks, nonce, length))) throw new Unreadable('a mark is wrong')
    const from = at + frameHead
    const to = from + length.readUInt32BE()
    if (to + tagSize > file.length) break
    const decipher = createDecipheriv('aes-256-gcm', keys.content, nonce)
    decipher.setAuthTag(file.subarray(to, to + tagSize))
    try {
      plain.push(decipher.update(file.subarray(from, to)), decipher.final())
    } catch {
      throw new Unreadable('a frame is wrong')
    }
    at = to + tagSize
  }
  return Buffer.concat(plain).toString('utf8')
}

function derive(key: KeyObject, salt: Buffer, place: string) {
  const bytes = Buffer.from(hkdfSync('sha256', key, salt, `kheish.evidence/1 ${place}`, 64))
  return { content: bytes.subarray(0, 32), marks: bytes.subarray(32) }
}

function nonceOf(count: bigint): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeBigUInt64BE(count, 4)
  return nonce
}

const markOf = (key: Buffer, nonce: Buffer, length: Buffer): Buffer =>
  createHmac('sha256', key).update(nonce).update(length).digest().subarray(0, markSize)
