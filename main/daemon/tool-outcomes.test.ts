import { fault } from '@contract/fault'
import type { RunId, SessionId } from '@contract/ids'
import type { Behaviour } from '@contract/permissions'
import { afterEach, describe, expect, test } from 'vitest'
import { ToolError } from './core/tools/tool-error'
import { Failure } from './core/failure'
import { says } from './ports/driver.fake'
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

describe('stopping while tools run', () => {
  const setUp = async () => {
    const heard: ToolCall[] = []
    const waits = fakeTool('waits', (_input, call) => {
      heard.push(call)
      return new Promise(() => undefined)
    })
    const sends = fakeTool('sends', (_input, call) => {
      call.dispatch()
      return new Promise(() => undefined)
    })
    open({
      tools: [look, waits, sends],
      scripts: [
        asks([
          ['1', 'look'],
          ['2', 'waits'],
          ['3', 'sends'],
        ]),
      ],
    })
    loop.submit()
    await loop.pass(0)
    return heard
  }
  const outcomes = () => loop.calls().map(({ state, facts }) => [state, facts?.outcome])
  const known = [
    ['done', undefined],
    ['failed', 'not_dispatched'],
    ['failed', 'unknown'],
  ]

  test('a cancel stops the tools at once and says of each what is known', async () => {
    const heard = await setUp()
    loop.queue().cancel('run-1' as RunId)
    expect(loop.run().status).toBe('cancelled')
    expect(heard[0]?.signal.aborted).toBe(true)
    expect(outcomes()).toEqual(known)
    expect(loop.store.calls.of('run-1' as RunId).map(({ state }) => state)).toEqual([
      'done',
      'failed',
      'failed',
    ])
    await loop.pass(200_000)
    expect(loop.driver.asked).toHaveLength(1)
    expect(loop.clock.waiting()).toBe(0)
  })

  test('so do an interruption and the end of the daemon', async () => {
    await setUp()
    loop.queue().interrupt('s' as SessionId)
    expect([loop.run().status, ...outcomes()]).toEqual(['interrupted', ...known])
    loop.close()
    await setUp()
    const stopped = loop.queue().stopAll()
    await loop.pass(1_000)
    await stopped
    expect(loop.run()).toMatchObject({ status: 'interrupted', fault: { code: 'daemon_stopping' } })
    expect(outcomes()).toEqual(known)
  })

  test('a daemon that was killed says the same at its next start, and repeats nothing', async () => {
    await setUp()
    loop.restart()
    await loop.pass(200_000)
    expect(loop.run()).toMatchObject({ status: 'interrupted', fault: { code: 'daemon_restarted' } })
    expect(outcomes()).toEqual(known)
    expect(loop.driver.asked).toHaveLength(1)
  })

  test('what was paid is counted once, also for a call that fails or is stopped afterwards', async () => {
    const fails = fakeTool('fails', (_input, call) => {
      call.paid(2)
      throw new Failure(fault('provider_error', 'No picture.', { kind: 'no_image', retryable: false }))
    })
    const works = fakeTool('works', (_input, call) => {
      call.paid(0.5)
      return { output: '', facts: { cost_usd: 0.75 } }
    })
    const stuck = fakeTool('stuck', (_input, call) => {
      call.paid(4)
      return new Promise(() => undefined)
    })
    open({
      tools: [fails, works, stuck],
      scripts: [
        asks([
          ['1', 'fails'],
          ['2', 'works'],
        ]),
        asks([['3', 'stuck']]),
      ],
    })
    loop.submit()
    await loop.pass()
    expect(loop.calls().map(({ facts }) => facts?.cost_usd)).toEqual([2, 0.75, undefined])
    expect(loop.store.calls.of('run-1' as RunId)).toMatchObject([
      { state: 'failed', facts: { cost_usd: 2 } },
      { state: 'done', facts: { cost_usd: 0.75 } },
      {},
    ])
    loop.queue().cancel('run-1' as RunId)
    expect(loop.run().receipt?.cost.usd).toBeCloseTo(6.77, 9)
    expect(loop.store.sessions.get('s' as SessionId)?.cost_usd).toBeCloseTo(6.77, 9)
  })

  test('what a tool was paid before the daemon was killed stays counted', async () => {
    const paid = fakeTool('paid', () => ({ output: '', facts: { cost_usd: 2 } }), { parallel: false })
    const stuck = fakeTool('stuck', () => new Promise(() => undefined), { parallel: false })
    open({
      tools: [paid, stuck],
      scripts: [
        asks([
          ['1', 'paid'],
          ['2', 'stuck'],
        ]),
      ],
    })
    loop.submit()
    await loop.pass()
    loop.restart()
    expect(loop.run().receipt?.cost).toEqual({ basis: 'reported', usd: 2.01 })
    expect(loop.store.costs.get('run-1' as RunId)).toMatchObject({ nano_usd: 2_010_000_000 })
    expect(loop.store.sessions.get('s' as SessionId)?.cost_usd).toBeCloseTo(2.01, 9)
  })

  test('so does what was written down for the run before the daemon was killed', async () => {
    open({
      prepare: (_run, _message, _signal, paid) => {
        paid(2)
        return new Promise(() => undefined)
      },
    })
    loop.submit()
    await loop.pass()
    loop.restart()
    expect(loop.run()).toMatchObject({ status: 'interrupted', receipt: { cost: { usd: 2 } } })
    expect(loop.store.costs.get('run-1' as RunId)).toMatchObject({ nano_usd: 2_000_000_000 })
  })

  test('so does what was paid for a call that then failed, and the whole of it is counted once', async () => {
    const broken = fakeTool('broken', (_input, { paid }) => {
      paid?.(2)
      throw new ToolError('No.')
    })
    const works = fakeTool('works', (_input, { paid }) => {
      paid?.(1)
      return { output: '', facts: { cost_usd: 3 } }
    })
    open({
      tools: [broken, works],
      scripts: [
        asks([
          ['1', 'broken'],
          ['2', 'works'],
        ]),
        says('Well.'),
      ],
    })
    loop.submit()
    await loop.pass()
    expect(loop.run().receipt?.cost.usd).toBeCloseTo(5.011, 1)
    expect(loop.store.calls.of('run-1' as RunId)).toMatchObject([
      { state: 'failed', facts: { cost_usd: 2 } },
      { state: 'done', facts: { cost_usd: 3 } },
    ])
  })

  test('the next question tells the model what became of them', async () => {
    await setUp()
    loop.queue().cancel('run-1' as RunId)
    loop.driver.scripts = [says('I see.')]
    loop.submit('and?')
    await loop.pass(0)
    const [, answer] = loop.asked(2)?.history ?? []
    expect(answer?.parts).toMatchObject([
      { output: '{"saw":{}}' },
      { output: expect.stringContaining('was not run') as string },
      { output: expect.stringContaining('Nobody knows') as string },
    ])
  })
})

describe('approval', () => {
  let ran: string[] = []
  const tool = (name: string) => fakeTool(name, () => ({ output: String(ran.push(name)) }))
  const rules: Record<string, Behaviour> = {}
  const setUp = async (mayStart = () => true) => {
    ran = []
    rules['risky'] = 'ask'
    open({
      mayStart,
      tools: [tool('free'), tool('risky')],
      rules,
      scripts: [
        asks([
          ['1', 'free'],
          ['2', 'risky', '{"rm":1}'],
          ['3', 'risky'],
        ]),
        says('Done'),
      ],
    })
    loop.submit()
    await loop.pass(0)
  }
  const states = () => loop.calls().map(({ state }) => state)

  test('the whole turn waits, and everybody can see for what', async () => {
    await setUp()
    expect([ran, states()]).toEqual([[], ['building', 'waiting', 'waiting']])
    const view = loop.queue().view(loop.run())
    expect(view).toMatchObject({ status: 'waiting_for_approval', receipt: { cost: { usd: 0.01 } } })
    expect(view.pending_approvals).toMatchObject([
      { tool_name: 'risky', arguments: '{"rm":1}', call_id: '2', status: 'pending' },
      { call_id: '3' },
    ])
    expect(loop.store.sessions.get('s' as SessionId)?.activity).toBe('waiting')
    expect(loop.store.runs.events('run-1' as RunId).at(-1)).toMatchObject({ kind: 'waiting_for_approval' })
    expect(loop.events().filter(({ type }) => type === 'approval.changed')).toHaveLength(2)
    expect(loop.queue().activeCount()).toBe(0)
  })

  test('allowed, the same turn goes on; one of them denied, the model hears it', async () => {
    await setUp()
    loop.store.approvals.resolve(loop.pending()[0]?.approval_id ?? '', {
      status: 'denied',
      decision: 'deny',
      resolved_at_ms: 1,
    })
    loop.queue().decided('run-1' as RunId)
    await loop.pass()
    expect([loop.run().status, ran]).toEqual(['waiting_for_approval', []])
    loop.resolve('allow_once')
    expect((await endOf()).status).toBe('completed')
    expect(ran).toHaveLength(2)
    expect(states()).toEqual(['done', 'failed', 'done'])
    const denied = loop.calls()[1]
    expect(denied).toMatchObject({ facts: { denied: true } })
    expect(denied?.output).toMatch(/said no/)
    expect(loop.driver.asked).toHaveLength(2)
  })

  test('a rule that forbids the tool, made meanwhile, counts for more than what was allowed', async () => {
    await setUp()
    rules['risky'] = 'deny'
    loop.resolve('allow_once')
    await loop.pass()
    expect([loop.run().status, ran]).toEqual(['completed', ['free']])
    expect(loop.calls()[1]).toMatchObject({ state: 'failed', facts: { denied: true } })
  })

  test.each(['killed', 'closed'] as const)(
    'it survives a daemon that was %s, and goes on from what is stored',
    async (how) => {
      await setUp()
      const [before] = loop.pending()
      if (how === 'closed') {
        const stopped = loop.queue().stopAll()
        await loop.pass(1_000)
        await stopped
      }
      loop.restart()
      await loop.pass(0)
      expect(loop.queue().view(loop.run())).toMatchObject({
        status: 'waiting_for_approval',
        pending_approvals: [before, {}],
      })
      // Its chat is not free.
      expect(loop.submit('more').status).toBe('queued')
      loop.resolve('allow_once')
      await loop.pass(0)
      expect(ran).toEqual(['free', 'risky', 'risky'])
      expect(loop.run()).toMatchObject({ status: 'completed', receipt: { turns: 2, prompt_tokens: 17 } })
      expect(loop.run().receipt?.cost.usd).toBeCloseTo(0.011, 9)
      expect(loop.asked(2)?.history.at(-1)?.parts).toHaveLength(3)
      expect(loop.store.runs.get('run-2' as RunId)?.status).toBe('completed')
    },
  )

  test('what was decided just before the daemon was killed goes on at its next start', async () => {
    await setUp()
    for (const { approval_id } of loop.store.approvals.list({ pending: true, limit: 9 })) {
      loop.store.approvals.resolve(approval_id, {
        status: 'allowed',
        decision: 'allow_once',
        resolved_at_ms: 1,
      })
    }
    loop.restart()
    expect((await endOf()).status).toBe('completed')
    expect(ran).toHaveLength(3)
  })

  test('while nothing may start, what was decided waits for it', async () => {
    let mayStart = true
    await setUp(() => mayStart)
    mayStart = false
    loop.resolve('allow_once')
    await loop.pass()
    expect(ran).toEqual([])
    mayStart = true
    loop.queue().resume()
    expect((await endOf()).status).toBe('completed')
  })

  test.each(['cancel', 'interrupt', 'drop'] as const)(
    '%s: nobody is asked any more, nothing runs',
    async (how) => {
      await setUp()
      if (how === 'cancel') loop.queue().cancel('run-1' as RunId)
      else if (how === 'interrupt') loop.queue().interrupt('s' as SessionId)
      else loop.queue().drop('s' as SessionId)
      expect(loop.run().status).toBe(how === 'cancel' ? 'cancelled' : 'interrupted')
      expect(loop.store.approvals.list({ pending: false, limit: 9 }).map(({ status }) => status)).toEqual([
        'expired',
        'expired',
      ])
      expect(
        loop
          .events()
          .filter((event) => event.type === 'approval.changed' && event.approval.status === 'expired'),
      ).toHaveLength(2)
      expect(loop.calls().map(({ facts }) => facts?.outcome)).toEqual(
        Array.from({ length: 3 }, () => 'not_dispatched'),
      )
      loop.queue().decided('run-1' as RunId)
      await loop.pass(0)
      expect(ran).toEqual([])
    },
  )
})

describe('killed before any of its writes', () => {
  test.each([
    ['plain', {}],
    ['with an approval', { pays: 'ask' as const }],
  ])(
    '%s: every state is definite, nothing is done twice, and what was sent is never said not to be',
    async (_, rules) => {
      let at = 0
      let survived = false
      while (!survived) {
        at += 1
        const sent: string[] = []
        const pays = fakeTool('pays', (_input, call) => {
          call.dispatch()
          sent.push(call.call_id)
          return { output: 'paid' }
        })
        open({
          tools: [look, pays],
          rules,
          scripts: [
            asks([
              ['1', 'look'],
              ['2', 'pays'],
            ]),
            asks([['3', 'pays']]),
            says('Done'),
          ],
        })
        loop.dieAt(at)
        try {
          loop.submit()
        } catch {
          // Dead before it was accepted.
        }
        for (let turn = 0; turn < 3; turn += 1) {
          await loop.pass(0)
          try {
            loop.resolve('allow_once')
          } catch {
            // Dead.
          }
        }
        await loop.pass(0)
        survived = loop.store.runs.get('run-1' as RunId)?.status === 'completed'
        const before = [...sent]
        loop.restart()
        for (let turn = 0; turn < 3; turn += 1) {
          await loop.pass(0)
          loop.resolve('allow_once')
        }
        await loop.pass(60_000)
        expect(new Set(sent).size, `sent twice, killed before write ${String(at)}`).toBe(sent.length)
        if (loop.store.runs.get('run-1' as RunId)?.assistant_message_id) {
          const { status } = loop.run()
          expect(['completed', 'interrupted']).toContain(status)
          for (const { call_id, state, facts } of loop.calls()) {
            expect(['done', 'failed']).toContain(state)
            if (before.includes(call_id)) expect(facts?.outcome).not.toBe('not_dispatched')
          }
          const open = loop.store.calls
            .of('run-1' as RunId)
            .filter(({ state }) => state === 'planned' || state === 'dispatched')
          expect(open).toEqual([])
          expect(loop.store.approvals.list({ pending: true, limit: 9 })).toEqual([])
        }
        if (!survived) loop.close()
      }
      expect(at).toBeGreaterThan(15)
    },
  )
})
