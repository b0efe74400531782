import { afterEach, describe, expect, test } from 'vitest'
import { fakeClock } from './ports/clock.fake'
import type { House, HouseOptions } from './testing'
import { openHouse, textIn } from './testing'

let house: House
const open = async (options?: HouseOptions) => {
  house = await openHouse(options)
  return house
}
afterEach(() => house.close())

const model = 'openai/gpt-4o'
const ended = (run_id: string) => house.until('run.ended', (event) => event.run.run_id === run_id)
async function spend(session: string, tokens = 1_000) {
  house.provider.faults.add([{ tokens }])
  const { run } = await house.submit(session, 'Hello', { model })
  return (await ended(run.run_id)).run
}

describe('the ledger', () => {
  test('counts every answer by day, chat, model and route, and outlives the chat', async () => {
    await open({ ports: { timeZone: () => 'Asia/Tokyo' } })
    const [first, second] = [await house.chat(), await house.chat()]
    const costs = []
    for (const session of [first, second, first]) {
      costs.push((await spend(session)).receipt?.cost.usd ?? 0)
    }
    await house.ask('sessions.rename', { session_id: first, title: 'Trip' })
    const usd = Math.round(costs.reduce((sum, one) => sum + one, 0) * 1e9) / 1e9

    const days = await house.ask('costs.report', {})
    const today = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10)
    expect(days.rows).toEqual([{ key: today, label: today, ...days.total }])
    expect(days.total).toMatchObject({ runs: 3, reported_usd: usd, estimated_usd: 0, unavailable_runs: 0 })
    expect(days.total.completion_tokens).toBe(3_000)
    expect(days.to_ms - days.from_ms).toBe(30 * 86_400_000)
    const by = async (group_by: 'session' | 'model' | 'route') =>
      (await house.ask('costs.report', { group_by })).rows.map((row) => [row.key, row.label, row.runs])
    expect(await by('model')).toEqual([[model, model, 3]])
    expect(await by('route')).toEqual([['openrouter', 'openrouter', 3]])
    const sessions = await by('session')
    expect(sessions).toEqual([
      [first, 'Trip', 2],
      [second, 'Hello', 1],
    ])

    await house.ask('sessions.delete', { session_id: first })
    await house.restart()
    expect((await house.ask('sessions.list', {})).total).toBe(1)
    expect(await by('session')).toEqual(sessions)
    await expect(house.ask('costs.report', { time_zone: 'Mars/Olympus' })).rejects.toThrow('Not a time zone')
  })

  test('takes an estimate first and the provider’s word when it comes', async () => {
    const clock = fakeClock(Date.UTC(2026, 10, 23, 12))
    await open({
      ports: { clock },
      script: [{ text: 'one two three four', after_chunks: 2, ending: 'end' }],
    })
    await house.ask('models.refresh', {})
    const { run } = await house.submit(await house.chat(), 'Hello', { model })
    await ended(run.run_id)
    const before = (await house.ask('costs.report', {})).total
    expect(before).toMatchObject({ runs: 1, reported_usd: 0 })
    expect(before.estimated_usd).toBeGreaterThan(0)
    await clock.advance(1_000)
    await house.until('message.changed')
    const after = (await house.ask('costs.report', {})).total
    expect(after).toMatchObject({ runs: 1, estimated_usd: 0 })
    expect(after.reported_usd).toBeGreaterThan(0)
  })

  test('leaves out what was refused, and says of what nobody knows the price', async () => {
    await open({
      script: [
        { status: 402, body: { error: { code: 402, message: 'Too little credit' } } },
        { tokens: 3, after_chunks: 0, ending: 'stall' },
        { on: 'generation', status: 404, body: {}, times: 9 },
      ],
    })
    const refused = await house.submit(await house.chat(), 'Hello', { model })
    await ended(refused.run.run_id)
    const stopped = await house.submit(await house.chat(), 'Hello', { model })
    await house.until(
      'run.changed',
      ({ run }) => run.run_id === stopped.run.run_id && run.progress === 'waiting_for_provider',
    )
    await house.ask('runs.cancel', { run_id: stopped.run.run_id })
    expect((await house.ask('costs.report', {})).total).toMatchObject({ runs: 1, unavailable_runs: 1 })
  })
})

describe('the limit', () => {
  test('refuses what is new once it is reached, tells, and lets go when it is raised', async () => {
    await open()
    const session = await house.chat()
    expect(await house.ask('costs.spending', {})).toMatchObject({ limit: null, spent_usd: 0 })
    const limit = { period: 'day', usd: 0.005 } as const
    expect((await house.ask('costs.setLimit', { limit })).limit).toEqual(limit)
    const spent = (await spend(session)).receipt?.cost.usd ?? 0
    expect(spent).toBeGreaterThan(limit.usd)
    const told = house.events.flatMap((event) => (event.type === 'spending.changed' ? [event.spending] : []))
    expect(told.map((one) => one.spent_usd)).toEqual([0, spent])

    const asked = house.provider.requests.length
    const refused = await house.refused('sessions.submitRun', {
      session_id: session,
      idempotency_key: 'k',
      content: 'More',
    })
    expect(refused).toMatchObject({
      code: 'spending_limit_reached',
      period: 'day',
      limit_usd: 0.005,
      spent_usd: spent,
      resets_at_ms: told[1]?.resets_at_ms,
    })
    const { runs } = await house.ask('runs.list', { session_id: session })
    expect(runs).toHaveLength(1)
    expect(
      await house.refused('runs.retry', { run_id: runs[0]!.run_id, idempotency_key: 'r' }),
    ).toMatchObject({ code: 'spending_limit_reached' })
    expect(house.provider.requests).toHaveLength(asked)

    await house.restart()
    expect((await house.ask('costs.spending', {})).spent_usd).toBe(spent)
    await house.ask('costs.setLimit', { limit: null })
    expect((await house.until('spending.changed')).spending.limit).toBeNull()
    expect((await spend(session)).status).toBe('completed')
  })

  test('leaves what runs alone, and fails what waits, with its message in the chat', async () => {
    await open()
    await spend(await house.chat())
    house.provider.faults.add([{ text: 'one two three four', after_chunks: 2, ending: 'stall' }])
    const session = await house.chat()
    const [first, ...waiting] = [
      await house.submit(session, 'one', { model }),
      await house.submit(session, 'two', { model }),
      await house.submit(session, 'three', { model }),
    ]
    await house.until('run.grew', (event) => event.run_id === first.run.run_id)
    await house.ask('costs.setLimit', { limit: { period: 'month', usd: 0.001 } })
    expect((await house.ask('runs.get', { run_id: first.run.run_id })).status).toBe('running')
    await house.ask('runs.cancel', { run_id: first.run.run_id })
    for (const { run } of waiting) {
      expect((await ended(run.run_id)).run).toMatchObject({
        status: 'failed',
        error: { code: 'spending_limit_reached', period: 'month' },
      })
    }
    const { messages } = await house.ask('sessions.transcript', { session_id: session })
    expect(messages.filter((message) => message.role === 'user').map(textIn)).toEqual(['one', 'two', 'three'])
    expect(house.provider.requests.filter((one) => one.path.endsWith('/chat/completions'))).toHaveLength(2)
    // What was never sent is on no bill.
    expect((await house.ask('costs.report', {})).total.runs).toBe(2)
  })

  test('begins anew with the day of this computer', async () => {
    const clock = fakeClock(Date.UTC(2026, 10, 23, 12))
    await open({ ports: { clock, timeZone: () => 'America/New_York' } })
    await house.ask('costs.setLimit', { limit: { period: 'day', usd: 0.001 } })
    const session = await house.chat()
    await spend(session)
    const full = await house.ask('costs.spending', {})
    expect(new Date(full.resets_at_ms).toISOString()).toBe('2026-11-24T05:00:00.000Z')
    await clock.advance(full.resets_at_ms - clock.now() - 1)
    expect((await house.ask('costs.spending', {})).spent_usd).toBe(full.spent_usd)
    await clock.advance(1)
    expect(await house.ask('costs.spending', {})).toMatchObject({
      spent_usd: 0,
      period_started_at_ms: full.resets_at_ms,
    })
    expect((await spend(session)).status).toBe('completed')
  })
})
