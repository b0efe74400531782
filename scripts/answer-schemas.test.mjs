import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { answerSchemas, schemasFile } from './answer-schemas.mjs'

test('the schemas of answers are those of the contract’s types', async () => {
  const isUpToDate = (await answerSchemas()) === readFileSync(schemasFile, 'utf8')
  expect(isUpToDate, 'the contract has changed; run: node scripts/answer-schemas.mjs').toBe(true)
}, 120_000)
