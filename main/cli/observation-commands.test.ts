import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { wav } from '../daemon/core/media-types/samples.fake'
import { openDesktop, type Desktop } from './testing'

let desktop: Desktop
beforeEach(async () => void (desktop = await openDesktop()))
afterEach(() => desktop.close())

test('a source is made, delivers, and a model is asked about it; no token is ever shown', async () => {
  await desktop.ready()
  const end = await desktop.serve()
  const token = 'hush-hush-4711'
  const env = { TOKEN: token }
  const said: string[] = []
  const kheish = async (words: string, given: Parameters<Desktop['kheish']>[1] = {}) => {
    const answer = await desktop.kheish(words, given)
    said.push(answer.out, answer.err)
    return answer
  }
  const made = await kheish('sources create desk --kind microphone_segment --name Desk~mic --token-stdin', {
    input: `${token}\n`,
  })
  expect(made).toMatchObject({ code: 0, err: '' })
  expect(made.out).toMatch(/source +desk\n.*name +Desk mic\n/)
  expect((await kheish('sources create x --kind microphone_segment --name x')).code).toBe(2)

  await writeFile(join(desktop.root, 'take.wav'), wav())
  const ingest = 'observations ingest desk take.wav --stream talk --seq 1 --token-from-env TOKEN'
  const { out } = await kheish(`${ingest} --text Hello --metadata {"note":"x"} --json`, { env })
  const { observation_id, idempotency_key } = JSON.parse(out) as Record<string, string>
  expect(idempotency_key).toMatch(/^file-[0-9a-f]{64}$/)
  // The same file again delivers nothing new, another text is something else.
  expect(
    JSON.parse((await kheish(`${ingest} --text Hello --metadata {"note":"x"} --json`, { env })).out),
  ).toEqual(JSON.parse(out))
  expect((await kheish(ingest, { env })).code).toBe(6)
  expect((await kheish(ingest, { env: { TOKEN: 'wrong' } })).code).toBe(4)
  expect((await kheish('observations list --source desk')).out).toContain(observation_id)
  expect((await kheish(`observations get ${observation_id ?? ''}`)).out).toMatch(/stream +talk\n/)

  await kheish('sessions create --session notes --title Notes')
  const ask = 'observations materialize notes What~was~said? --source desk --stream talk'
  const run = (await kheish(ask)).out.trim()
  expect(run).toMatch(/^run_/)
  await expect.poll(async () => (await kheish(`runs get ${run} --json`)).out).toContain('"completed"')
  expect((await kheish('sessions transcript notes')).out).toMatch(
    /\[microphone_segment from desk, .*: take\.wav\]\nWhat was said\?/,
  )
  expect((await kheish('observations materialize notes x')).code).toBe(2)

  expect((await kheish('sources pause desk')).out).toMatch(/status +paused/)
  expect((await kheish('sources rotate-token desk --token-from-env TOKEN --grace 1h', { env })).code).toBe(0)
  expect((await kheish('sources audit desk')).out).toMatch(/token_rotated/)
  expect((await kheish('sources delete desk')).out).toBe('deleted desk\n')
  expect((await kheish('sources get desk')).code).toBe(5)
  expect(said.join('')).not.toContain('4711')
  await end()
})
