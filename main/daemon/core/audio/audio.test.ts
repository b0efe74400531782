import fc from 'fast-check'
import { fault } from '@contract/fault'
import type { AssetId } from '@contract/ids'
import { describe, expect, test } from 'vitest'
import {
  chooseTranscription,
  defaultTranscriptionModel,
  transcriptionModel,
  writesDown,
} from './choose-transcription'
import { keyText, type Fingerprint } from './derivation-key'
import { joinTexts } from './join-texts'
import { isLasting } from './lasting-failure'
import { createResampler } from './resample'
import { decideText } from './reuse-text'
import { isAutomatic, longestPart, soundFormat, takenBy } from './sound-formats'
import { readOptions } from './transcription-options'
import { isSilentWav, layoutOf, monoOf } from './wav'
import { wavHeader } from './wav-header'

const route = (route_id: string, model = 'openai/gpt-5.4-mini', transcription = true) => ({
  route_id,
  model,
  backends: { transcription },
})
const nothing = () => undefined

describe('who writes down (contract 10.2)', () => {
  test.each([
    ['', defaultTranscriptionModel],
    ['  ', defaultTranscriptionModel],
    ['openai/gpt-5.4-mini', defaultTranscriptionModel],
    ['gpt-4o-transcribe', defaultTranscriptionModel],
    ['gpt-4o-mini-transcribe', defaultTranscriptionModel],
    ['whisper-1', defaultTranscriptionModel],
    ['openai/whisper-1', 'openai/whisper-1'],
    ['openai/gpt-4o-transcribe', 'openai/gpt-4o-transcribe'],
    [' nvidia/parakeet ', 'nvidia/parakeet'],
  ])('%j means %s', (named, model) => expect(transcriptionModel(named)).toBe(model))

  test.each([
    ['a/whisper-large', undefined, true],
    ['a/gpt-Transcribe', undefined, true],
    ['a/nova', undefined, false],
    ['a/nova', { input_modalities: ['audio'], output_modalities: ['transcription'] }, true],
    ['a/hears', { input_modalities: ['text', 'audio'], output_modalities: ['text'] }, true],
    ['a/reads', { input_modalities: ['text'], output_modalities: ['text'] }, false],
    ['a/speaks', { input_modalities: ['audio'], output_modalities: ['speech'] }, false],
  ])('%s of %j: %j', (model, known, is) => expect(writesDown(model, known)).toBe(is))

  const routes = [route('first'), route('deaf', 'x/whisper', false), route('ears', 'x/whisper')]
  test.each([
    [{}, 'first', defaultTranscriptionModel],
    [{ soft: { route_id: 'ears', model: 'x/whisper' } }, 'ears', 'x/whisper'],
    [{ soft: { route_id: 'ears', model: 'x/chat' } }, 'ears', defaultTranscriptionModel],
    [{ soft: { route_id: 'deaf', model: 'x/whisper' } }, 'first', defaultTranscriptionModel],
    [{ soft: { route_id: 'gone', model: 'm' } }, 'first', defaultTranscriptionModel],
    [{ provider: 'ears' }, 'ears', 'x/whisper'],
    [{ provider: 'ears', model: 'whisper-1' }, 'ears', defaultTranscriptionModel],
    [{ preferred: { model: 'y/nova' } }, 'first', 'y/nova'],
    [{ preferred: { provider: 'ears', model: 'y/nova' } }, 'ears', 'y/nova'],
    [{ preferred: { provider: 'gone', model: 'y/nova' } }, 'first', defaultTranscriptionModel],
    [
      { preferred: { provider: 'ears', model: 'y/nova' }, provider: 'first' },
      'first',
      defaultTranscriptionModel,
    ],
    [{ model: 'z/m', preferred: { model: 'y/nova' } }, 'first', 'z/m'],
  ])('%j asks %s for %s', (wish, route_id, model) => {
    expect(chooseTranscription(wish, routes, nothing)).toMatchObject({ route_id, model })
  })
  test('named ones are taken or refused; none is no failure', () => {
    const code = (provider: string) => {
      try {
        return chooseTranscription({ provider }, routes, nothing)?.route_id
      } catch (error) {
        return (error as { fault: { code: string } }).fault.code
      }
    }
    expect(['deaf', 'gone', 'ears'].map(code)).toEqual([
      'transcription_route_missing',
      'route_unknown',
      'ears',
    ])
    expect(chooseTranscription({}, [route('deaf', 'm', false)], nothing)).toBeUndefined()
  })
})

describe('formats (contract 10.3)', () => {
  const none = new Uint8Array(20)
  test.each([
    ['audio/wav', 'wav'],
    ['audio/mpeg', 'mp3'],
    ['audio/mpga', 'mp3'],
    ['audio/mp4', 'm4a'],
    ['audio/m4a', 'm4a'],
    ['audio/webm', 'webm'],
    ['audio/opus', 'ogg'],
    ['audio/aac', 'aac'],
    ['audio/flac', 'flac'],
    ['audio/l16', 'pcm16'],
    ['audio/l24', 'pcm24'],
  ])('%s is %s', (type, format) => expect(soundFormat(type, 'x', none)).toBe(format))
  test('else the ending tells, and the bytes count for more than both', () => {
    expect(soundFormat('audio/pcm', 'a.pcm', none)).toBe('pcm16')
    expect(soundFormat('audio/pcm', 'a.mp3', none)).toBe('mp3')
    expect(() => soundFormat('audio/pcm', 'a', none)).toThrow(
      expect.objectContaining({ fault: expect.objectContaining({ code: 'unsupported_media_type' }) }),
    )
    expect(soundFormat('audio/mpeg', 'a.mp3', wavHeader({ sample_rate: 16_000, channels: 1 }, 2))).toBe('wav')
  })
  test('six types go by themselves', () => {
    const types = ['wav', 'webm', 'mpeg', 'mpga', 'mp4', 'm4a', 'opus', 'aac', 'flac', 'l16', 'pcm', 'l24']
    expect(types.filter((type) => isAutomatic(`audio/${type}`))).toEqual(types.slice(0, 6))
  })
  test('WebM goes to those who are known to take it; chirp takes no MP3 and 55 seconds', () => {
    const takes = (model: string) => (['webm', 'mp3'] as const).map((one) => takenBy(model).includes(one))
    expect(
      ['openai/whisper-1', 'deepgram/nova-3', 'mistralai/voxtral-mini-transcribe', 'google/chirp-3'].map(
        takes,
      ),
    ).toEqual([
      [true, true],
      [true, true],
      [false, true],
      [false, false],
    ])
    expect(['google/chirp-3', 'openai/whisper-1'].map(longestPart)).toEqual([55_000, 300_000])
  })
})

test('what becomes of a recording (contract 10.4)', () => {
  const me = { route_id: 'r', provider: 'openrouter', model: 'm' }
  const loud = { isSilent: false, isForced: false }
  const by = (more: object) => ({ maker: 'transcription' as const, ...me, ...more })
  expect([
    decideText(undefined, [me], loud),
    decideText(by({}), [me], loud),
    decideText(by({ model: 'n' }), [me], loud),
    decideText(by({ route_id: 's' }), [me], loud),
    decideText(by({ provider: 'p' }), [me], loud),
    decideText({ maker: 'uploader' }, [me], loud),
    decideText({ maker: 'generator' }, [me], loud),
    decideText(by({ model: 'n' }), [me, { ...me, model: 'n' }], loud),
    decideText(undefined, [me], { ...loud, isSilent: true }),
    decideText(by({}), [me], { ...loud, isSilent: true }),
    decideText(by({}), [me], { ...loud, isForced: true }),
    decideText(undefined, [me], { isSilent: true, isForced: true }),
  ]).toEqual([
    'transcribe',
    'reuse',
    'transcribe',
    'transcribe',
    'transcribe',
    'reuse',
    'reuse',
    'reuse',
    'skip',
    'reuse',
    'transcribe',
    'transcribe',
  ])
})

test('options at their edges', () => {
  expect(readOptions({ prompt: ' x '.repeat(1), language: 'en_US-x' })).toEqual({
    prompt: 'x',
    language: 'en_US-x',
  })
  expect(readOptions({ prompt: 'y'.repeat(2_000), language: 'z'.repeat(32) })).toBeTruthy()
  expect(readOptions({ prompt: ' ', language: '', timestamps: false })).toEqual({})
  for (const given of [
    { prompt: 'y'.repeat(2_001) },
    { language: 'z'.repeat(33) },
    { language: 'é' },
    { timestamps: true },
    { diarization: true },
  ])
    expect(() => readOptions(given)).toThrow(
      expect.objectContaining({
        fault: expect.objectContaining({ code: 'derivation_options_invalid', field: Object.keys(given)[0] }),
      }),
    )
})

test('failures that last and those that pass (contract 10.5)', () => {
  const provider = (kind: 'no_text' | 'rate_limited' | 'bad_request' | 'timeout', retryable: boolean) =>
    fault('provider_error', '', { kind, retryable })
  expect([provider('no_text', false), provider('bad_request', false)].map(isLasting)).toEqual([true, true])
  const passing = [
    provider('rate_limited', true),
    provider('timeout', true),
    fault('asset_invalid', '', { check: 'x' }),
    fault('asset_too_large', '', {} as never),
    fault('observation_source_blocked', '', { reason: 'purged' }),
    fault('interrupted', ''),
  ]
  expect(passing.map(isLasting)).toEqual(passing.map(() => false))
})

test('a cache key depends on all of it, and on nothing else', () => {
  const base: Fingerprint = {
    profile: 'canonical_text',
    subject: { type: 'asset', asset_id: 'a' as AssetId },
    media_type: 'audio/wav',
    sha256: '1',
    planned: { kind: 'transcription', route_id: 'r', model: 'm' },
  }
  const others: Fingerprint[] = [
    { ...base, profile: 'visual_preview' },
    { ...base, subject: { type: 'asset', asset_id: 'b' as AssetId } },
    { ...base, media_type: 'audio/webm' },
    { ...base, sha256: '2' },
    { ...base, attached_text_sha256: '3' },
    { ...base, options: { prompt: 'p' } },
    { ...base, options: { language: 'p' } },
    { ...base, planned: { kind: 'transcription', route_id: 'r', model: 'n' } },
  ]
  expect(new Set([base, ...others].map(keyText)).size).toBe(9)
  expect(keyText({ ...base, planned: { model: 'm', route_id: 'r', kind: 'transcription' } })).toBe(
    keyText(base),
  )
})

test('texts of parts in order, nothing for silence', () => {
  expect(joinTexts([' a ', '', 'b\n', '  '])).toBe('a b')
  expect(joinTexts(['', ' '])).toBe('')
})

describe('samples', () => {
  test('any cut of the input, at any rate, gives as much time and the same samples', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 8_000, max: 96_000 }).map((rate) => rate - (rate % 50)),
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 600 }),
        fc.integer({ min: 1, max: 97 }),
        (rate, values, size) => {
          const samples = Float32Array.from(values)
          const [one, many] = [createResampler(rate), createResampler(rate)]
          const whole = [...one.push(samples), ...one.end()]
          const pieces: number[] = []
          for (let at = 0; at < samples.length; at += size)
            pieces.push(...many.push(samples.subarray(at, at + size)))
          pieces.push(...many.end())
          expect(pieces).toEqual(whole)
          expect(whole.length).toBe(Math.ceil((samples.length * 16_000) / rate))
        },
      ),
      { seed: 20_261_129, numRuns: 60 },
    )
  })

  const forms = [
    [
      8,
      false,
      (view: DataView, at: number, value: number) => view.setUint8(at, Math.round(value * 127) + 128),
    ],
    [
      16,
      false,
      (view: DataView, at: number, value: number) => view.setInt16(at, Math.round(value * 32_767), true),
    ],
    [
      24,
      false,
      (view: DataView, at: number, value: number) => {
        const word = Math.round(value * 8_388_607)
        view.setUint16(at, word & 0xffff, true)
        view.setInt8(at + 2, word >> 16)
      },
    ],
    [
      32,
      false,
      (view: DataView, at: number, value: number) =>
        view.setInt32(at, Math.round(value * 2_147_483_647), true),
    ],
    [32, true, (view: DataView, at: number, value: number) => view.setFloat32(at, value, true)],
    [64, true, (view: DataView, at: number, value: number) => view.setFloat64(at, value, true)],
  ] as const
  test.each(forms)('%i bits (float: %s), two channels', (bits, is_float, write) => {
    const size = bits / 8
    const bytes = new Uint8Array(size * 20)
    const view = new DataView(bytes.buffer)
    for (let at = 0; at < 20; at += 1) write(view, at * size, at % 2 === 0 ? at / 20 : -0.5)
    const mono = monoOf(bytes, { bits, is_float, channels: 2, from: 0, to: bytes.length }, 2, 5)
    expect([...mono]).toEqual([2, 3, 4, 5, 6].map((frame) => expect.closeTo((frame / 10 - 0.5) / 2, 2)))
  })

  test('silence is zeros and nothing but zeros; lengths that nobody knew yet go to the end', () => {
    const quiet = Buffer.concat([wavHeader({ sample_rate: 16_000, channels: 1 }, 64), Buffer.alloc(64)])
    expect([isSilentWav(quiet), layoutOf(quiet).is_plain]).toEqual([true, true])
    const streamed = Buffer.from(quiet)
    streamed.writeUInt32LE(0xffff_ffff, 4)
    streamed.writeUInt32LE(0xffff_ffff, 40)
    expect(layoutOf(streamed)).toMatchObject({ from: 44, to: 108, is_plain: false })
    streamed[107] = 1
    expect(isSilentWav(streamed)).toBe(false)
  })
})
