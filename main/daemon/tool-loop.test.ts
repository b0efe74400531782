import type { AssetRef } from '@contract/message'
import { fault } from '@contract/fault'
import type { RunId, SessionId } from '@contract/ids'
import { afterEach, describe, expect, test } from 'vitest'
import { Failure } from './core/failure'
import { says, trouble } from './ports/driver.fake'
import type { ToolCall } from './ports/tools'
import { fakeTool } from './ports/tools.fake'
import { asks, openLoop, type Loop } from './tool-loop.suite'

let loop: Loop
const open = (...given: Parameters<typeof openLoop>) => (loop = openLoop(...given))
afterEach(() => loop.close())

const look = fakeTool('look', (input) => ({ output: { saw: input } }))
const endOf = async () => {
  await loop.pass(0)
  return loop.run()
}
/** A gate that opens when it is told to. */
const gate = () => {
  let go = (): void => undefined
  const wait = new Promise<void>((resolve) => (go = resolve))
  return { wait, open: () => go() }
}

describe('a turn with tools', () => {
  test('calls, results, the next turn: one message, one run, one receipt', async () => {
    open({ tools: [look], scripts: [asks([['c1', 'look', '{"at":"sea"}']]), says('It is blue.')] })
    loop.submit()
    expect(await endOf()).toMatchObject({
      status: 'completed',
      receipt: {
        turns: 2,
        prompt_tokens: 17,
        completion_tokens: 8,
        generation_id: 'gen-1',
        finish_reason: 'stop',
      },
    })
    expect(loop.run().receipt?.cost).toEqual({ basis: 'reported', usd: expect.closeTo(0.011, 9) as number })
    expect(loop.message().parts).toMatchObject([
      { call_id: 'c1', state: 'done', output: '{"saw":{"at":"sea"}}', facts: { duration_ms: 0 } },
      { kind: 'text', text: 'It is blue.' },
    ])
    expect(loop.asked(1)?.tools).toMatchObject([{ name: 'look' }])
    expect(loop.asked(2)?.history.at(-1)?.parts).toMatchObject([{ call_id: 'c1', state: 'done' }])
    expect(loop.store.costs.get('run-1' as RunId)).toMatchObject({ prompt_tokens: 17, basis: 'reported' })
    expect(loop.store.sessions.get('s' as SessionId)).toMatchObject({ activity: 'idle' })
  })

  test('what happened is in the lists of the run and of the chat, and every change of a part was told', async () => {
    open({ tools: [look] })
    loop.submit()
    await endOf()
    expect(loop.store.runs.events('run-1' as RunId).map(({ kind }) => kind)).toEqual([
      'accepted',
      'started',
      'tool_started',
      'tool_ended',
      'output',
      'completed',
    ])
    const journal = loop.store.journal.list('s' as SessionId, { after: 0, limit: 100 })
    expect(journal.map(({ kind }) => kind)).toEqual([
      'input_received',
      'message_appended',
      'tool_call_started',
      'tool_call_finished',
      'message_appended',
      'run_ended',
    ])
    const grown = loop.events().flatMap((event) => (event.type === 'run.grew' ? event.batch.deltas : []))
    expect(grown.flatMap((delta) => (delta.at === 'tool' ? [delta.state] : []))).toEqual(['running', 'done'])
    expect(loop.store.calls.of('run-1' as RunId)).toMatchObject([
      { call_id: 'c1', turn: 1, place: 0, state: 'done' },
    ])
  })

  test('neighbours that may run side by side do, others wait for them; results keep their places', async () => {
    const order: string[] = []
    const [a, b] = [gate(), gate()]
    const slow = (name: string, wait: Promise<void>) =>
      fakeTool(name, async () => {
        order.push(name)
        await wait
        order.push(`${name}.`)
        return { output: name }
      })
    const alone = fakeTool('alone', () => ({ output: String(order.push('alone')) }), { parallel: false })
    open({
      tools: [slow('a', a.wait), slow('b', b.wait), alone],
      scripts: [
        asks([
          ['1', 'a'],
          ['2', 'b'],
          ['3', 'alone'],
        ]),
        says('Done'),
      ],
    })
    loop.submit()
    await loop.pass(0)
    expect(loop.queue().view(loop.run())).toMatchObject({ status: 'running', progress: 'running_tools' })
    expect(order).toEqual(['a', 'b'])
    b.open()
    await loop.pass(0)
    expect(order).toEqual(['a', 'b', 'b.'])
    a.open()
    await endOf()
    expect(order).toEqual(['a', 'b', 'b.', 'a.', 'alone'])
    expect(loop.calls().map(({ output }) => output)).toEqual(['a', 'b', '5'])
  })

  test('no more than so many at the same time', async () => {
    let now = 0
    let most = 0
    const busy = fakeTool('busy', async () => {
      most = Math.max(most, (now += 1))
      await Promise.resolve()
      now -= 1
      return { output: '' }
    })
    const calls = Array.from({ length: 9 }, (_, at) => [`c${String(at)}`, 'busy'] as const)
    open({ tools: [busy], limits: { parallel: 3 }, scripts: [asks(calls), says('Done')] })
    loop.submit()
    expect((await endOf()).status).toBe('completed')
    expect([most, now]).toEqual([3, 0])
  })

  test('ids that come again are made distinct, in a turn after the first, too', async () => {
    open({ tools: [look], scripts: [asks([['call_1', 'look']]), asks([['call_1', 'look']]), says('Done')] })
    loop.submit()
    await endOf()
    expect(loop.calls()).toMatchObject([
      { call_id: 'call_1', state: 'done' },
      { call_id: 'call_1_2', state: 'done', turn: 2 },
    ])
  })

  test('what a tool shows joins the answer, marked, before the next words of the model', async () => {
    const asset = { asset_id: 'a1', media_type: 'image/png', file_name: 'a.png', byte_length: 1 } as AssetRef
    const emit = fakeTool('emit', () => ({
      output: 'shown',
      facts: { cost_usd: 0.5, model: 'm' },
      shows: [
        { kind: 'text', text: 'Here:' },
        { kind: 'attachment', asset },
      ],
    }))
    open({ tools: [emit], scripts: [asks([['c', 'emit']]), says('Nice?')] })
    loop.submit()
    const { receipt } = await endOf()
    expect(loop.message().parts).toMatchObject([
      { kind: 'tool_call', state: 'done', facts: { model: 'm' } },
      { kind: 'text', text: 'Here:', emitted: true },
      { kind: 'attachment', emitted: true },
      { kind: 'text', text: 'Nice?' },
    ])
    expect(receipt?.cost.usd).toBeCloseTo(0.511, 9)
  })

  test('how far a call is, with its unfinished picture', async () => {
    const slow = fakeTool('slow', (_input, call) => {
      call.progress({
        stage: 'generating',
        done: 1,
        all: 2,
        partial: { bytes: new Uint8Array(1), media_type: 'image/png' },
      })
      return { output: '' }
    })
    open({ tools: [slow], scripts: [asks([['c', 'slow']]), says('Done')] })
    loop.submit()
    await endOf()
    expect(loop.events().find(({ type }) => type === 'call.progress')).toMatchObject({
      call_id: 'c',
      stage: 'generating',
      done: 1,
      all: 2,
      partial_uri: 'asset://partial/run-1/c',
    })
  })

  test('an answer that was cut at its length does not mean what it asks for', async () => {
    let ran = 0
    const tool = fakeTool('look', () => ({ output: String((ran += 1)) }))
    const [accepted, grew] = asks([['c', 'look', '{"a":']])
    open({ tools: [tool], scripts: [[accepted!, grew!, { is: 'finished', reason: 'length' }]] })
    loop.submit()
    expect((await endOf()).status).toBe('completed')
    expect(ran).toBe(0)
    expect(loop.calls()).toMatchObject([{ state: 'failed', facts: { outcome: 'not_dispatched' } }])
  })

  test('each turn may be tried again; spending is looked at before each', async () => {
    open({ tools: [look], scripts: [asks([['c', 'look']]), [trouble('overloaded', true)], says('Done')] })
    loop.submit()
    await loop.pass(5_000)
    expect(loop.run()).toMatchObject({ status: 'completed', receipt: { turns: 2 } })
    loop.close()
    let isSpent = false
    const costly = fakeTool('look', () => ({ output: String((isSpent = true)) }))
    open({ tools: [costly], spent: () => isSpent, scripts: [asks([['c', 'look']])] })
    loop.submit()
    expect(await endOf()).toMatchObject({ status: 'failed', fault: { code: 'spending_limit_reached' } })
  })

  test('the ceiling ends a run that never ends', async () => {
    open({ tools: [look], limits: { turns: 3 }, scripts: [asks([['c', 'look']])] })
    loop.submit()
    expect(await endOf()).toMatchObject({
      status: 'failed',
      fault: { code: 'turn_ceiling_reached' },
      receipt: { turns: 3 },
    })
    expect(loop.calls()).toHaveLength(3)
  })

  test('a model that takes no tools is offered none', async () => {
    const entry = {
      id: 'a/b',
      name: 'B',
      input_modalities: ['text'],
      output_modalities: ['text'],
      is_free: false,
    }
    open({ tools: [look], scripts: [says('Hello')] })
    loop.store.models.replace('openrouter', [{ ...entry, supports: ['temperature'] }], 1)
    loop.submit()
    await endOf()
    expect(loop.asked(1)).not.toHaveProperty('tools')
  })
})

describe('what goes back to the model as an error, and the run goes on', () => {
  const tooLong = fakeTool('long', () => ({ output: 'x'.repeat(101), facts: { cost_usd: 1 } }))
  const half = fakeTool('half', () => ({ output: 'x'.repeat(80) }))
  const refuses = fakeTool('refuses', () => {
    throw new Failure(fault('asset_not_found', 'There is no such file.'))
  })
  const breaks = fakeTool('breaks', () => Promise.reject(new TypeError('odd')))
  const circle: { self?: unknown } = {}
  circle.self = circle
  const odd = fakeTool('odd', () => ({ output: circle }))
  const tools = [look, tooLong, half, refuses, breaks, odd]
  const secret = fakeTool('secret', () => ({ output: 'told' }))

  test.each([
    ['invalid JSON', [['c', 'look', '{"a":']], /not valid JSON/],
    ['no object', [['c', 'look', '[]']], /not a JSON object/],
    ['too much', [['c', 'look', JSON.stringify({ a: 'x'.repeat(60) })]], /longer than 60 bytes/],
    ['an unknown tool', [['c', 'lok']], /no tool “lok”. There are: look, /],
    ['one that is not visible', [['c', 'secret']], /not available here/],
    ['its own error', [['c', 'refuses']], /^Error: There is no such file\.$/],
    ['a surprise', [['c', 'breaks']], /The log has it as ref_1/],
    ['what has no JSON', [['c', 'odd']], /The log has it as ref_1/],
    ['a result too large', [['c', 'long']], /101 bytes large/],
    [
      'too much in one turn',
      [
        ['b', 'half'],
        ['c', 'half'],
      ],
      /of this turn are larger/,
    ],
    [
      'too many in one turn',
      [
        ['1', 'look'],
        ['2', 'look'],
        ['3', 'look'],
        ['c', 'look'],
      ],
      /No more than 3 tools/,
    ],
    ['one that is denied', [['c', 'denied']], /not permitted/],
  ] as const)('%s', async (_, calls, said) => {
    open({
      tools: [...tools, fakeTool('denied', () => ({ output: 'ran' }))],
      hidden: [secret],
      limits: { input: 60, output: 100, turn_output: 150, calls: 3 },
      rules: { denied: 'deny' },
      scripts: [asks(calls), says('Sorry.')],
    })
    loop.submit()
    expect((await endOf()).status).toBe('completed')
    expect(loop.calls().at(-1)).toMatchObject({ call_id: 'c', state: 'failed' })
    expect(loop.calls().at(-1)?.output).toMatch(said)
    expect(loop.asked(2)?.history.at(-1)?.parts.at(-1)).toMatchObject({ output: loop.calls().at(-1)?.output })
    expect(loop.store.calls.of('run-1' as RunId).at(-1)?.state).toBe('failed')
  })

  test('no time left: the tool hears of it, and is not waited for', async () => {
    let heard: ToolCall | undefined
    const deaf = fakeTool(
      'deaf',
      (_input, call) => {
        heard = call
        call.dispatch()
        return new Promise(() => undefined)
      },
      { timeout_ms: 5_000 },
    )
    open({ tools: [deaf], scripts: [asks([['c', 'deaf']]), says('Pity.')] })
    loop.submit()
    await loop.pass(4_999)
    expect(loop.calls()).toMatchObject([{ state: 'running' }])
    await loop.pass(1)
    expect(loop.run().status).toBe('completed')
    expect(loop.calls()).toMatchObject([{ state: 'failed', facts: { duration_ms: 5_000 } }])
    expect(loop.calls()[0]?.output).toMatch(/within 5 seconds. It may have taken effect/)
    expect(heard?.signal.aborted).toBe(true)
    expect(() => heard?.dispatch()).toThrow('Stopped')
  })

  test('a tool’s own time is never longer than what all have', async () => {
    const deaf = fakeTool('deaf', () => new Promise(() => undefined), { timeout_ms: 900_000 })
    open({ tools: [deaf], scripts: [asks([['c', 'deaf']]), says('Pity.')] })
    loop.submit()
    await loop.pass(180_000)
    expect(loop.run().status).toBe('completed')
  })
})
