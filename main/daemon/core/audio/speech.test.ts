import { usualVoices } from '@contract/audio'
import type { Fault } from '@contract/fault'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Failure } from '../failure'
import { checkWav } from '../media-types/check-wav'
import { checkSpeech } from './check-speech'
import { speechChoice, type SpeechRoute } from './order-routes'
import { speechKeyText } from './speech-key'
import { chooseSpeechModel, defaultSpeechModel, isListedAsSpeaking, speaks } from './speech-model'
import { speechName } from './speech-name'
import { splitText, usualPiece } from './split-text'
import { isAboutFormat, isTooLong } from './too-long'
import { chooseVoice } from './voices'
import { wavHeader } from './wav-header'
import { wishedChoice } from './wished-choice'

const faultOf = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    if (error instanceof Failure) return error.fault
    throw error
  }
}

describe('an order', () => {
  test('is trimmed, and has what nobody said', () => {
    expect(checkSpeech({ input: '  Hi \n' })).toEqual({ input: 'Hi', format: 'mp3', speed: 1 })
    expect(checkSpeech({ input: 'a', instructions: ' ', format: ' PCM ', speed: 0.25 })).toEqual({
      input: 'a',
      format: 'pcm',
      speed: 0.25,
    })
    // Letters, not units.
    expect(checkSpeech({ input: '😀'.repeat(4_096) }).input).toHaveLength(8_192)
  })

  test.each([
    ['input', { input: ' \n' }],
    ['input', { input: 'a'.repeat(4_097) }],
    ['instructions', { input: 'a', instructions: 'b'.repeat(4_001) }],
    ['speed', { input: 'a', speed: 0.2 }],
    ['speed', { input: 'a', speed: 4.1 }],
    ['speed', { input: 'a', speed: Number.NaN }],
    ['format', { input: 'a', format: 'wav' }],
    ['format', { input: 'a', format: 'flac' }],
    ['format', { input: 'a', format: 'mp4' }],
  ])('%s out of bounds is refused', (field, order) => {
    expect(faultOf(() => checkSpeech(order))).toMatchObject({ code: 'speech_invalid', field })
  })
})

describe('the model', () => {
  test.each([
    ['', defaultSpeechModel],
    ['openai/gpt-5.4-mini', defaultSpeechModel],
    ['tts-1', defaultSpeechModel],
    ['tts-1-hd', defaultSpeechModel],
    ['openai/tts-1', defaultSpeechModel],
    ['openai/tts-1-hd', defaultSpeechModel],
    ['gpt-4o-mini-tts', defaultSpeechModel],
    ['openai/gpt-4o-mini-tts', defaultSpeechModel],
    ['elevenlabs/eleven-turbo-v2', defaultSpeechModel],
    ['hexgrad/kokoro-82m', 'hexgrad/kokoro-82m'],
    ['anthropic/claude', 'anthropic/claude'],
  ])('%s is asked for as %s', (named, model) => {
    expect(chooseSpeechModel(named, [], () => false)).toBe(model)
  })

  test('of the run or route only where it speaks', () => {
    const isAble = (id: string) => id === 'mine/speech'
    expect(chooseSpeechModel(undefined, ['a/chat', 'mine/speech'], isAble)).toBe('mine/speech')
    expect(chooseSpeechModel(undefined, ['a/chat'], isAble)).toBe(defaultSpeechModel)
    expect(chooseSpeechModel(undefined, ['openai/tts-1'], () => true)).toBe(defaultSpeechModel)
  })

  const entry = (takes: string[], gives: string[]) => ({ input_modalities: takes, output_modalities: gives })
  test.each([
    ['a/b', entry(['text'], ['speech']), true],
    ['a/b', entry(['text'], ['text', 'audio']), true],
    ['a/b', entry(['audio'], ['speech']), false],
    ['a/b', entry(['text'], ['text']), false],
    ['a/b', undefined, false],
    ['a/My-TTS-2', undefined, true],
    ['a/speech-2.8', undefined, true],
  ])('%s with %o speaks: %s', (model, known, does) => {
    expect(speaks(model, known)).toBe(does)
  })

  test('is listed when it is not for chats', () => {
    expect(isListedAsSpeaking({ id: 'a/b', ...entry(['text'], ['speech']) })).toBe(true)
    expect(isListedAsSpeaking({ id: 'gpt-audio', ...entry(['text'], ['text', 'audio']) })).toBe(false)
    expect(isListedAsSpeaking({ id: 'lyria', ...entry(['text'], ['audio']) })).toBe(true)
    expect(isListedAsSpeaking({ id: 'speech-writer', ...entry(['text'], ['text']) })).toBe(false)
  })
})

describe('the voice', () => {
  test.each<[string | undefined, readonly string[], string]>([
    [undefined, [], 'alloy'],
    [' ', ['Kore', 'Puck'], 'Kore'],
    [undefined, ['nova', 'alloy'], 'alloy'],
    ['verse', [], 'verse'],
    ['Verse', [], 'verse'],
    ['voice_abc-1', ['Kore'], 'voice_abc-1'],
    ['en-US-Harper:MAI-Voice-2', ['en-US-Harper:MAI-Voice-2'], 'en-US-Harper:MAI-Voice-2'],
  ])('%s among %o is %s', (named, known, voice) => {
    expect(chooseVoice(named, known)).toBe(voice)
  })
  test.each([
    ['alloy', ['Kore']],
    ['a b', []],
    ['x'.repeat(97), []],
    ['voice_', []],
    ['nobody', []],
  ])('%s among %o is refused', (named, known) => {
    expect(faultOf(() => chooseVoice(named, known))).toMatchObject({ code: 'speech_invalid', field: 'voice' })
  })
  test('all of the usual set are taken where nothing is known', () => {
    for (const voice of usualVoices) expect(chooseVoice(voice, [])).toBe(voice)
  })
})

describe('the route', () => {
  const route = (route_id: string, audio_generation = true): SpeechRoute => ({
    route_id,
    model: 'a/chat',
    backends: { audio_generation },
  })
  const routes = [route('mute', false), route('one'), route('two')]
  const choose = (wish: Parameters<typeof speechChoice>[0]) =>
    faultOf(() => speechChoice(wish, routes, () => false))

  test.each([
    ['the first that speaks', {}, 'one'],
    ['the run’s own', { soft: { route_id: 'two', model: 'm' } }, 'two'],
    ['not the run’s own that is mute', { soft: { route_id: 'mute', model: 'm' } }, 'one'],
    ['the named one before the run’s', { provider: 'one', soft: { route_id: 'two', model: 'm' } }, 'one'],
  ])('%s', (_, wish, route_id) => expect(choose(wish)).toMatchObject({ route_id }))

  test('a named one that is mute or missing is not replaced', () => {
    expect(choose({ provider: 'mute' })).toMatchObject({ code: 'speech_route_missing' })
    expect(choose({ provider: 'gone' })).toMatchObject({ code: 'route_unknown' })
    expect(faultOf(() => speechChoice({}, [route('mute', false)], () => true))).toMatchObject({
      code: 'speech_route_missing',
    })
  })
})

describe('cutting a text', () => {
  test('at the end of a sentence, in scripts with and without spaces', () => {
    const english = 'This is a sentence of some length. '.repeat(100)
    for (const piece of splitText(english)) expect(piece).toMatch(/length\.$/)
    const chinese = '今天天气很好，我们去公园散步。'.repeat(200)
    for (const piece of splitText(chinese)) expect(piece).toMatch(/。$/)
    const hindi = 'यह एक वाक्य है। '.repeat(200)
    for (const piece of splitText(hindi)) expect(piece).toMatch(/।$/)
    expect(splitText('Short.')).toEqual(['Short.'])
    expect(splitText(' ')).toEqual([])
  })

  test('never within a letter, however long a text without any end is', () => {
    const family = '👨‍👩‍👧‍👦'.repeat(400)
    const pieces = splitText(family)
    expect(pieces.join('')).toBe(family)
    for (const piece of pieces) expect(piece).toMatch(/^👨‍👩‍👧‍👦(👨‍👩‍👧‍👦)*$/u)
  })

  test('loses nothing but space, and no piece is empty, too long, or ill-formed', () => {
    const letters = fc.constantFrom(
      'a',
      'b ',
      '. ',
      '。',
      ', ',
      '\n',
      '😀',
      'é',
      '字',
      ' ',
      '! ',
      '\u200d',
      '🇩🇪',
    )
    const text = fc.array(letters, { maxLength: 400 }).map((all) => all.join(''))
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 90 }), (given, most) => {
        const pieces = splitText(given, most)
        const bare = (words: string) => words.replace(/\s/g, '')
        expect(bare(pieces.join(''))).toBe(bare(given))
        for (const piece of pieces) {
          expect(piece.length).toBeLessThanOrEqual(most)
          expect(piece.trim()).not.toBe('')
          expect(piece).not.toMatch(/\p{Cs}/u)
        }
      }),
    )
    expect(Math.max(...splitText('word '.repeat(2_000)).map(({ length }) => length))).toBeLessThanOrEqual(
      usualPiece,
    )
  })
})

test('a name says what is said and makes no path', () => {
  const about = { voice: 'en-US:x', model: 'openai/gpt-4o-mini-tts' }
  expect(speechName({ input: 'Good morning!', ...about }, 'mp3')).toBe('Good morning (en-US-x).mp3')
  expect(speechName({ input: '…', ...about }, 'wav')).toBe('speech openai-gpt-4o-mini-tts (en-US-x).wav')
  expect(speechName({ input: '../../etc/passwd', ...about }, 'mp3')).not.toMatch(/[/\\]/)
})

test('whatever decides how it sounds makes another key', () => {
  const one = { input: 'a', format: 'mp3', speed: 1, route_id: 'r', model: 'm', voice: 'v' } as const
  const all = [
    one,
    { ...one, input: 'b' },
    { ...one, format: 'pcm' as const },
    { ...one, speed: 2 },
    { ...one, route_id: 's' },
    { ...one, model: 'n' },
    { ...one, voice: 'w' },
    { ...one, instructions: 'x' },
  ]
  expect(new Set(all.map(speechKeyText)).size).toBe(all.length)
})

test('samples get a header that says their real rate and channels', () => {
  const sound = Buffer.concat([wavHeader({ sample_rate: 22_050, channels: 2 }, 88_200), Buffer.alloc(88_200)])
  expect(sound.length).toBe(88_244)
  expect(checkWav(sound)).toEqual({ sample_rate: 22_050, channels: 2, duration_ms: 1_000 })
})

test.each<[Partial<Extract<Fault, { code: 'provider_error' }>>, boolean, boolean]>([
  [{ kind: 'context_length' }, true, false],
  [
    { kind: 'bad_request', http_status: 400, said: 'Input is too long: at most 4096 characters' },
    true,
    false,
  ],
  [
    { kind: 'bad_request', http_status: 400, said: 'input: String must contain at most 2000 character(s)' },
    true,
    false,
  ],
  [{ kind: 'too_large', http_status: 413 }, true, false],
  [{ kind: 'too_large', said: 'The recording was larger than the limit' }, false, false],
  [{ kind: 'bad_request', http_status: 400, said: 'response_format: Invalid option' }, false, true],
  [{ kind: 'bad_request', http_status: 400, said: 'Only pcm is supported' }, false, true],
  [{ kind: 'bad_request', http_status: 400, said: 'voice: Unknown voice' }, false, false],
  [{ kind: 'provider_down', http_status: 502, said: 'mp3' }, false, false],
])('%o', (about, long, format) => {
  const fault = { code: 'provider_error', retryable: false, kind: 'unknown', detail: '', ...about } as Fault
  expect([isTooLong(fault), isAboutFormat(fault)]).toEqual([long, format])
})

describe('what a person prefers', () => {
  const speaking = {
    models: () => [
      { route_id: 'r', id: 'a/tts', name: 'A', voices: ['Kore'] },
      { route_id: 'r', id: 'b/tts', name: 'B', voices: [] },
    ],
    defaultChoice: () => ({ model: 'b/tts' }),
  }
  const prefers = { speech_model: 'r/a/tts', speech_voice: 'Kore', speech_speed: 1.5 }
  const wish = (asked: Parameters<typeof wishedChoice>[0], more: Partial<typeof prefers> = {}) =>
    wishedChoice(asked, { ...prefers, ...more }, speaking, (id) => id === 'r')

  test('fills what was not asked for', () => {
    expect(wish({})).toEqual({ provider: 'r', model: 'a/tts', voice: 'Kore', speed: 1.5 })
    expect(wish({ voice: 'x', speed: 2 })).toMatchObject({ voice: 'x', speed: 2 })
    expect(wish({}, { speech_model: '', speech_voice: '' })).toEqual({ speed: 1.5 })
  })

  test('does not go with another model that lacks the voice', () => {
    expect(wish({ model: 'b/tts' })).toEqual({ model: 'b/tts', speed: 1.5 })
    expect(wish({ model: 'b/tts' }, { speech_voice: 'nova' })).toMatchObject({ voice: 'nova' })
    expect(wish({ provider: 'other' })).toEqual({ provider: 'other', speed: 1.5 })
  })
})
