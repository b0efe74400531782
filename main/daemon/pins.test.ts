import { afterEach, describe, expect, test } from 'vitest'
import type { House, HouseOptions } from './testing'
import { openHouse, textIn } from './testing'

let house: House
const open = async (options?: HouseOptions) => {
  house = await openHouse(options)
  return house
}
afterEach(() => house.close())

async function answerTo(extras: object) {
  const { run } = await house.submit(await house.chat(), 'Hello', extras)
  return house.until('run.ended', (event) => event.run.run_id === run.run_id)
}
const only = (...slugs: string[]) => ({ provider_preferences: { only: slugs } })

describe('a pinned run', () => {
  test('says who was asked and who answered', async () => {
    await open()
    const { run } = await answerTo({
      model: 'anthropic/claude-sonnet-4.6',
      ...only('google-vertex'),
      fallback_models: ['openai/gpt-4o'],
    })
    expect(run).toMatchObject({
      status: 'completed',
      receipt: {
        model: 'anthropic/claude-sonnet-4.6',
        served_model: 'anthropic/claude-sonnet-4.6',
        // Its name does not look like its slug; only the provider's list tells.
        served_provider: 'Google',
        asked_providers: ['google-vertex'],
        asked_fallback_models: ['openai/gpt-4o'],
        pin: 'honoured',
      },
    })
  })

  test('of nothing but its model has nothing more to say', async () => {
    await open()
    const { run } = await answerTo({})
    expect(run.receipt).not.toHaveProperty('pin')
    expect(run.receipt).not.toHaveProperty('asked_providers')
  })

  test.each([
    ['only', only('openai')],
    ['order without fallbacks', { provider_preferences: { order: ['openai'], allow_fallbacks: false } }],
  ])('by %s that somebody else serves is stopped at once, and what came is kept', async (_how, extras) => {
    await open({
      // Some text, then silence: it is not the provider that ends it.
      script: [
        {
          serve_as: { provider: 'DeepInfra' },
          text: 'One two three four',
          after_chunks: 3,
          ending: 'stall',
          tokens_per_second: 5,
        },
      ],
    })
    const { run, message } = await answerTo(extras)
    expect(run).toMatchObject({
      status: 'failed',
      error: { code: 'pin_not_honoured', pinned: 'provider', asked: ['openai'], served: 'DeepInfra' },
      receipt: { served_provider: 'DeepInfra', pin: 'not_honoured' },
    })
    expect(textIn(message)).toMatch(/^One /)
    const request = house.provider.requests.find((one) => one.path.endsWith('/chat/completions'))
    await expect.poll(() => request?.ended).toBe('aborted')
    // It may have cost money: looked up as after every stop.
    const settled = await house.until(
      'message.changed',
      (event) => event.message.receipt?.cost.basis === 'reported',
    )
    expect(settled.message.fault?.code).toBe('pin_not_honoured')
    const { rows } = await house.ask('costs.report', { group_by: 'model' })
    expect(rows[0]).toMatchObject({ runs: 1, unavailable_runs: 0 })
  })

  test('served by an upstream that cannot be told is let be, and the receipt says so', async () => {
    await open({ script: [{ serve_as: { provider: 'A New House' } }, { serve_as: { provider: null } }] })
    for (const served of ['A New House', undefined]) {
      const { run } = await answerTo(only('openai'))
      expect([run.status, run.receipt?.served_provider, run.receipt?.pin]).toEqual([
        'completed',
        served,
        'undecided',
      ])
    }
  })

  test('learns who serves where nobody has looked yet, and does without where there is no list', async () => {
    await open({
      script: [
        { on: 'providers', status: 404, body: {}, times: 20 },
        { serve_as: { provider: 'DeepInfra' } },
      ],
    })
    expect((await answerTo(only('openai'))).run).toMatchObject({
      status: 'completed',
      receipt: { pin: 'undecided' },
    })
    house.provider.faults.clear()
    house.provider.faults.add([{ serve_as: { provider: 'DeepInfra' } }])
    expect((await answerTo(only('openai'))).run).toMatchObject({
      status: 'failed',
      receipt: { pin: 'not_honoured' },
    })
  })

  test('refuses another model of the catalogue, and takes its own under a dated name', async () => {
    await open({
      script: [
        { serve_as: { model: 'openai/gpt-4o' } },
        { serve_as: { model: 'openai/gpt-5.4-mini-2026-03-01' } },
        { serve_as: { model: 'openai/gpt-4o' } },
      ],
    })
    await house.ask('models.refresh', {})
    expect((await answerTo({})).run).toMatchObject({
      status: 'failed',
      error: { code: 'pin_not_honoured', pinned: 'model', served: 'openai/gpt-4o' },
    })
    expect((await answerTo({})).run.status).toBe('completed')
    expect((await answerTo({ fallback_models: ['openai/gpt-4o'] })).run.status).toBe('completed')
  })

  test.each(['openrouter/auto', '~anthropic/claude-opus-latest'])('takes what %s chooses', async (model) => {
    await open()
    await house.ask('models.refresh', {})
    const { run } = await answerTo({ model })
    expect(run.status).toBe('completed')
    expect(run.receipt?.served_model).not.toBe(model)
  })
})

describe('fallback models', () => {
  test('stand in on the same route, and the bill is theirs', async () => {
    await open({ script: [{ failing_models: ['openai/gpt-5.4-mini'] }] })
    const { run } = await answerTo({ fallback_models: ['openai/gpt-4o-mini', 'openai/gpt-4o'] })
    expect(run).toMatchObject({ status: 'completed', receipt: { served_model: 'openai/gpt-4o-mini' } })
    const { rows } = await house.ask('costs.report', { group_by: 'model' })
    expect(rows.map((row) => row.key)).toEqual(['openai/gpt-4o-mini'])
  })

  test('that nobody may serve leave the provider’s word, with what excluded it', async () => {
    await open()
    const { run } = await answerTo({ provider_preferences: { only: ['openai'], zdr: true } })
    expect(run).toMatchObject({
      status: 'failed',
      error: { code: 'provider_error', kind: 'no_endpoint', excluded_by: ['data_policy:zdr'] },
    })
    expect((await house.ask('costs.report', {})).total.runs).toBe(0)
  })
})
