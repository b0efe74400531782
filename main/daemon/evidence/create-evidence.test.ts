import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createScrubber } from '../core/redaction/scrub'
import { fakeClock } from '../ports/clock.fake'
import type { AttemptCapture } from '../ports/evidence'
import type { Keyring } from '../ports/keyring'
import { fakeLog } from '../ports/log.fake'
import type { RunRecord, SecretRecord } from '../ports/store'
import { evidenceFor, keepRetention } from '../runtime/retention'
import { aRun, memoryStore, runId, sessionId } from '../store/sample'
import { systemDigest } from '../system/hash'
import { createEvidence } from './create-evidence'
import { evidenceSlot } from './evidence-key'

let folder: string
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'kheish-evidence-')), 'evidence')
})
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }))

/** One slot, in memory. */
function fakeKeyring() {
  let held: { readonly record: SecretRecord; readonly secret: string | null } | undefined
  const keyring: Pick<Keyring, 'find' | 'read' | 'write'> = {
    find: () => held && { ...held.record, where: 'keychain' },
    read: async () => held?.secret ?? null,
    write: async (record, secret) => {
      held = { record, secret }
    },
  }
  const become = (secret: string | null, updated_at_ms = 7): void => {
    const record = {
      slot_id: evidenceSlot,
      provider: 'generic',
      mode: 'opaque_secret',
      updated_at_ms,
    } as const
    held = { record, secret }
  }
  return { keyring, become, forget: () => void (held = undefined), secret: () => held?.secret }
}

async function setUp(limit?: number) {
  const store = memoryStore()
  store.sessions.create({ session_id: sessionId('s1'), title: '', at_ms: 1 })
  const clock = fakeClock()
  const log = fakeLog()
  const scrubber = createScrubber(systemDigest)
  const slot = fakeKeyring()
  const make = () =>
    createEvidence({
      folder,
      store,
      keyring: slot.keyring,
      clock,
      log,
      rules: scrubber.transcript,
      digest: systemDigest,
      resolve: () => ({ route_id: 'openrouter' }),
      ...(limit === undefined ? {} : { limit }),
    })
  const evidence = make()
  const setLevel = (debug_level: 'off' | 'on' | 'redacted' | 'full', debug_encrypt = false) => {
    const old = store.runtime.get()
    store.runtime.put({ ...old, debug_level, debug_encrypt, revision: old.revision + 1 }, old.revision)
  }
  setLevel('full')
  const begin = (id: string, more: Partial<RunRecord> = {}): RunRecord => {
    const run = aRun(id, { status: 'running', debug_level: evidence.levelNow(), ...more })
    store.runs.add(run)
    return run
  }
  const end = (run: RunRecord): void => {
    const at = clock.now()
    store.runs.update(run.run_id, { status: 'completed', finished_at_ms: at, updated_at_ms: at })
  }
  return { store, clock, log, scrubber, slot, make, evidence, setLevel, begin, end }
}

const turn = { model: 'a/b', system: '', history: [], generation: {}, session_id: 's1' }
const eventsId = 'turn-0001-attempt-0001-provider-events'
const said = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`
const receipt = { route_id: 'openrouter', model: 'a/b', cost: { basis: 'unavailable' } } as const

function talk(attempt: AttemptCapture | undefined, words: readonly string[]): void {
  attempt?.asked({ method: 'POST', url: 'https://u:p@host/api?q=1', headers: {}, body: { messages: words } })
  attempt?.answered({ status: 200, headers: { 'content-type': 'text/event-stream', 'set-cookie': 'a=b' } })
  for (const word of words) attempt?.streamed(said(word))
  attempt?.ended({ how: 'closed', parts: () => [{ kind: 'text', text: words.join('') }], receipt })
}

async function keepOne(
  { evidence, begin }: Awaited<ReturnType<typeof setUp>>,
  id: string,
  words = ['Hello', ' you'],
) {
  const run = begin(id)
  const capture = await evidence.open(run)
  talk(capture?.attempt(turn), words)
  return run
}
const damaged = { fault: { code: 'run_debug_artifact_unreadable' } }

describe('what is kept', () => {
  test('can be read while it grows and after its end; addresses and headers are clean', async () => {
    const house = await setUp()
    const run = house.begin('run_a')
    const attempt = (await house.evidence.open(run))?.attempt(turn)
    attempt?.asked({ method: 'POST', url: 'https://u:p@host/api?q=1', headers: {} })
    attempt?.answered({ status: 200, headers: { 'set-cookie': 'a=b', date: 'now' } })
    attempt?.streamed(said('Hello'))
    const growing = await house.evidence.read(run.run_id, eventsId)
    expect(growing.body.split('\n')).toHaveLength(2)
    attempt?.ended({ how: 'closed', parts: () => [], receipt })
    const ended = await house.evidence.list(run.run_id)
    expect(ended.find((each) => each.artifact_id === eventsId)?.sha256).toBe(growing.artifact.sha256)
    const sent = await house.evidence.read(run.run_id, 'turn-0001-attempt-0001-provider-request')
    expect(JSON.parse(sent.body)).toMatchObject({ url: 'https://host/api' })
    const answered = await house.evidence.read(run.run_id, 'turn-0001-attempt-0001-provider-response')
    expect(JSON.parse(answered.body)).toMatchObject({
      status: 200,
      headers: { 'set-cookie': '[redacted]', date: 'now' },
      events: 1,
      ended: 'closed',
    })
    await expect(house.evidence.read(run.run_id, 'ghost')).rejects.toMatchObject({
      fault: { code: 'run_debug_artifact_not_found' },
    })
  })

  test('has an end: longer pieces are cut and say so', async () => {
    const house = await setUp(2_000)
    const run = await keepOne(
      house,
      'run_a',
      Array.from({ length: 100 }, (_, at) => `word ${at} and ${'more '.repeat(6)}`),
    )
    const artifacts = await house.evidence.list(run.run_id)
    for (const kind of ['provider-events', 'model-response', 'provider-request']) {
      const cut = artifacts.find((each) => each.artifact_id.endsWith(kind))
      expect(cut).toMatchObject({ truncated: true })
      expect(cut?.plaintext_bytes).toBeLessThanOrEqual(2_000)
      if (kind === 'provider-events') expect(cut?.original_bytes).toBeGreaterThan(10_000)
      await house.evidence.read(run.run_id, cut?.artifact_id ?? '')
    }
  })

  test('that was changed on disk is not shown', async () => {
    const house = await setUp()
    const run = await keepOne(house, 'run_a')
    const file = join(folder, 'run_a', `${eventsId}.jsonl`)
    const whole = await readFile(file, 'utf8')
    for (const changed of [whole.replace('Hello', 'Hullo'), whole.slice(0, -10), `${whole}{}\n`, '']) {
      await writeFile(file, changed)
      await expect(house.evidence.read(run.run_id, eventsId)).rejects.toMatchObject(damaged)
    }
    await rm(file)
    await expect(house.evidence.read(run.run_id, eventsId)).rejects.toMatchObject(damaged)
    await writeFile(file, whole)
    await house.evidence.read(run.run_id, eventsId)
  })

  test('and was cut off by a kill is shown up to its last whole line, unless a line was changed', async () => {
    const house = await setUp()
    const run = house.begin('run_a')
    const attempt = (await house.evidence.open(run))?.attempt(turn)
    attempt?.answered({ status: 200, headers: {} })
    for (const word of ['one', 'two', 'three']) attempt?.streamed(said(word))
    const file = join(folder, 'run_a', `${eventsId}.jsonl`)
    await appendFile(file, '{"n":4,"at_ms":3,"raw":"da')
    const kept = await house.make().read(run.run_id, eventsId)
    expect(kept.body.trim().split('\n')).toHaveLength(3)
    await writeFile(file, (await readFile(file, 'utf8')).replace('two', 'TWO'))
    await expect(house.make().read(run.run_id, eventsId)).rejects.toMatchObject(damaged)
  })
})

describe('of pictures', () => {
  const summary = {
    is: 'request',
    model: 'a/painter',
    path: 'images',
    modalities: ['image'],
    config: { size: '1024x1024' },
    prompt_length: 21,
    image_count: 1,
  } as const
  const id = 'openrouter-image-provider-request'

  test.each(['on', 'redacted', 'full'] as const)(
    'the same is kept at level %s, and each order has its own',
    async (level) => {
      const house = await setUp()
      house.setLevel(level)
      const run = house.begin('run_a')
      const capture = await house.evidence.open(run)
      capture?.media(id, { ...summary, prompt: 'draw the secret house' } as typeof summary)
      const again = await house.evidence.open(run)
      again?.media(id, { ...summary, image_count: 2 })
      again?.media('openrouter-image-provider-response', {
        is: 'response',
        model: 'a/painter',
        choice_count: 1,
        image_count: 1,
        text_length: 0,
      })
      const { is: _, ...kept } = summary
      expect(JSON.parse((await house.evidence.read(run.run_id, id)).body)).toEqual(kept)
      const ids = (await house.evidence.list(run.run_id)).map(({ artifact_id }) => artifact_id)
      const second = ids.find((each) => each.startsWith(`${id}-`))
      expect(second).toMatch(/-\d+$/)
      expect(JSON.parse((await house.evidence.read(run.run_id, second ?? '')).body)).toMatchObject({
        image_count: 2,
      })
      expect(ids.filter((each) => each === 'route-resolution')).toHaveLength(1)
      expect(ids).toContain('openrouter-image-provider-response')
      expect(JSON.stringify(house.log.lines)).not.toContain('evidence lost')
    },
  )

  test('nothing is kept at level off', async () => {
    const house = await setUp()
    house.setLevel('off')
    expect(await house.evidence.open(house.begin('run_a'))).toBeUndefined()
  })
})

describe('a disk that refuses', () => {
  test('costs the evidence at any moment, and nothing else', async () => {
    const house = await setUp()
    await writeFile(folder, 'a file where the folder should be')
    await keepOne(house, 'run_a')
    await rm(folder)
    await mkdir(join(folder, 'run_b'), { recursive: true })
    await symlink('/dev/full', join(folder, 'run_b', `${eventsId}.jsonl`))
    const run = await keepOne(house, 'run_b')
    expect(house.log.lines.filter((line) => line.tag === 'evidence lost').map((line) => line.facts)).toEqual([
      { run_id: 'run_a', code: 'ENOTDIR' },
      { run_id: 'run_b', code: 'ENOSPC' },
    ])
    const { body } = await house.evidence.read(run.run_id, 'turn-0001-attempt-0001-provider-request')
    expect(body).toContain('"method":"POST"')
  })
})

describe('encrypted', () => {
  test('with a key of its own that the daemon makes; bytes on disk say nothing', async () => {
    const house = await setUp()
    house.setLevel('full', true)
    await house.evidence.provideKey()
    const run = await keepOne(house, 'run_a', ['A nightingale', ' sings'])
    const artifacts = await house.evidence.list(run.run_id)
    expect(artifacts.length).toBe(6)
    for (const { artifact_id, encrypted, bytes, plaintext_bytes } of artifacts) {
      expect(encrypted).toBe(true)
      expect(bytes).toBeGreaterThan(plaintext_bytes)
      const file = (await readdir(join(folder, 'run_a'))).find((name) => name.startsWith(`${artifact_id}.`))
      expect(file).toMatch(/\.enc$/)
      const onDisk = await readFile(join(folder, 'run_a', file ?? ''), 'latin1')
      expect(onDisk).not.toContain('nightingale')
      expect(onDisk).not.toContain('content')
    }
    expect((await house.make().read(run.run_id, eventsId)).body).toContain('nightingale')
  })

  test('nothing is kept while the key is missing, damaged or refused, and what was kept is unreadable', async () => {
    const house = await setUp()
    house.setLevel('full', true)
    await house.evidence.provideKey()
    const key = house.slot.secret() ?? ''
    const run = await keepOne(house, 'run_a')
    for (const broken of [null, '', 'c2hvcnQ=', `${key}x`]) {
      house.slot.become(broken)
      const evidence = house.make()
      await evidence.look()
      expect(evidence.state()).toEqual({ level: 'full', encrypted: true, blocked: 'key_invalid' })
      expect(evidence.levelNow()).toBe('off')
      await expect(evidence.provideKey()).rejects.toMatchObject({
        fault: { code: 'debug_capture_key_invalid' },
      })
      await expect(evidence.read(run.run_id, eventsId)).rejects.toMatchObject(damaged)
      expect(await evidence.list(run.run_id)).toHaveLength(6)
    }
    house.slot.become(key)
    const mended = house.make()
    await mended.look()
    expect(mended.levelNow()).toBe('full')
    await mended.read(run.run_id, eventsId)
    house.setLevel('full', false)
    house.slot.become(null)
    expect(house.make().levelNow()).toBe('full')
  })

  test('a key that was deleted or replaced is not used any more', async () => {
    const house = await setUp()
    house.setLevel('full', true)
    await house.evidence.provideKey()
    const run = await keepOne(house, 'run_a')
    house.slot.forget()
    await house.clock.advance(1)
    await expect(house.evidence.read(run.run_id, eventsId)).rejects.toMatchObject(damaged)
    expect(await house.evidence.open(house.begin('run_b', { debug_level: 'full' }))).toBeUndefined()
    await house.evidence.provideKey()
    await expect(house.evidence.read(run.run_id, eventsId)).rejects.toMatchObject(damaged)
    await keepOne(house, 'run_c')
    await house.evidence.read(runId('run_c'), eventsId)
  })

  test('a file that was changed, cut or swapped with another is not shown', async () => {
    const house = await setUp()
    house.setLevel('full', true)
    await house.evidence.provideKey()
    const run = await keepOne(house, 'run_a')
    await keepOne(house, 'run_b')
    const file = join(folder, 'run_a', `${eventsId}.jsonl.enc`)
    const whole = await readFile(file)
    const flipped = Buffer.from(whole)
    flipped[100] = (flipped[100] ?? 0) ^ 1
    const other = await readFile(join(folder, 'run_b', `${eventsId}.jsonl.enc`))
    for (const changed of [flipped, whole.subarray(0, -1), whole.subarray(0, 30), other, Buffer.alloc(0)]) {
      await writeFile(file, changed)
      await expect(house.evidence.read(run.run_id, eventsId)).rejects.toMatchObject(damaged)
    }
  })
})

describe('retention', () => {
  test('takes what ended seven days ago, never what lives, and only evidence', async () => {
    const house = await setUp()
    const { clock, evidence, log, store } = house
    const old = await keepOne(house, 'run_old')
    const live = await keepOne(house, 'run_live')
    house.end(old)
    const undo = keepRetention({
      evidence,
      clock,
      log,
      inBackground: (work) => void work.catch(log.surprise),
    })
    const kept = async () => (await readdir(folder)).toSorted()
    await clock.advance(evidenceFor - 1)
    const young = await keepOne(house, 'run_young')
    house.end(young)
    expect(await kept()).toEqual(['run_live', 'run_old', 'run_young'])
    await clock.advance(12 * 60 * 60_000)
    await expect.poll(kept).toEqual(['run_live', 'run_young'])
    expect(await evidence.list(old.run_id)).toEqual([])
    expect(store.runs.get(old.run_id)).toMatchObject({ status: 'completed' })
    expect(await evidence.list(live.run_id)).toHaveLength(6)
    undo()
    expect(clock.waiting()).toBe(0)
  })

  test('asked for, it says what it freed and stops at the number', async () => {
    const house = await setUp()
    for (const id of ['run_a', 'run_b', 'run_c']) house.end(await keepOne(house, id))
    await house.clock.advance(10)
    const size = async (id: string) => {
      const names = await readdir(join(folder, id))
      const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, id, name))).size))
      return sizes.reduce((sum, each) => sum + each, 0)
    }
    const bytes = (await size('run_a')) + (await size('run_b'))
    expect(await house.evidence.prune(house.clock.now(), 2)).toEqual({ pruned_runs: 2, pruned_bytes: bytes })
    expect(await readdir(folder)).toEqual(['run_c'])
  })

  test('a chat that is gone for good takes its evidence along; a stray folder goes, too', async () => {
    const house = await setUp()
    const run = await keepOne(house, 'run_a')
    house.end(run)
    await mkdir(join(folder, 'run_stray'))
    house.store.sessions.markDeleted(sessionId('s1'), 5)
    await house.evidence.sweep()
    expect(await readdir(folder)).toEqual(['run_a'])
    house.store.sessions.purgeDeleted(10)
    await house.evidence.sweep()
    expect(await readdir(folder)).toEqual([])
  })

  test('everything goes when everything has to', async () => {
    const house = await setUp()
    await keepOne(house, 'run_a')
    await house.evidence.removeAll()
    await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' })
    expect(await house.evidence.list(runId('run_a'))).toEqual([])
  })
})
