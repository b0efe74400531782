import { expect, test } from 'vitest'
import { receiptOf, settleReceipt } from './receipt'

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
