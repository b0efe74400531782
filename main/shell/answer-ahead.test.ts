import { expect, test } from 'vitest'
import { fault, type Answer } from '@contract/fault'
import { firstPage } from '@contract/opening'
import { answerAhead } from './answer-ahead'

const ask = (values: Readonly<Record<string, unknown>>) => {
  const asked: unknown[] = []
  const answers = answerAhead(async (name, input): Promise<Answer<unknown>> => {
    asked.push([name, input])
    return name in values
      ? { ok: true, value: values[name] }
      : { ok: false, fault: fault('not_ready', 'No.') }
  })
  return answers.then((answered) => ({ asked, answered }))
}

const ready = {
  'preferences.get': { last_session_id: 's1' },
  'daemon.state': { phase: 'ready', demo: false },
  'runtime.get': { routes: [{ route_id: 'a' }, { route_id: 'b' }] },
}

test('a ready daemon is asked for everything on the first screen, once, with its answer beside each question', async () => {
  const { asked, answered } = await ask(ready)
  expect(asked).toEqual([
    ['preferences.get', {}],
    ['daemon.state', {}],
    ['runtime.get', {}],
    ['sessions.list', { limit: firstPage.sessions }],
    ['sessions.transcript', { session_id: 's1', limit: firstPage.messages }],
    ['models.list', { provider: 'a' }],
    ['models.list', { provider: 'b' }],
  ])
  expect(answered.map(({ name, input }) => [name, input])).toEqual(asked)
  expect(answered[3]?.answer).toMatchObject({ ok: false })
})

test('without a last chat no transcript is asked', async () => {
  const { asked } = await ask({ ...ready, 'preferences.get': { last_session_id: null } })
  expect(JSON.stringify(asked)).not.toContain('transcript')
})

test('a daemon that is not ready has nothing for this screen', async () => {
  const { asked } = await ask({ ...ready, 'daemon.state': { phase: 'setup' } })
  expect(asked).toHaveLength(2)
})
