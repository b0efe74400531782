import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildEntries } from '../build-entries.suite'

const project = resolve(import.meta.dirname, '../../..')
const daemon = resolve(import.meta.dirname, '..')
let folder: string

/**
 * One life of the room on a state root, with real files and a source that keeps few captures and removes what is purged:
 * it says what it finds, then takes captures in until it is killed. With keys it only finishes: it sends them again.
 */
const life = `
  import { createHash, randomInt } from 'node:crypto'
  import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs'
  import { join } from 'node:path'
  import { createAssets } from '${daemon}/assets/create-assets.ts'
  import { createFileDigest } from '${daemon}/assets/hash/create-file-digest.ts'
  import { wavOf } from '${daemon}/core/observations/wav-of.ts'
  import { readSource } from '${daemon}/core/observations/read-source.ts'
  import { createObservations } from '${daemon}/observations/create-observations.ts'
  import { openStore } from '${daemon}/store/open-store.ts'
  import { systemHash } from '${daemon}/system/hash.ts'
  import { systemIds } from '${daemon}/system/ids.ts'
  const [root, last] = process.argv.slice(2)
  const say = (line) => writeSync(1, JSON.stringify(line) + '\\n')
  const soon = () => new Promise((go) => setImmediate(go))
  const clock = { now: Date.now, sleep: soon, after: () => () => undefined }
  const digest = (bytes) => createHash('sha256').update(bytes).digest('hex')
  const make = (path, bytes, media_type) => {
    const file = openSync(path, 'w')
    writeSync(file, bytes)
    fsyncSync(file)
    closeSync(file)
    return { path, media_type, sha256: digest(bytes), byte_length: bytes.length }
  }
  const media = {
    close: async () => undefined,
    process: async ({ source, out }) => {
      const bytes = readFileSync(source)
      await soon()
      const media_type = bytes.subarray(0, 4).toString() === 'RIFF' ? 'audio/wav' : 'text/plain'
      const made = { raw: make(join(out, 'raw'), bytes, media_type), source_media_type: media_type, source_byte_length: bytes.length }
      return media_type === 'audio/wav' ? made : { ...made, text: { ...make(join(out, 'text'), bytes, media_type), is_cut: false } }
    },
  }
  const store = openStore({ file: root + '/kheish.sqlite', now: Date.now, newRootId: () => 'root' })
  const work = new Set()
  const inBackground = (each) => { work.add(each); void each.finally(() => work.delete(each)) }
  const on = { store, clock, media, digest: createFileDigest(undefined), ids: systemIds, hash: systemHash, publish: () => undefined, refusal: () => undefined, inBackground }
  const assets = createAssets({ ...on, folder: root + '/assets' })
  await assets.look()
  const room = createObservations({ ...on, assets: assets.door, assetUpkeep: assets.upkeep })
  const source_id = 'desk'
  if (!store.observations.source(source_id)) store.observations.putSource({
    source_id,
    ...readSource({ display_name: 'Desk', kind: 'microphone_segment', max_active_observations: 12, ingest_rate_limit_burst: 1e9, purge_raw_on_retention: true }),
    status: 'active', upload_token_version: 1, token_sha256: systemHash('token', 'hex'), created_at_ms: 1, updated_at_ms: 1,
  })
  const rows = () => store.observations.list({ source_id, include_purged: true, limit: 1e6 })
  // Some have the same sound, and some of those a text of their own.
  const placeOf = (key) => parseInt(systemHash(key, 'hex').slice(0, 6), 16)
  const soundOf = (key) => wavOf(Buffer.alloc(2 + 2 * (placeOf(key) % 30) * 400, placeOf(key) % 200), 16000)
  const textOf = (key) => (placeOf(key) % 3 === 0 ? { canonical_text: 'text ' + (placeOf(key) % 5) } : {})
  function wrongNow() {
    const wrong = []
    const keys = new Set()
    for (const { idempotency_key: key, retention_state, asset_id, canonical_text_asset_id: text } of rows()) {
      if (keys.has(key)) wrong.push(key + ' is there twice')
      keys.add(key)
      if (retention_state === 'purged') continue
      for (const id of text ? [asset_id, text] : [asset_id]) {
        const sha256 = store.assets.get(id)?.raw.sha256
        if (!sha256) { wrong.push(key + ' names what is gone'); continue }
        const bytes = readFileSync(join(root, 'assets', sha256.slice(0, 2), sha256))
        if (id === asset_id && !bytes.equals(soundOf(key))) wrong.push(key + ' has another sound')
      }
    }
    if (store.assets.unfinishedBurials().length > 0) wrong.push('a burial is unfinished')
    return wrong
  }
  const known = () => rows().map(({ idempotency_key: key, observation_id: id }) => [key, id])
  say({ is: 'ready', wrong: wrongNow(), rows: known() })
  async function send(key) {
    for (;;) {
      try {
        const sent = { source_id, upload_token: 'token', file_name: 'f.wav', media_type: 'audio/wav', bytes: soundOf(key), idempotency_key: key, captured_at_ms: placeOf(key), ...textOf(key) }
        return (await room.ingest(sent)).observation_id
      } catch (error) {
        // The same sound was purged while this one was stored: it says to send it again.
        if (error.fault?.code !== 'asset_not_found') throw error
      }
    }
  }
  const calm = (error) => say({ is: 'ready', wrong: [String(error.stack)], rows: [] })
  if (last) {
    for (const key of JSON.parse(last)) say({ is: 'taken', key, id: await send(key) })
    while (work.size > 0) await Promise.all(work)
    await assets.upkeep.orphans(true)
    const held = new Set(store.assets.page(undefined, 1e6).flatMap(({ raw, text }) => [raw.sha256, ...(text ? [text.sha256] : [])]))
    mkdirSync(root + '/assets', { recursive: true })
    const files = readdirSync(root + '/assets', { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
    const strays = files.filter(({ name }) => !held.has(name)).length
    const unused = store.assets.unused(Date.now() + 1, 1e6).length
    say({ is: 'ready', wrong: wrongNow(), rows: known() })
    say({ is: 'all', strays, unused, active: store.observations.tally(source_id).count })
    await assets.stop()
    store.close()
  } else {
    const mine = known().map(([key]) => key)
    const hand = async () => {
      for (;;) {
        const isRepeat = mine.length > 0 && randomInt(4) === 0
        const key = isRepeat ? mine[randomInt(mine.length)] : systemIds.next('key')
        if (!isRepeat) mine.push(key)
        say({ is: 'sent', key })
        say({ is: 'taken', key, id: await send(key) })
      }
    }
    for (let each = 0; each < 3; each += 1) void hand().catch(calm)
  }
`

beforeAll(async () => {
  await mkdir(join(project, 'test-results'), { recursive: true })
  folder = await mkdtemp(join(project, 'test-results', 'ingest-killed-'))
  await writeFile(join(folder, 'life.mjs'), life)
  await buildEntries(join(folder, 'built'), { life: join(folder, 'life.mjs') })
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

type Said =
  | {
      readonly is: 'ready'
      readonly wrong: readonly string[]
      readonly rows: readonly (readonly [string, string])[]
    }
  | { readonly is: 'sent'; readonly key: string }
  | { readonly is: 'taken'; readonly key: string; readonly id: string }
  | { readonly is: 'all'; readonly strays: number; readonly unused: number; readonly active: number }

interface Heard {
  readonly sent: Set<string>
  readonly taken: Map<string, string>
  readonly wrong: string[]
  all?: Extract<Said, { is: 'all' }>
}

/** One life, killed after so many words and then in the middle of whatever comes next; the last one ends by itself. */
async function live(root: string, heard: Heard, words?: number): Promise<void> {
  const unknown = [...heard.sent].filter((key) => !heard.taken.has(key))
  const given = [
    join(folder, 'built/life.js'),
    root,
    ...(words === undefined ? [JSON.stringify(unknown)] : []),
  ]
  const child = spawn(process.execPath, given, { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = once(child, 'close')
  let left = words ?? Infinity
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said = JSON.parse(line) as Said
    if (said.is === 'sent') heard.sent.add(said.key)
    else if (said.is === 'all') heard.all = said
    else if (said.is === 'taken') {
      const before = heard.taken.get(said.key)
      if (before !== undefined && before !== said.id) heard.wrong.push(`${said.key} was stored twice`)
      heard.taken.set(said.key, said.id)
    } else {
      heard.wrong.push(...said.wrong)
      const rows = new Map(said.rows)
      for (const [key, id] of heard.taken) if (rows.get(key) !== id) heard.wrong.push(`${key} is lost`)
    }
    if (heard.wrong.length > 0) child.kill('SIGKILL')
    if ((left -= 1) === 0) setTimeout(() => child.kill('SIGKILL'), Math.random() * 10)
  })
  await gone
  expect(heard.wrong).toEqual([])
}

/** A process of Electron takes three times as long to start, and what counts is shown by the other. */
const isElectron = process.versions['electron'] !== undefined
const lives = isElectron ? 1 : 8

it('kill -9 while captures are taken in: none that was answered is lost or there twice, and no file is left over', async () => {
  const roots = await Promise.all(
    (isElectron ? [1] : [1, 2]).map((name) => mkdtemp(join(folder, `root-${String(name)}-`))),
  )
  await Promise.all(
    roots.map(async (root) => {
      const heard: Heard = { sent: new Set(), taken: new Map(), wrong: [] }
      for (let at = 0; at < lives; at += 1) await live(root, heard, 2 + Math.floor(Math.random() * 30))
      await live(root, heard)
      expect(heard.taken.size).toBe(heard.sent.size)
      // So few lives may be over before anything: chance decides how long each of them is.
      expect(heard.sent.size).toBeGreaterThan(isElectron ? 0 : lives)
      expect(heard.all).toMatchObject({ strays: 0, unused: 0 })
      expect(heard.all?.active).toBeLessThanOrEqual(12)
    }),
  )
}, 240_000)
