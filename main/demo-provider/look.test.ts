import {
  ChatStreamChunk$inboundSchema,
  NotFoundResponseErrorData$inboundSchema,
} from '@openrouter/sdk/models'
import { createParser } from 'eventsource-parser'
import { fetch } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDemoProvider, type DemoProvider } from './index'
import { solidPng } from './solid-pictures.suite'

let demo: DemoProvider
beforeAll(async () => {
  demo = await startDemoProvider({ tokens_per_second: 100_000 })
})
afterAll(() => demo.stop())

const picture = (bytes: Uint8Array, type = 'png') => ({
  type: 'image_url',
  image_url: { url: `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}` },
})
const text = (said: string) => ({ type: 'text', text: said })
const ask = (content: unknown, more: object = {}) =>
  fetch(`${demo.prefix}/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-or-v1-test', 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'openai/gpt-4o', messages: [{ role: 'user', content }], ...more }),
  })
const said = async (content: unknown, more?: object) =>
  ((await (await ask(content, more)).json()) as { choices: { message: { content: string } }[] }).choices[0]
    ?.message.content

const red = solidPng(40, 30, '#c04020')
const green = solidPng(1, 600, '#00ff00')

test('says what it decoded, in the order in which it came', async () => {
  expect(await said([text('These?'), picture(red), picture(green)])).toBe(
    'I got 2 pictures, in this order:\n\n1. 40 × 30 pixels, png, average colour #c04020\n2. 1 × 600 pixels, png, average colour #00ff00',
  )
})

test('pictures of earlier turns count, files only when they are new', async () => {
  const messages = [
    { role: 'user', content: [picture(red), text('[File: old.txt (text/plain)]\nold words')] },
    { role: 'assistant', content: 'A red one.' },
    { role: 'user', content: [text('And?'), text('[File: a.md (text/markdown)]\n# Head\n\nof it')] },
  ]
  const answer = await said('', { messages })
  expect(answer).toContain('I got 1 picture, in this order:')
  expect(answer).toContain('I read 1 file:\n\n- a.md (text/markdown): “# Head of it”')
  expect(answer).not.toContain('old.txt')
})

test('a file alone may come as plain text', async () => {
  expect(await said('[File: memo.wav (audio/wav), a recording without a transcript]')).toBe(
    'I read 1 file:\n\n- memo.wav (audio/wav), a recording without a transcript',
  )
})

test('without pictures and files everything is as it was', async () => {
  expect(await said([text('hello')])).not.toMatch(/I got|I read/)
})

test('what only looks like a picture is refused', async () => {
  for (const broken of [
    picture(Buffer.from('no picture')),
    picture(red.subarray(0, 40)),
    picture(red, 'tiff'),
  ]) {
    const answer = await ask([broken])
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { error: { metadata: { error_type: 'invalid_image' } } },
    ])
  }
})

test('a model that takes text only has no endpoint for it; one behind it may have', async () => {
  const refused = await ask([picture(red)], { model: 'deepseek/deepseek-v4-pro' })
  const { error } = (await refused.json()) as { error: { message: string } }
  expect([refused.status, error.message]).toEqual([404, 'No endpoints found that support image input'])
  expect(NotFoundResponseErrorData$inboundSchema.safeParse(error).error).toBeUndefined()
  const models = ['openai/gpt-4o']
  expect(await said([picture(red)], { model: 'deepseek/deepseek-v4-pro', models })).toContain('40 × 30')
})

test('the published schemas accept the answer to a picture', async () => {
  const chunks: unknown[] = []
  const parser = createParser({
    onEvent: ({ data }) => void (data === '[DONE]' || chunks.push(JSON.parse(data))),
  })
  parser.feed(await (await ask([picture(red)], { stream: true })).text())
  expect(chunks.length).toBeGreaterThan(5)
  for (const chunk of chunks) expect(ChatStreamChunk$inboundSchema.safeParse(chunk).error).toBeUndefined()
})

test('a thousand requests are remembered, but not the pictures of all', async () => {
  const large = 'x'.repeat(1_000_001)
  for (let i = 0; i < 22; i++) await (await ask(large, { stream: false, max_tokens: 1 })).text()
  const kept = demo.requests.slice(-22).map(({ body }) => body !== undefined)
  expect(kept).toEqual([...Array<boolean>(2).fill(false), ...Array<boolean>(20).fill(true)])
})
