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
 * One life on a state root: says what it found of the lives before, then speaks one text after the other until it is
 * killed. Every sound counts up from its text's number, so that a piece of another one would be seen.
 */
const life = `
  import { readdirSync, writeSync } from 'node:fs'
  import { createHash } from 'node:crypto'
  import { createAssets } from '${daemon}/assets/create-assets.ts'
  import { inProcessMediaWorker } from '${daemon}/assets/media/in-process-media-worker.ts'
  import { createFileDigest } from '${daemon}/assets/hash/create-file-digest.ts'
  import { createSpeech } from '${daemon}/audio/create-speech.ts'
  import { openStore } from '${daemon}/store/open-store.ts'
  import { systemClock } from '${daemon}/system/clock.ts'
  import { systemIds } from '${daemon}/system/ids.ts'
  const root = process.argv[2]
  const say = (line) => writeSync(1, JSON.stringify(line) + '\\n')
  const soon = () => new Promise((go) => setTimeout(go, Math.random() * 4))
  const store = openStore({ file: root + '/kheish.sqlite', now: Date.now, newRootId: () => 'root' })
  const clock = systemClock
  const ids = systemIds
  const nothing = () => undefined
  const media = inProcessMediaWorker()
  const owned = createAssets({ folder: root + '/assets', store, media, clock, ids, publish: nothing, partials: {}, digest: createFileDigest(undefined), refusal: nothing, inBackground: nothing })
  const soundOf = (input) => Buffer.alloc(40_000, Number(input.slice(5)) % 251)
  const driver = {
    findGeneration: async () => undefined,
    speak: async (_access, { input }) => {
      await soon()
      return {
        media_type: 'audio/l16', sample_rate: 24_000, channels: 1,
        bytes: (async function* () {
          const whole = soundOf(input)
          for (let at = 0; at < whole.length; at += 8_000) { yield whole.subarray(at, at + 8_000); await soon() }
        })(),
      }
    },
  }
  const table = { routes: [{ route_id: 'r', model: 'm/tts', backends: { audio_generation: true } }] }
  const routing = { table: () => table, ready: () => table, find: () => table.routes[0] }
  const lease = async () => ({ view: () => null, open: () => ({ route_id: 'r', prefix: 'p', key: 'k' }) })
  const spending = { refusal: nothing, changed: nothing }
  const hash = (text) => createHash('sha256').update(text).digest('hex')
  const speech = createSpeech({ store, routing, driver, lease, clock, ids, hash, publish: nothing, assets: owned.door, contents: owned.contents, media, spending, scratch: root + '/scratch' })
  const wrong = []
  const { assets } = store.assets.list({ limit: 10_000 })
  for (const asset of assets) {
    const bytes = await owned.contents.bytes(asset.asset_id)
    const isWhole = bytes.length === 40_044 && bytes.subarray(44).every((byte) => byte === bytes[44])
    if (!isWhole) wrong.push(asset.file_name + ' is not whole: ' + bytes.length)
  }
  let count = assets.length
  say({ is: 'ready', count, wrong })
  for (let at = 0; ; at += 1) {
    const input = 'text ' + at
    const { asset, is_reused } = await speech.speak({ input }, { signal: new AbortController().signal })
    if (is_reused && at >= count) wrong.push(input + ' was said already')
    const bytes = await owned.contents.bytes(asset.asset_id)
    if (!bytes.subarray(44).equals(soundOf(input))) wrong.push(input + ' sounds like another')
    // Reused: the folder was emptied and is not needed yet.
    const left = is_reused ? [] : readdirSync(root + '/scratch/speech')
    if (left.length > 0) wrong.push('left behind: ' + left.join())
    say({ is: 'spoken', at, is_reused, wrong })
  }
`

beforeAll(async () => {
  await mkdir(join(project, 'test-results'), { recursive: true })
  folder = await mkdtemp(join(project, 'test-results', 'speech-killed-'))
  await writeFile(join(folder, 'life.mjs'), life)
  await buildEntries(join(folder, 'built'), { life: join(folder, 'life.mjs') })
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Said {
  readonly is: 'ready' | 'spoken'
  readonly count?: number
  readonly at?: number
  readonly is_reused?: boolean
  readonly wrong: readonly string[]
}

it('kill -9 while it speaks leaves no half recording, and what was whole is not said again', async () => {
  const lives = process.versions['electron'] ? 3 : 10
  const root = await mkdtemp(join(folder, 'root-'))
  let known = 0
  let told = 0
  for (let at = 0; at < lives; at += 1) {
    const child = spawn(process.execPath, [join(folder, 'built/life.js'), root], {
      cwd: project,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const gone = once(child, 'close')
    const wrong: string[] = []
    let fresh = 1 + Math.floor(Math.random() * 3)
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as Said
      wrong.push(...said.wrong)
      if (said.is === 'ready') {
        // Whatever was told of is there.
        if ((said.count ?? 0) < told)
          wrong.push(`${String(told)} were told of, ${String(said.count)} are there`)
        known = said.count ?? 0
        told = known
      } else if (!said.is_reused) {
        // Killed between file and note: the same sound comes again, and is the same asset.
        if ((said.at ?? 0) >= known) told += 1
        // After so many, and then in the middle of the next one.
        if ((fresh -= 1) === 0) setTimeout(() => child.kill('SIGKILL'), Math.random() * 30)
      }
      if (wrong.length > 0) child.kill('SIGKILL')
    })
    await gone
    expect(wrong).toEqual([])
  }
  expect(told).toBeGreaterThan(lives / 2)
}, 120_000)
