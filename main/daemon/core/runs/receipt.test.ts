import { expect, test } from 'vitest'
import { gatheredFrom, nextRequest, receiptOf, settleReceipt, withToolCost } from './receipt'

const gathered = { route_id: 'openrouter', model: 'a/b', started_at_ms: 1_000 }

test('a reported cost wins; tokens, times and names go along', () => {
  const receipt = receiptOf(
    {
      ...gathered,
      first_token_at_ms: 1_250,
      served_provider: 'P',
      generation_id: 'g',
      finish_reason: 'stop',
      usage: { prompt_tokens: 5, completion_tokens: 2, cost_usd: 0.5 },
    },
    3_000,
    { basis: 'estimated', usd: 9 },
  )
  expect(receipt).toEqual({
    route_id: 'openrouter',
    model: 'a/b',
    served_provider: 'P',
    generation_id: 'g',
    finish_reason: 'stop',
    prompt_tokens: 5,
    completion_tokens: 2,
    cost: { basis: 'reported', usd: 0.5 },
    first_token_ms: 250,
    duration_ms: 2_000,
  })
})

test('without a report the estimate stands, and without that nothing is claimed', () => {
  expect(receiptOf(gathered, 2_000, { basis: 'estimated', usd: 1 }).cost).toEqual({
    basis: 'estimated',
    usd: 1,
  })
  expect(receiptOf(gathered, 2_000)).toEqual({
    route_id: 'openrouter',
    model: 'a/b',
    cost: { basis: 'unavailable' },
    duration_ms: 1_000,
  })
})

test('the generation record turns an estimate into a report once, and fills gaps only', () => {
  const old = { ...receiptOf(gathered, 2_000, { basis: 'estimated', usd: 1 }), prompt_tokens: 4 }
  const settled = settleReceipt(old, { cost_usd: 2, prompt_tokens: 9, served_provider: 'P' })
  expect(settled).toMatchObject({
    cost: { basis: 'reported', usd: 2 },
    prompt_tokens: 4,
    served_provider: 'P',
  })
  expect(settleReceipt(settled, { cost_usd: 3 })).toBe(settled)
  expect(settleReceipt(old, {})).toBe(old)
})

const usage = (cost_usd?: number) => ({
  prompt_tokens: 10,
  completion_tokens: 2,
  ...(cost_usd === undefined ? {} : { cost_usd }),
})
const asked = (first: number | undefined, second: number | undefined, tools?: number) => {
  const one = { ...gathered, generation_id: 'g1', finish_reason: 'tool_calls', usage: usage(first) }
  const paid = tools === undefined ? one : withToolCost(one, tools)
  return {
    ...nextRequest({ ...paid, estimate: { basis: 'estimated' as const, usd: 0.25 } }),
    generation_id: 'g2',
    usage: usage(second),
  }
}

test('tokens and costs of all requests are summed, tools are paid for, the newest is named', () => {
  expect(receiptOf(asked(1, 2, 4), 2_000)).toEqual({
    route_id: 'openrouter',
    model: 'a/b',
    generation_id: 'g2',
    prompt_tokens: 20,
    completion_tokens: 4,
    cost: { basis: 'reported', usd: 7 },
    duration_ms: 1_000,
    turns: 2,
  })
  expect(receiptOf(withToolCost({ ...gathered, usage: usage(1) }, 0.5), 2_000).cost).toEqual({
    basis: 'reported',
    usd: 1.5,
  })
})

test('one request that nobody reported makes the sum an estimate; only the newest can be settled', () => {
  const newest = receiptOf(asked(1, undefined, 4), 2_000, { basis: 'estimated', usd: 0.5 })
  expect(newest).toMatchObject({ cost: { basis: 'estimated', usd: 5.5 }, settled_usd: 5 })
  expect(settleReceipt(newest, { cost_usd: 0.75, prompt_tokens: 3 })).toMatchObject({
    cost: { basis: 'reported', usd: 5.75 },
    prompt_tokens: 20,
  })
  expect(settleReceipt(newest, { cost_usd: 0.75 })).not.toHaveProperty('settled_usd')
  const older = receiptOf(asked(undefined, 2), 2_000)
  expect(older).toMatchObject({ cost: { basis: 'estimated', usd: 2.25 } })
  expect(settleReceipt(older, { cost_usd: 9 })).toBe(older)
})

test.each([
  ['all reported', asked(1, 2, 4)],
  ['the newest open', asked(1, undefined, 4)],
  ['an older one unreported', asked(undefined, 2)],
])('what was written down is where it goes on: %s', (_, before) => {
  const written = receiptOf(before, 2_000)
  const again = receiptOf(gatheredFrom(written, 1_000), 2_000)
  expect(again.cost.usd).toBeCloseTo(written.cost.usd ?? 0, 9)
  expect({ ...again, cost: again.cost.basis }).toEqual({ ...written, cost: written.cost.basis })
})
