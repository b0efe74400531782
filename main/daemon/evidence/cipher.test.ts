import { createSecretKey, randomBytes } from 'node:crypto'
import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { createSealer, openSealed, Unreadable } from './cipher'

const key = createSecretKey(randomBytes(32))
const place = 'run_1/turn-0001-attempt-0001-provider-events'
const texts = ['{"n":1}\n', '', '{"n":2,"raw":"Grüße ☃"}\n', 'x'.repeat(70_000)]

function sealed(pieces: readonly string[] = texts): {
  readonly file: Buffer
  readonly ends: readonly number[]
} {
  const sealer = createSealer(key, place)
  let file = sealer.head
  const ends = [file.length]
  for (const piece of pieces) {
    file = Buffer.concat([file, sealer.seal(piece)])
    ends.push(file.length)
  }
  return { file, ends }
}

describe('sealed evidence', () => {
  it('is read again, and says nothing to those without the key', () => {
    const { file } = sealed()
    expect(openSealed(key, place, file)).toBe(texts.join(''))
    expect(file.includes('{"n"')).toBe(false)
    expect(sealed().file.equals(file)).toBe(false)
    expect(() => openSealed(createSecretKey(randomBytes(32)), place, file)).toThrow(Unreadable)
    expect(() => openSealed(key, 'run_2/route-resolution', file)).toThrow(Unreadable)
  })

  it('that breaks off anywhere is read up to its last whole frame', () => {
    const { file, ends } = sealed(texts.slice(0, 3))
    for (let length = 0; length <= file.length; length += 1) {
      const whole = ends.filter((end) => end <= length).length - 1
      expect(openSealed(key, place, file.subarray(0, length))).toBe(
        texts.slice(0, Math.max(0, whole)).join(''),
      )
    }
  })

  it('is refused when a single bit is another', () => {
    const { file } = sealed(texts.slice(0, 3))
    for (let bit = 0; bit < file.length * 8; bit += 1) {
      const broken = Buffer.from(file)
      broken[bit >> 3] = (broken[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => openSealed(key, place, broken)).toThrow(Unreadable)
    }
  })

  it('is refused when frames are left out, repeated, swapped or taken from another file', () => {
    const { file, ends } = sealed()
    const frame = (at: number) => file.subarray(ends[at], ends[at + 1])
    const head = file.subarray(0, ends[0])
    const other = sealed()
    const foreign = other.file.subarray(other.ends[0], other.ends[1])
    for (const frames of [
      [frame(1), frame(2)],
      [frame(0), frame(0)],
      [frame(0), frame(2)],
      [frame(1), frame(0)],
      [foreign],
    ]) {
      expect(() => openSealed(key, place, Buffer.concat([head, ...frames]))).toThrow(Unreadable)
    }
  })
})

test.prop([fc.uint8Array({ maxLength: 200 })])('bytes of any kind end in text or in a refusal', (bytes) => {
  try {
    expect(openSealed(key, place, Buffer.from(bytes))).toBe('')
  } catch (error) {
    expect(error).toBeInstanceOf(Unreadable)
  }
})
