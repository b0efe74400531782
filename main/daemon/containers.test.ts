import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canListen, easySentences, speakSentences, writeGrammar } from '../../e2e/driver/speech'
import { inProcessMediaWorker } from './assets/media/in-process-media-worker'
import { repacked } from './assets/media/sounds.fake'
import { layoutOf, monoOf } from './core/audio/wav'
import { wavHeader } from './core/audio/wav-header'
import { Failure } from './core/failure'
import { openHouse, type House } from './testing'

const folder = mkdtempSync(join(tmpdir(), 'kheish-containers-'))
const sentence = easySentences[7]
const areEncoders = ['lame', 'opusenc', 'flac'].every((name) => existsSync(`/usr/bin/${name}`))
let house: House
let plain: Buffer
let samples: Float32Array

beforeAll(async () => {
  house = await openHouse({ grammar: await writeGrammar(folder, easySentences) })
  if (!canListen()) return
  plain = (await speakSentences([sentence]))[0]?.wav ?? Buffer.alloc(0)
  samples = monoOf(plain, layoutOf(plain), 0, plain.length)
}, 30_000)
afterAll(async () => {
  await house.close()
  rmSync(folder, { recursive: true, force: true })
})

const encode = (program: string, given: readonly string[], wav: Buffer) =>
  execFileSync(program, [...given], { input: wav, stdio: ['pipe', 'pipe', 'ignore'] })
const mp3 = (...more: readonly string[]) => encode('lame', ['--quiet', '-b', '64', ...more, '-', '-'], plain)
const opus = (wav = plain) => encode('opusenc', ['--quiet', '--bitrate', '32', '-', '-'], wav)

/** The samples in another form: two channels, each the same. */
function wavOf(
  bits: number,
  isFloat: boolean,
  more: { readonly isExtensible?: boolean; readonly isStreaming?: boolean } = {},
) {
  const size = bits / 8
  const data = Buffer.alloc(samples.length * size * 2)
  samples.forEach((value, frame) => {
    for (const at of [frame * size * 2, frame * size * 2 + size]) {
      if (isFloat) data.writeFloatLE(value, at)
      else if (bits === 8) data.writeUInt8(Math.round(value * 127) + 128, at)
      else data.writeIntLE(Math.round(value * (2 ** (bits - 1) - 1)), at, size)
    }
  })
  const head = Buffer.from(wavHeader({ sample_rate: 16_000, channels: 2 }, data.length))
  head.writeUInt16LE(isFloat ? 3 : 1, 20)
  head.writeUInt32LE(16_000 * size * 2, 28)
  head.writeUInt16LE(size * 2, 32)
  head.writeUInt16LE(bits, 34)
  const whole = more.isExtensible ? extended(head, bits, data.length) : head
  if (more.isStreaming) {
    whole.writeUInt32LE(0xffff_ffff, 4)
    whole.writeUInt32LE(0xffff_ffff, whole.length - 4)
  }
  return Buffer.concat([whole, data])
}
function extended(head: Buffer, bits: number, length: number): Buffer {
  const more = Buffer.from([
    22,
    0,
    bits,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    0,
    0,
    0,
    0,
    0x10,
    0,
    0x80,
    0,
    0,
    0xaa,
    0,
    0x38,
    0x9b,
    0x71,
  ])
  const whole = Buffer.concat([head.subarray(0, 36), more, head.subarray(36)])
  whole.writeUInt32LE(60 + length, 4)
  whole.writeUInt32LE(40, 16)
  whole.writeUInt16LE(0xfffe, 20)
  return whole
}

type Made = readonly [string, string, () => Buffer | Promise<Buffer>, string | undefined]

const some: readonly (readonly [string, string, () => Buffer | Promise<Buffer>, string?])[] = [
  ['WAV, 16 bits', 'a.wav', () => plain],
  ['WAV, 8 bits', 'a8.wav', () => wavOf(8, false)],
  ['WAV, 24 bits', 'a24.wav', () => wavOf(24, false)],
  ['WAV, 32 bits', 'a32.wav', () => wavOf(32, false)],
  ['WAV, float', 'f.wav', () => wavOf(32, true)],
  ['WAV, extensible', 'x.wav', () => wavOf(16, false, { isExtensible: true })],
  ['WAV, lengths nobody knew', 's.wav', () => wavOf(16, false, { isStreaming: true })],
  ['MP3 without a tag', 'a.mp3', () => mp3('-t')],
  ['MP3 with ID3v2', 'b.mp3', () => mp3('--add-id3v2', '--tt', 'Said')],
  ['WebM with a duration', 'a.webm', () => repacked(opus(), 'webm')],
  ['WebM as a recorder streams it', 'b.webm', () => repacked(opus(), 'streamed webm')],
  ['M4A', 'a.m4a', () => repacked(opus(), 'm4a')],
  ['Ogg Opus', 'a.opus', () => opus()],
  ['a WAV that is called MP3', 'wrong.mp3', () => Buffer.concat([plain, Buffer.alloc(0)]), 'audio/wav'],
  ['an MP3 that is called WAV', 'wrong.wav', () => mp3('-t', '--resample', '22.05'), 'audio/mpeg'],
]

describe.runIf(canListen() && areEncoders && !process.versions['electron'])(
  'what is said is understood in',
  () => {
    test.each(some.map(([name, file, make, type]): Made => [name, file, make, type]))(
      '%s',
      async (_, file_name, make, media_type) => {
        const content_base64 = (await make()).toString('base64')
        const declared = media_type === undefined ? {} : { media_type }
        const asset = await house.ask('assets.import', { file_name, content_base64, ...declared })
        const subject = { type: 'asset', asset_id: asset.asset_id } as const
        // Each model is told another way: one takes everything, the other one gets WAV.
        for (const model of ['openai/whisper-1', 'nvidia/parakeet-tdt-0.6b-v3'])
          expect(await house.ask('derivations.create', { subject, model })).toMatchObject({ text: sentence })
      },
    )
  },
)

test.runIf(canListen() && areEncoders)(
  'cut at every tenth byte: refused with a reason, or made ready as far as it goes',
  async () => {
    const worker = inProcessMediaWorker()
    const { signal } = new AbortController()
    const short = Buffer.concat([
      wavHeader({ sample_rate: 16_000, channels: 1 }, 1_600),
      plain.subarray(20_000, 21_600),
    ])
    const files: readonly (readonly [string, Buffer])[] = [
      ['wav', short],
      ['mp3', encode('lame', ['--quiet', '-b', '32', '-', '-'], short)],
      ['webm', await repacked(opus(short), 'webm')],
      ['m4a', await repacked(opus(short), 'm4a')],
    ]
    let ready = 0
    for (const [ending, whole] of files) {
      for (let length = 0; length < whole.length; length += 10) {
        const out = mkdtempSync(join(folder, 'cut-'))
        const source = join(folder, `cut.${ending}`)
        writeFileSync(source, whole.subarray(0, length))
        try {
          const { raw } = await worker.process(
            { source, file_name: `cut.${ending}`, out: mkdtempSync(join(folder, 'in-')) },
            signal,
          )
          const { parts } = await worker.sound(
            { source, media_type: raw.media_type, part_ms: 1_000, out },
            signal,
          )
          expect(parts.length).toBeGreaterThan(0)
          ready += 1
        } catch (error) {
          expect(error).toBeInstanceOf(Failure)
          expect((error as Failure).fault.code).toMatch(
            /^(asset_empty|asset_invalid|unsupported_media_type)$/,
          )
        }
      }
    }
    expect(ready).toBeGreaterThan(20)
  },
  30_000,
)
