import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDesktop, type Desktop } from './testing'

let desktop: Desktop
beforeEach(async () => {
  desktop = await openDesktop()
  await desktop.ready({ on: 'speech', plain_voice: true, times: 99 })
})
afterEach(() => desktop.close())

const beginsLike = async (name: string) => (await readFile(join(desktop.root, name))).subarray(0, 4)
const json = (text: string) => JSON.parse(text) as Record<string, never>

test('words are said, kept, written to a file, and not said twice', async () => {
  const one = await desktop.kheish('audio speak Good~morning --voice nova --output morning')
  expect(one).toMatchObject({ code: 0, out: `${join(desktop.root, 'morning.mp3')}\n` })
  expect(one.err).toMatch(/^openai\/gpt-4o-mini-tts-2025-12-15 · nova/)
  expect((await beginsLike('morning.mp3'))[0]).toBe(0xff)

  const again = await desktop.kheish('audio speak - --voice nova --json', { input: 'Good morning\n' })
  expect(json(again.out)).toMatchObject({
    is_reused: true,
    voice: 'nova',
    asset: { media_type: 'audio/mpeg' },
  })

  const wav = await desktop.kheish(
    'audio speak Hello --speed 1.5 --model openrouter/hexgrad/kokoro-82m --voice voice_x --output hello.wav',
  )
  expect(wav.code).toBe(0)
  expect((await beginsLike('hello.wav')).toString()).toBe('RIFF')
  expect(
    desktop.provider.requests.filter(({ path }) => path.endsWith('/audio/speech')).map(({ body }) => body),
  ).toMatchObject([
    { voice: 'nova', response_format: 'mp3' },
    { model: 'hexgrad/kokoro-82m', voice: 'voice_x', response_format: 'pcm', speed: 1.5 },
  ])
})

test('Ctrl-C ends it', async () => {
  await desktop.close()
  desktop = await openDesktop()
  await desktop.ready({ on: 'speech', instead: 'hang' })
  const speaking = desktop.kheish('audio speak Hello')
  await expect
    .poll(() => desktop.provider.requests.some(({ path }) => path.endsWith('/audio/speech')))
    .toBe(true)
  speaking.interrupt()
  const said = await speaking
  expect([said.code, said.out]).toEqual([130, ''])
})

test.each([
  ['audio speak ~', 2, 'speech_invalid'],
  ['audio speak Hi --voice nobody', 2, 'speech_invalid'],
  ['audio speak Hi --provider nobody', 2, 'route_unknown'],
  ['audio speak Hi --format wav', 2, 'format'],
])('%s ends with %i', async (words, code, fault) => {
  const said = await desktop.kheish(words)
  expect([said.code, said.out]).toEqual([code, ''])
  expect(said.err).toContain(fault)
})

test('what speaks is listed with its voices', async () => {
  await desktop.kheish('models list --refresh')
  const said = await desktop.kheish('audio models')
  expect(said.code).toBe(0)
  expect(said.out).toMatch(/openrouter +hexgrad\/kokoro-82m +speaks +af_bella/)
  expect(said.out).toContain('default speech: openrouter/openai/gpt-4o-mini-tts-2025-12-15')
})
