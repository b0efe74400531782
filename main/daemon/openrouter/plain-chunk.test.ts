import { fc, test as propertyTest } from '@fast-check/vitest'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isPlainChunk } from './plain-chunk'
import { Chunk } from './wire'

const folder = join(import.meta.dirname, '../../../e2e/recordings')
const text = {
  id: 'gen-1',
  provider: 'OpenAI',
  model: 'openai/gpt-5.6',
  created: 1,
  choices: [
    {
      index: 0,
      delta: { role: 'assistant', content: 'Hello' },
      finish_reason: null,
      native_finish_reason: null,
      logprobs: null,
    },
  ],
}

describe('a plain chunk', () => {
  test('is one with a piece of text', () => {
    expect(isPlainChunk(text)).toBe(true)
    expect(isPlainChunk({ choices: [{ delta: { reasoning: 'Hm', content: '' } }] })).toBe(true)
  })

  test.each<[string, unknown]>([
    ['an error', { ...text, error: { code: 502 } }],
    ['a bill', { ...text, usage: {} }],
    ['an error in its choice', { choices: [{ error: 'no' }] }],
    ['a whole message', { choices: [{ message: {} }] }],
    ['a tool call', { choices: [{ delta: { tool_calls: [] } }] }],
    ['details of a thought', { choices: [{ delta: { reasoning_details: [] } }] }],
    ['a field of the wrong type', { ...text, model: 5 }],
    ['a number beyond numbers', { choices: [{ index: Infinity }] }],
    ['a list for an object', { choices: [[]] }],
    ['no choices', {}],
    ['nothing', null],
  ])('is not one with %s', (_, value) => {
    expect(isPlainChunk(value)).toBe(false)
  })

  test('is what most of a recording consists of, and reads as the schema reads it', () => {
    const data = readdirSync(folder)
      .filter((name) => name.endsWith('.sse'))
      .flatMap((name) => readFileSync(join(folder, name), 'utf8').split(/\r?\n/))
      .filter((line) => line.startsWith('data: {') && line.endsWith('}'))
      .flatMap((line): unknown[] => {
        try {
          return [JSON.parse(line.slice(6))]
        } catch {
          return []
        }
      })
    const plain = data.filter(isPlainChunk)
    expect(plain.length).toBeGreaterThan(data.length / 3)
    for (const chunk of plain) expect(Chunk.parse(chunk)).toStrictEqual(chunk)
  })

  const anything = fc.oneof(fc.constant(null), fc.string(), fc.double(), fc.constant([]), fc.constant({}))
  const some = (keys: readonly string[], also: Readonly<Record<string, fc.Arbitrary<unknown>>> = {}) =>
    fc.record({ ...Object.fromEntries(keys.map((key) => [key, anything])), ...also }, { requiredKeys: [] })
  const delta = some([
    'content',
    'reasoning',
    'reasoning_content',
    'reasoning_details',
    'tool_calls',
    'refusal',
    'other',
  ])
  const choice = some(['index', 'message', 'finish_reason', 'native_finish_reason', 'error', 'other'], {
    delta: fc.oneof(delta, anything),
  })
  const chunk = some(['id', 'model', 'provider', 'usage', 'error', 'other'], {
    choices: fc.oneof(fc.array(fc.oneof(choice, anything)), anything),
  })

  propertyTest.prop([fc.oneof(chunk, fc.jsonValue())], { numRuns: 3_000 })(
    'reads as the schema reads it, whatever else it has',
    (made) => {
      const value: unknown = JSON.parse(JSON.stringify(made))
      if (isPlainChunk(value)) expect(Chunk.parse(value)).toStrictEqual(value)
    },
  )
})
