import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { takes } from '@contract/define'
import { fault } from '@contract/fault'
import { Failure } from '../daemon/core/failure'
import { appOrigin, type Speaker } from './origin'
import { serveCall } from './serve'

const us: Speaker = { origin: appOrigin, isMainFrame: true, isOurWindow: true }
const calls = {
  'keys.set': takes(() =>
    z.strictObject({ slot: z.object({ id: z.string().min(3) }), value: z.string().max(4) }),
  ).returns<number>(),
}
const run = vi.fn(async (): Promise<unknown> => 7)
const report = () => 'ref_1'
const ask = (name: unknown, raw: unknown, from = us) => serveCall({ calls, run, report }, from, name, raw)

test('a good question is parsed once and answered', async () => {
  expect(await ask('keys.set', { slot: { id: 'abc', extra: 1 }, value: 'v' })).toEqual({ ok: true, value: 7 })
  expect(run).toHaveBeenCalledExactlyOnceWith('keys.set', { slot: { id: 'abc' }, value: 'v' })
})

test.each([
  ['another origin', { ...us, origin: 'https://openrouter.ai' }],
  ['a frame inside the page', { ...us, isMainFrame: false }],
  ['a window that is not ours', { ...us, isOurWindow: false }],
])('%s is refused', async (_, from) => {
  expect(await ask('keys.set', { slot: { id: 'abc' }, value: 'v' }, from)).toMatchObject({
    ok: false,
    fault: { code: 'call_refused' },
  })
  expect(run).not.toHaveBeenCalled()
})

test.each([['keys.steal'], ['__proto__'], ['constructor'], [7], [undefined]])(
  'an unknown name %s is refused',
  async (name) => {
    expect(await ask(name, {})).toMatchObject({ ok: false, fault: { code: 'call_refused', status: 400 } })
  },
)

test('a wrong input is refused with its path and rule, never with its content', async () => {
  const answer = await ask('keys.set', { slot: { id: 'abc' }, value: 'sk-or-canary' })
  expect(answer).toMatchObject({ ok: false, fault: { code: 'call_refused', call: 'keys.set' } })
  expect(JSON.stringify(answer)).toContain('value (too_big)')
  expect(JSON.stringify(answer)).not.toContain('canary')
  expect(JSON.stringify(await ask('keys.set', { slot: { id: 'a' }, value: 'v' }))).toContain(
    'slot.id (too_small)',
  )
  expect(
    JSON.stringify(await ask('keys.set', { 'sk-canary': 1, slot: { id: 'abc' }, value: 'v' })),
  ).not.toContain('canary')
})

test('a failure is answered as its fault, a surprise as a reference', async () => {
  run.mockRejectedValueOnce(new Failure(fault('session_busy', 'Busy.')))
  expect(await ask('keys.set', { slot: { id: 'abc' }, value: 'v' })).toMatchObject({
    ok: false,
    fault: { code: 'session_busy' },
  })
  run.mockRejectedValueOnce(new TypeError('sk-canary'))
  const answer = await ask('keys.set', { slot: { id: 'abc' }, value: 'v' })
  expect(answer).toMatchObject({ ok: false, fault: { code: 'bug', ref: 'ref_1' } })
  expect(JSON.stringify(answer)).not.toContain('canary')
})
