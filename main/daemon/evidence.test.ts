import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { DebugLevel } from '@contract/evidence'
import type { RunId } from '@contract/ids'
import type { Part } from '@contract/message'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { replayEvidence } from './replay-evidence'
import { canary, openHouse, textIn, type House } from './testing'

const folder = join(import.meta.dirname, '../../e2e/recordings')
const recordings = readdirSync(folder).filter((name) => name.endsWith('.sse'))

let house: House
/** What the provider answers next, once; undefined: the demo provider itself. */
let recorded: Buffer | undefined
let refusals = 0
const urlOf = (input: string | URL | Request): string =>
  input instanceof Request ? input.url : input.toString()
const fetchRecorded: typeof globalThis.fetch = async (input, init) => {
  if (refusals > 0 && urlOf(input).endsWith('/chat/completions')) {
    refusals -= 1
    return new Response('{"error":{"code":503,"message":"Busy with the nightingale"}}', {
      status: 503,
      headers: { 'content-type': 'application/json', 'retry-after': '0' },
    })
  }
  if (!recorded || !urlOf(input).endsWith('/chat/completions')) return fetch(input, init)
  const body = new Uint8Array(recorded)
  // What it asks tools for is followed by another turn.
  recorded = undefined
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'x-generation-id': 'gen-1763856000-a1b2c3d4' },
  })
}
beforeEach(async () => {
  recorded = undefined
  house = await openHouse({ ports: { fetch: fetchRecorded } })
})
afterEach(() => house.close())

const setLevel = (level: DebugLevel, encrypt?: boolean) =>
  house.ask('runtime.setDebugLevel', { level, ...(encrypt === undefined ? {} : { encrypt }) })

async function run(content = 'What is the plan?') {
  const { run: made } = await house.submit(await house.chat(), content)
  const { run: ended, message } = await house.until('run.ended', (event) => event.run.run_id === made.run_id)
  return { run_id: ended.run_id, ended, message }
}
const bodyOf = async (run_id: RunId, artifact_id: string) =>
  (await house.ask('runs.debugArtifact', { run_id, artifact_id })).body
const first = (kind: string) => `turn-0001-attempt-0001-${kind}`
const kinds = ['model-request', 'model-response', 'provider-events', 'provider-request', 'provider-response']

describe('levels (contract 15)', () => {
  test('off keeps nothing, and says so', async () => {
    const { run_id } = await run()
    for (const name of ['runs.debug', 'runs.evidence'] as const) {
      expect(await house.refused(name, { run_id })).toMatchObject({
        code: 'run_debug_not_found',
        status: 404,
      })
    }
    expect(readdirSync(house.stateRoot)).not.toContain('evidence')
    expect(await house.refused('runs.debug', { run_id: 'run_ghost' })).toMatchObject({
      code: 'run_not_found',
    })
  })

  test.each(['on', 'redacted', 'full'] as const)(
    '%s keeps what it promises, for the owner only',
    async (level) => {
      expect(await setLevel(level)).toMatchObject({ debug_level: level, debug_capture: { encrypted: false } })
      const { run_id, message } = await run('The prompt is a nightingale')
      const answer = textIn(message)
      const view = await house.ask('runs.debug', { run_id })
      expect(view).toMatchObject({ run_id, level })
      expect(view.artifacts.map((each) => each.artifact_id)).toEqual([
        'route-resolution',
        ...kinds.map(first),
      ])
      for (const artifact of view.artifacts) {
        const read = await house.ask('runs.debugArtifact', { run_id, artifact_id: artifact.artifact_id })
        expect(read.artifact).toEqual(artifact)
        expect(read.artifact.plaintext_bytes).toBe(Buffer.byteLength(read.body))
        expect(artifact).toMatchObject({
          truncated: false,
          encrypted: false,
          bytes: artifact.plaintext_bytes,
        })
      }
      const bodies = await Promise.all(view.artifacts.map((each) => bodyOf(run_id, each.artifact_id)))
      const all = bodies.join('\n')
      expect(all.includes('nightingale')).toBe(level === 'full')
      const word = /[a-z]{7,}/.exec(answer)?.[0] ?? answer
      expect(all.includes(word)).toBe(level === 'full')
      expect(all).not.toContain(canary.slice(9, 29))
      if (level !== 'on') {
        const sent = JSON.parse(await bodyOf(run_id, first('provider-request'))) as object
        expect(sent).toMatchObject({
          method: 'POST',
          url: `${house.provider.prefix}/chat/completions`,
          headers: { authorization: '[redacted]', 'content-type': 'application/json' },
          body: { model: 'openai/gpt-5.4-mini', stream: true },
        })
        expect(JSON.parse(await bodyOf(run_id, 'route-resolution'))).toMatchObject({
          route_id: 'openrouter',
          driver: 'openrouter',
          capabilities: { multimodal_input: true },
        })
      }
      const root = join(house.stateRoot, 'evidence')
      expect(statSync(root).mode & 0o777).toBe(0o700)
      for (const file of readdirSync(root, { recursive: true, withFileTypes: true })) {
        const mode = statSync(join(file.parentPath, file.name)).mode & 0o777
        expect(mode).toBe(file.isDirectory() ? 0o700 : 0o600)
      }
    },
  )

  test('the level is the run’s from its start on, and a stale revision changes nothing', async () => {
    const { config } = await setLevel('full')
    const { run_id } = await run()
    await setLevel('off')
    expect(await house.ask('runs.debug', { run_id })).toMatchObject({ level: 'full' })
    const stale = { level: 'on', expected_revision: config.revision } as const
    expect(await house.refused('runtime.setDebugLevel', stale)).toMatchObject({
      code: 'runtime_revision_conflict',
    })
    expect(await house.ask('runtime.get', {})).toMatchObject({ debug_level: 'off' })
    await house.restart()
    expect(await house.ask('runs.debug', { run_id })).toMatchObject({ level: 'full' })
  })

  test('each attempt has its own', async () => {
    await setLevel('redacted')
    refusals = 1
    const { run_id, ended } = await run()
    expect(ended.status).toBe('completed')
    const { artifacts } = await house.ask('runs.debug', { run_id })
    const ids = artifacts.map((each) => each.artifact_id)
    expect(ids).toContain('turn-0001-attempt-0001-provider-response')
    expect(ids).toContain('turn-0001-attempt-0002-provider-events')
    expect(ids).not.toContain('turn-0001-attempt-0001-provider-events')
    expect(JSON.parse(await bodyOf(run_id, first('provider-response')))).toMatchObject({
      status: 503,
      ended: 'failed',
      fault: { code: 'provider_error' },
    })
  })
})

/** Without what became of the calls afterwards. */
const asSaid = (parts: readonly Part[]): readonly Part[] =>
  parts.map((part) => {
    if (part.kind !== 'tool_call') return part
    const { output: _, facts: __, ...said } = part
    return { ...said, state: 'building' }
  })

describe.each(recordings)('%s', (name) => {
  test('exported at full and read again says the same, byte for byte', async () => {
    recorded = readFileSync(join(folder, name))
    await setLevel('full')
    const { run_id, ended, message } = await run()
    const { text, file_name } = await house.ask('runs.evidence', { run_id })
    expect(file_name).toMatch(/^kheish-run_[\w-]+\.evidence\.json$/)
    const replay = await replayEvidence(text)
    expect(replay.faults).toEqual([])
    expect(replay).toMatchObject({ verified: true, run_id, level: 'full' })
    expect(JSON.stringify(replay.parts)).toBe(JSON.stringify(asSaid(message?.parts ?? [])))
    expect(replay.attempts.map(({ turn }) => turn)).toEqual(name.startsWith('tools-') ? [1, 2] : [1])
    const { duration_ms: _, first_token_ms: __, pin: ___, cost, ...facts } = ended.receipt ?? {}
    if (cost?.basis === 'reported') expect(replay.receipt.cost).toEqual(cost)
    expect(replay.receipt).toMatchObject(facts)
  })
})

describe('a file that was tampered with', () => {
  async function exported(): Promise<string> {
    await setLevel('full')
    const { run_id } = await run()
    return (await house.ask('runs.evidence', { run_id })).text
  }

  test('is refused, and says what is wrong', async () => {
    const text = await exported()
    expect(await replayEvidence(text)).toMatchObject({ verified: true })
    const broken = [
      text.replace('chat.completion.chunk', 'chat.completion.chunk '),
      text.replace(/"at_ms": \d+/, '"at_ms": 987654'),
      text.replace(/"status": 200/, '"status": 201'),
      text.slice(0, -20),
      '{}',
      'null',
      '',
      '{"format":"kheish.evidence/1"}',
    ]
    for (const each of broken) {
      expect(each).not.toBe(text)
      const replay = await replayEvidence(each)
      expect(replay).toMatchObject({ verified: false, parts: [] })
      expect(replay.faults.length).toBeGreaterThan(0)
      for (const fault of replay.faults) expect(fault.code).toBe('evidence_invalid')
    }
  })
})

test('at the lower levels a replay says what it can’t show', async () => {
  for (const [level, sentence] of [
    ['on', /sizes and digests/],
    ['redacted', /words of the conversation/],
  ] as const) {
    await setLevel(level)
    const { run_id, message } = await run('The prompt is a nightingale')
    const { text } = await house.ask('runs.evidence', { run_id })
    const replay = await replayEvidence(text)
    expect(replay).toMatchObject({ verified: true, level })
    expect(replay.withheld.join()).toMatch(sentence)
    expect(text).not.toContain('nightingale')
    expect(JSON.stringify(replay)).not.toContain(textIn(message).slice(0, 12))
  }
})

test('pruning is asked for in positive numbers, and spares what is young or under way', async () => {
  await setLevel('full')
  const { run_id } = await run()
  for (const input of [{ older_than_ms: 0 }, { older_than_ms: -1 }, { limit: 0 }, { limit: -5 }]) {
    expect(await house.refused('runs.prune', input)).toMatchObject({
      code: 'run_retention_invalid_request',
      status: 400,
    })
  }
  expect(await house.ask('runs.prune', {})).toEqual({ pruned_runs: 0, pruned_bytes: 0 })
  await expect
    .poll(() => house.ask('runs.prune', { older_than_ms: 1 }))
    .toMatchObject({ pruned_runs: 1, pruned_bytes: expect.any(Number) as number })
  expect(await house.refused('runs.debug', { run_id })).toMatchObject({ code: 'run_debug_not_found' })
  expect(await house.ask('runs.get', { run_id })).toMatchObject({ status: 'completed' })
})
