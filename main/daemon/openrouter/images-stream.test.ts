import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Failure } from '../core/failure'
import { readImageEvents } from './images-stream'
import { defaultLimits } from './limits'
import { countingClock } from './open-room.suite'
import { watch } from './watch'

const recording = (name: string): Buffer =>
  readFileSync(join(import.meta.dirname, '../../../e2e/recordings/images', `${name}.sse`))

/** Everything a stream did, whichever way its bytes came. */
async function hear(pieces: readonly Uint8Array[]) {
  const clock = countingClock()
  const line = {
    fetch: globalThis.fetch,
    stream: globalThis.fetch,
    clock,
    attribution: { appUrl: '', appTitle: '' },
    limits: defaultLimits,
  }
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece)
      controller.close()
    },
  })
  const sure = watch(clock, new AbortController().signal, 1000)
  const begun = { response: new Response(body), watch: sure, facts: { model: 'a/b' } }
  const partials: string[] = []
  try {
    const answered = await readImageEvents(line, begun, ({ bytes, media_type }) => {
      partials.push(`${media_type} ${bytes.length}`)
    })
    return { partials, answered }
  } catch (error) {
    const fault = error instanceof Failure ? error.fault : undefined
    return { partials, trouble: fault?.code === 'provider_error' ? fault.kind : error }
  } finally {
    sure.end()
  }
}

const red = expect.stringMatching(/^iVBORw0KGgo/) as string
const usage = { prompt_tokens: 12, completion_tokens: 4175, cost_usd: 0.042 }
const partial = 'image/png 69'
const expected: Readonly<Record<string, object>> = {
  whole: {
    partials: [partial, partial],
    answered: {
      found: [{ source: red, media_type: 'image/png' }],
      text: 'Grüße, ☃',
      choice_count: 1,
      usage,
    },
  },
  crlf: { partials: [partial], answered: { found: [{ source: red }], text: '', choice_count: 1, usage: {} } },
  two: {
    partials: [],
    answered: {
      found: [{ source: red }, { source: red, media_type: 'image/webp' }],
      text: '',
      choice_count: 2,
    },
  },
  'no-done': { partials: [], answered: { found: [{ source: red }], text: '', choice_count: 1 } },
  'partial-only': { partials: [partial, partial], trouble: 'cut_short' },
  'done-without-picture': {
    partials: [],
    answered: { found: [], text: 'I would rather not.', choice_count: 0 },
  },
  error: { partials: [partial], trouble: 'policy' },
  'error-no-code': { partials: [], trouble: 'provider_down' },
  'error-bare': { partials: [], trouble: 'provider_down' },
  'error-after-picture': {
    partials: [],
    answered: { found: [{ source: red }], text: '', choice_count: 1, usage },
  },
  'broken-event': { partials: [partial], trouble: 'malformed' },
}

test.each(Object.keys(expected))('%s says the same however it is cut', async (name) => {
  const bytes = recording(name)
  const whole = await hear([bytes])
  expect(whole).toEqual(expected[name])
  expect(await hear(Array.from(bytes, (_, at) => bytes.subarray(at, at + 1)))).toEqual(whole)
  for (let cut = 1; cut < bytes.length; cut++) {
    const heard = await hear([bytes.subarray(0, cut), bytes.subarray(cut)])
    if (JSON.stringify(heard) !== JSON.stringify(whole)) expect([cut, heard]).toEqual([cut, whole])
  }
})

test('a stream that ends at any byte is an error, or all of it', async () => {
  const bytes = recording('whole')
  const whole = await hear([bytes])
  const complete = bytes.indexOf('data: [DONE]') - '\n\n'.length
  for (let end = 0; end < bytes.length; end++) {
    const heard = await hear([bytes.subarray(0, end)])
    if (end >= complete) expect([end, heard.answered]).toEqual([end, whole.answered])
    else expect([end, heard.trouble]).toEqual([end, 'cut_short'])
  }
})
