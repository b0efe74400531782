import { afterEach, expect, test } from 'vitest'
import type { Behaviour } from '../demo-provider/index'
import { open as openProvider } from './openrouter/open-room.suite'
import { fakeTool } from './ports/tools.fake'
import { openLoop, type Loop } from './tool-loop.suite'

/** The loop with the real driver, asking the demo provider over loopback. */
const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function tell(...script: readonly Behaviour[]) {
  const ran: unknown[] = []
  const provider = await openProvider([...script, { text: 'Done.' }])
  const look = fakeTool('look', (input) => {
    ran.push(input)
    return { output: { at: ran.length } }
  })
  const loop: Loop = openLoop({ tools: [look], driver: provider.driver, prefix: provider.demo.prefix })
  closers.push(loop.close, provider.close)
  const run = loop.submit('Look around.', 'openai/gpt-5.4-mini')
  const retry = setInterval(() => void loop.clock.advance(1_000), 5)
  closers.push(() => clearInterval(retry))
  await loop.queue().ended(run.run_id)
  const bodies = provider.demo.requests
    .filter(({ path }) => path.endsWith('/chat/completions'))
    .map(
      ({ body }) =>
        body as { readonly tools?: unknown; readonly messages: readonly Record<string, unknown>[] },
    )
  return { loop, ran, bodies, run: () => loop.store.runs.get(run.run_id) }
}
const fragment = (index: number | undefined, more: { id?: string; name?: string; arguments?: string }) => {
  const { id, ...fn } = more
  return {
    ...(index === undefined ? {} : { index }),
    ...(id === undefined ? {} : { id, type: 'function' }),
    function: fn,
  }
}

test('calls in pieces, two at once, one without arguments and one id twice: each runs once, each has its result', async () => {
  const details = [{ type: 'reasoning.encrypted', data: 'x', format: 'openai-responses-v1', index: 0 }]
  const { loop, ran, bodies, run } = await tell(
    {
      reasoning_details: [details],
      text: 'A moment.',
      tool_calls: [
        [fragment(0, { id: 'c1', name: 'look', arguments: '' })],
        [fragment(0, { arguments: '{"at"' })],
        [fragment(0, { arguments: ':"sea"}' }), fragment(1, { id: 'c1', name: 'look' })],
        [fragment(0, { arguments: ' ' })],
      ],
      finish_reason: 'stop',
    },
    {
      expects_details: details,
      tool_calls: [[fragment(0, { id: 'c1', name: 'look', arguments: '{"at":' })]],
    },
  )
  expect(run()).toMatchObject({ status: 'completed', receipt: { turns: 3, cost: { basis: 'reported' } } })
  expect(ran).toEqual([{ at: 'sea' }, {}])
  const ids = loop.calls().map(({ call_id }) => call_id)
  expect(new Set(ids).size).toBe(3)
  expect(loop.calls().map(({ state }) => state)).toEqual(['done', 'done', 'failed'])
  expect(bodies.map(({ tools }) => tools)).toEqual(Array.from({ length: 3 }, () => [expect.anything()]))
  const last = bodies[2]?.messages ?? []
  expect(last.slice(1).map((one) => one['tool_call_id'] ?? one['role'])).toEqual([
    'assistant',
    ids[0],
    ids[1],
    'assistant',
    ids[2],
  ])
  expect(last[3]).toMatchObject({ role: 'tool', content: '{"at":2}' })
  // What was sent once stays as it was, or the provider's cache is missed.
  expect(JSON.stringify(last)).toContain(JSON.stringify(bodies[1]?.messages).slice(1, -1))
})

test('calls that nobody can name are asked for again', async () => {
  const nameless: Behaviour = { tool_calls: [[fragment(0, { id: 'c1', arguments: '{}' })]] }
  const { ran, bodies, run } = await tell(nameless)
  expect(run()?.status).toBe('completed')
  expect([ran, bodies.length]).toEqual([[], 2])
})
