import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { wavOf } from './core/observations/wav-of'
import { openHouse, type House } from './testing'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

/** 16-bit samples that are nowhere the same for long: what is cut or doubled shows. */
function soundOf(seconds: number): Buffer {
  const samples = Buffer.alloc(seconds * 32_000)
  for (let at = 0; at < samples.length; at += 4) samples.writeUInt32LE((at * 2_654_435_761) >>> 0, at)
  return samples
}
const add = async (bytes: Uint8Array, file_name = 'long.wav') =>
  (await house.daemon().assets.import({ file_name, bytes })).asset_id
const derive = (asset_id: string, more: object = {}) =>
  house.ask('derivations.create', { subject: { type: 'asset', asset_id }, ...more } as never)

function script(...behaviours: Parameters<House['provider']['faults']['add']>[0]) {
  house.provider.faults.add(behaviours.map((each) => ({ on: 'transcription' as const, ...each })))
}
/** What was asked for, in the order of asking. */
const asked = () =>
  house.provider.requests
    .filter(({ path }) => path.endsWith('/audio/transcriptions'))
    .map(({ body }) => {
      const { model, input_audio } = body as {
        model: string
        input_audio: { data: string; format: string }
      }
      return { model, format: input_audio.format, bytes: Buffer.from(input_audio.data, 'base64') }
    })
const scratch = () => readdirSync(join(house.stateRoot, 'scratch', 'transcription'))

/** Where each request's sound lies in the whole: samples at the same place, byte for byte. */
function placesIn(sound: Buffer) {
  return asked().map(({ bytes }) => {
    const samples = bytes.subarray(44)
    const from = sound.indexOf(samples.subarray(0, 64))
    expect(sound.subarray(from, from + samples.length).equals(samples)).toBe(true)
    return { from, to: from + samples.length }
  })
}
const inOrder = (places: readonly { readonly from: number; readonly to: number }[]) =>
  places.toSorted((a, b) => a.from - b.from)

describe('more than one request takes', () => {
  test('is cut at five minutes, asked for side by side, and its words are joined in order', async () => {
    const sound = soundOf(310)
    // Whichever comes first answers last.
    script({ text: 'first', delay_ms: 200 }, { text: 'second' })
    const made = await derive(await add(wavOf(sound, 16_000)))
    const places = placesIn(sound)
    expect(inOrder(places).map(({ from, to }) => [from / 32_000, to / 32_000])).toEqual([
      [0, 300],
      [300, 310],
    ])
    // The words of a request stand where its sound does.
    const words = places[0]?.from === 0 ? 'first second' : 'second first'
    const backend = { stitching_strategy: 'by_duration', part_count: 2 }
    expect(made).toMatchObject({ status: 'completed', text: words, backend })
    expect(scratch()).toEqual([])
  })

  test('is cut at 55 seconds for a model that takes no more than a minute', async () => {
    const sound = soundOf(120)
    // In one of them nobody spoke.
    script({ text: 'a' }, { text: '' }, { text: 'a' })
    const id = await add(wavOf(sound, 16_000))
    const made = await derive(id, { model: 'google/chirp-3' })
    expect(new Set(asked().map(({ model }) => model))).toEqual(new Set(['google/chirp-3']))
    expect(inOrder(placesIn(sound)).map(({ from, to }) => (to - from) / 32_000)).toEqual([55, 55, 10])
    expect(made).toMatchObject({ text: 'a a', backend: { model: 'google/chirp-3', part_count: 3 } })
  })

  test('fails as one where a part fails; nothing of it is kept, and what was paid is counted', async () => {
    const sound = soundOf(120)
    const later = { status: 429, body: { error: { code: 429, message: 'Later' } }, delay_ms: 200 }
    script({ text: 'a' }, later, { text: 'a' })
    const id = await add(wavOf(sound, 16_000))
    const fault = await house.refused('derivations.create', {
      subject: { type: 'asset', asset_id: id },
      model: 'google/chirp-3',
    } as never)
    expect(fault).toMatchObject({ code: 'provider_error', kind: 'rate_limited' })
    expect(await house.ask('assets.get', { asset_id: id })).not.toHaveProperty('text_uri')
    expect((await house.ask('costs.report', {})).total.runs).toBeGreaterThan(0)
    expect(scratch()).toEqual([])
  })
})

describe('a format that is refused', () => {
  const no = { status: 400, body: { error: { code: 400, message: 'Provider returned error' } } }

  test('is sent once more, as WAV', async () => {
    if (!existsSync('/usr/bin/lame')) return expect(process.platform).not.toBe('linux')
    const folder = mkdtempSync(join(tmpdir(), 'kheish-mp3-'))
    const source = join(folder, 'a.wav')
    writeFileSync(source, wavOf(soundOf(2), 16_000))
    execFileSync('lame', ['--quiet', '-b', '64', source, join(folder, 'a.mp3')])
    const id = await add(readFileSync(join(folder, 'a.mp3')), 'a.mp3')
    rmSync(folder, { recursive: true })
    script(no, { text: 'Heard.' })
    expect(await derive(id)).toMatchObject({ status: 'completed', text: 'Heard.' })
    expect(asked().map(({ format }) => format)).toEqual(['mp3', 'wav'])
    expect(asked()[1]?.bytes.subarray(0, 4).toString()).toBe('RIFF')

    // That is refused as well: it is the end.
    script(no, no)
    expect(await derive(id, { force_refresh: true })).toMatchObject({
      status: 'failed',
      fault: { kind: 'bad_request', http_status: 400 },
    })
    expect(asked()).toHaveLength(4)
  })

  test('is not sent again where it is WAV already', async () => {
    script(no)
    const id = await add(wavOf(soundOf(2), 16_000))
    expect(await derive(id)).toMatchObject({ status: 'failed', fault: { kind: 'bad_request' } })
    expect(asked()).toHaveLength(1)
  })
})
