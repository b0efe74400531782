import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildEntries } from './build-entries.suite'

const project = resolve(import.meta.dirname, '../..')
const daemon = import.meta.dirname
let folder: string

/**
 * One life of the picture runs on a state root: says how it found every run, then goes on with what waits and submits
 * more until it is killed. Whatever is sent to the provider is said before it goes.
 */
const life = `
  import { randomBytes, randomInt } from 'node:crypto'
  import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
  import { join } from 'node:path'
  import { createAssets } from '${daemon}/assets/create-assets.ts'
  import { createQueue } from '${daemon}/runtime/queue.ts'
  import { recoverRuns } from '${daemon}/runtime/recovery.ts'
  import { openStore } from '${daemon}/store/open-store.ts'
  import { systemClock } from '${daemon}/system/clock.ts'
  import { systemHash } from '${daemon}/system/hash.ts'
  import { systemIds } from '${daemon}/system/ids.ts'
  import { createImageService } from '${daemon}/tools/images/create-image-service.ts'
  const [root, how] = process.argv.slice(2)
  const say = (line) => writeSync(1, JSON.stringify(line) + '\\n')
  const soon = () => new Promise((go) => setTimeout(go, randomInt(6)))
  const store = openStore({ file: root + '/kheish.sqlite', now: Date.now, newRootId: () => 'root' })
  const clock = systemClock
  const ids = systemIds
  const publish = () => undefined
  const media = {
    close: async () => undefined,
    // Kept as it is: what pictures are normalised to is shown elsewhere.
    process: async ({ source, out }) => {
      await soon()
      const { createHash } = await import('node:crypto')
      const { readFileSync } = await import('node:fs')
      const bytes = readFileSync(source)
      const path = join(out, 'raw')
      const file = openSync(path, 'w')
      writeSync(file, bytes)
      fsyncSync(file)
      closeSync(file)
      const raw = { path, media_type: 'image/png', sha256: createHash('sha256').update(bytes).digest('hex'), byte_length: bytes.length }
      return { raw, source_media_type: 'image/png', source_byte_length: bytes.length, width: 1, height: 1 }
    },
  }
  const nothing = () => undefined
  const partials = { show: () => 'asset://partial/x', get: nothing, drop: nothing }
  const assets = createAssets({ folder: root + '/assets', store, media, clock, ids, publish, partials, refusal: nothing, inBackground: nothing })
  const header = () => {
    const bytes = randomBytes(64)
    bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6])
    return bytes
  }
  const driver = {
    makeImages: async (_access, ask) => {
      say({ is: 'sent', prompt: ask.prompt })
      if (how === 'silent') await new Promise(nothing)
      await soon()
      return { images: [{ bytes: header() }], usage: { cost_usd: 0.01 }, generation_id: 'g' }
    },
  }
  const capabilities = { image_generation: true, image_edit: true }
  const table = { default_route: 'r', routes: [{ route_id: 'r', model: 'm/image', capabilities }] }
  const routing = { table: () => table, ready: () => table, find: () => table.routes[0] }
  const lease = async () => (await soon(), { view: () => null, open: () => ({ route_id: 'r', prefix: 'p', key: 'k' }) })
  const evidence = { levelNow: () => 'off', open: async () => undefined }
  const images = createImageService({ store, routing, driver, lease, clock, hash: systemHash, assets: assets.door, contents: assets.contents, regions: {}, evidence })
  const log = { info: nothing, warn: nothing, surprise: (error) => (say({ is: 'wrong', what: String(error.stack) }), 'ref') }
  const spending = { refusal: nothing, changed: nothing }
  const ports = { store, driver, clock, ids, log, publish, lease, spending, evidence, images, partials, contents: assets.contents, blindness: nothing }
  recoverRuns(ports)
  const found = store.runs.list({ limit: 100000 }).map((run) => {
    const message = run.assistant_message_id ? store.messages.get(run.assistant_message_id) : null
    const [call, ...shown] = message?.parts ?? []
    const kept = shown.every((part) => part.kind === 'attachment' && store.assets.get(part.asset.asset_id))
    return { prompt: run.image.prompt, status: run.status, code: run.fault?.code, call: call?.state, outcome: call?.facts?.outcome, shown: shown.length, kept, outputs: store.outputs.of(run.run_id).length, journal: store.calls.of(run.run_id).map((each) => each.state).join() }
  })
  say({ is: 'ready', found })
  const queue = createQueue({ ...ports, mayStart: () => true, ended: (run) => say({ is: 'ended', prompt: run.image.prompt, status: run.status }) })
  queue.resume()
  const session_id = 's'
  store.sessions.create({ session_id, title: '', at_ms: 1 })
  for (;;) {
    const prompt = ids.next('ref')
    const at = Date.now()
    const run = { run_id: ids.next('run'), session_id, kind: 'image', status: 'queued', submitted_at_ms: at, updated_at_ms: at, position: 1, source_kind: 'desktop', route_id: 'r', model: 'm/image', generation: {}, input: [{ kind: 'text', text: prompt }], image: { operation: 'generate', prompt, count: 1, source_asset_ids: [] }, user_message_id: null, assistant_message_id: null, key_hash: prompt, fingerprint: prompt }
    queue.admitImage(run)
    say({ is: 'submitted', prompt })
    await soon()
    if (randomInt(12) === 0) {
      try { queue.cancel(run.run_id) } catch {}
    }
    while (store.runs.counts().queued > 6) await soon()
  }
`

beforeAll(async () => {
  await mkdir(join(project, 'test-results'), { recursive: true })
  folder = await mkdtemp(join(project, 'test-results', 'pictures-killed-'))
  await writeFile(join(folder, 'life.mjs'), life)
  await buildEntries(join(folder, 'built'), { life: join(folder, 'life.mjs') })
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Found {
  readonly prompt: string
  readonly status: string
  readonly code?: string
  readonly call?: string
  readonly outcome?: string
  readonly shown: number
  readonly kept: boolean
  readonly outputs: number
  readonly journal: string
}
type Said =
  | { readonly is: 'ready'; readonly found: readonly Found[] }
  | { readonly is: 'sent' | 'submitted'; readonly prompt: string }
  | { readonly is: 'ended'; readonly prompt: string; readonly status: string }
  | { readonly is: 'wrong'; readonly what: string }

/** What a run may be when a life begins, told by what was heard of it before. */
function mistakeIn(run: Found, wasSent: boolean): string | undefined {
  const { status, code, call, outcome, journal } = run
  const is = `${status} ${code ?? '-'} ${call ?? '-'} ${outcome ?? '-'} ${journal || '-'}`
  const isRight = (
    {
      queued: is === 'queued - - - -' && !wasSent,
      completed: is === 'completed - done - done' && run.shown === 1 && run.outputs === 1 && run.kept,
      cancelled: run.shown === 0,
      interrupted:
        run.shown === 0 &&
        (wasSent
          ? is === 'interrupted outcome_unknown failed unknown failed'
          : is === 'interrupted daemon_restarted failed not_dispatched failed' ||
            // Written down, and killed before it went.
            is === 'interrupted outcome_unknown failed unknown failed'),
    } as Readonly<Record<string, boolean>>
  )[status]
  return isRight
    ? undefined
    : `${run.prompt}: ${is}, ${String(run.shown)} shown, ${wasSent ? 'sent' : 'not sent'}`
}

async function killAgainAndAgain(root: string, lives: number) {
  const sent = new Set<string>()
  const submitted = new Set<string>()
  const ended = new Map<string, string>()
  const wrong: string[] = []
  let states: Record<string, number> = {}
  const look = (found: readonly Found[]) => {
    states = {}
    const there = new Set(found.map(({ prompt }) => prompt))
    for (const prompt of submitted) if (!there.has(prompt)) wrong.push(`${prompt} is lost`)
    for (const run of found) {
      states[run.code ?? run.status] = (states[run.code ?? run.status] ?? 0) + 1
      const before = ended.get(run.prompt)
      if (before !== undefined && before !== run.status) wrong.push(`${run.prompt} was ${before}`)
      const mistake = mistakeIn(run, sent.has(run.prompt))
      if (mistake !== undefined) wrong.push(mistake)
    }
  }
  for (let at = 0; at < lives; at += 1) {
    const isSilent = at === 1
    const how = isSilent ? 'silent' : 'answers'
    const child = spawn(process.execPath, [join(folder, 'built/life.js'), root, how], {
      cwd: project,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const gone = once(child, 'close')
    // A silent one says little: what it is sent is never ended.
    let left = 1 + Math.floor(Math.random() * (isSilent ? 8 : 40))
    // Whatever chance says: the first life sees a picture through, the provider of the second never answers.
    const wanted = at === 0 ? 'completed' : isSilent ? 'sent' : undefined
    let isHeard = wanted === undefined
    let isDying = false
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as Said
      if (said.is === 'ready') look(said.found)
      else if (said.is === 'wrong') wrong.push(said.what)
      else if (said.is === 'ended') ended.set(said.prompt, said.status)
      else if (said.is === 'submitted') submitted.add(said.prompt)
      else if (sent.has(said.prompt)) wrong.push(`${said.prompt} was sent twice`)
      else sent.add(said.prompt)
      isHeard ||= said.is === wanted || (said.is === 'ended' && said.status === wanted)
      // After so many words, and then in the middle of whatever comes next.
      if (wrong.length > 0) child.kill('SIGKILL')
      left -= 1
      if (isHeard && left <= 0 && !isDying) {
        isDying = true
        setTimeout(() => child.kill('SIGKILL'), Math.random() * 15)
      }
    })
    await gone
    expect(wrong).toEqual([])
  }
  return { sent: sent.size, states }
}

/** A process of Electron takes three times as long to start, and what counts is shown by the other. */
const lives = process.versions['electron'] ? 3 : 25

it('kill -9 at fifty random moments: no picture is asked for twice, none is lost, every state is definite', async () => {
  const roots = await Promise.all([1, 2].map((name) => mkdtemp(join(folder, `root-${String(name)}-`))))
  const ends = await Promise.all(roots.map((root) => killAgainAndAgain(root, lives)))
  const all = (state: string) => ends.reduce((sum, { states }) => sum + (states[state] ?? 0), 0)
  expect(ends.reduce((sum, { sent }) => sum + sent, 0)).toBeGreaterThan(lives)
  expect(all('completed')).toBeGreaterThan(lives / 5)
  expect(all('outcome_unknown')).toBeGreaterThan(0)
}, 240_000)
