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
 * One life of the asset room on a state root: looks after what the life before has left, says what it found and what it
 * owns, then imports, deletes and collects until it is killed. A line is written before and after each thing it does.
 */
const life = `
  import { createHash, randomInt } from 'node:crypto'
  import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
  import { join } from 'node:path'
  import { deleteAsset } from '${daemon}/actions/delete-asset.ts'
  import { createAssets } from '${daemon}/assets/create-assets.ts'
  import { createFileDigest } from '${daemon}/assets/hash/create-file-digest.ts'
  import { openStore } from '${daemon}/store/open-store.ts'
  import { systemIds } from '${daemon}/system/ids.ts'
  const root = process.argv[2]
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
      return {
        raw: make(join(out, 'raw'), bytes, 'text/plain'),
        text: { ...make(join(out, 'text'), bytes.subarray(0, 10), 'text/plain'), is_cut: true },
        // The same for many: a file that several hold.
        thumbnail: make(join(out, 'thumbnail'), Buffer.from('thumb' + bytes[0] % 3), 'image/webp'),
        source_media_type: 'text/plain',
        source_byte_length: bytes.length,
      }
    },
  }
  const store = openStore({ file: root + '/kheish.sqlite', now: Date.now, newRootId: () => 'root' })
  const on = { store, clock, media, digest: createFileDigest(undefined), ids: systemIds, publish: () => undefined, refusal: () => undefined, inBackground: (work) => void work }
  const assets = createAssets({ ...on, folder: root + '/assets' })
  await assets.look()
  const rows = store.assets.page(undefined, 1e6)
  const wrong = []
  const held = new Set()
  for (const { view, raw, text, thumbnail } of rows) {
    if (view.is_quarantined) wrong.push('quarantined ' + view.asset_id)
    for (const file of [raw, text, thumbnail]) {
      held.add(file.sha256)
      const bytes = readFileSync(join(root, 'assets', file.sha256.slice(0, 2), file.sha256))
      if (digest(bytes) !== file.sha256) wrong.push('altered ' + view.asset_id)
    }
  }
  mkdirSync(root + '/assets', { recursive: true })
  const files = readdirSync(root + '/assets', { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
  const strays = files.filter(({ name }) => !held.has(name)).length
  const repair = assets.upkeep.repair()
  if (strays !== repair.orphans) wrong.push('strays ' + strays + ' of ' + repair.orphans)
  if (store.assets.unfinishedBurials().length > 0) wrong.push('a burial is unfinished')
  say({ is: 'ready', wrong, rows: rows.map(({ view }) => view.asset_id) })
  const removing = deleteAsset({ ...on, assetUpkeep: assets.upkeep })
  const unused = () => store.assets.unused(Date.now() + 1, 1e6)
  store.sessions.create({ session_id: 's', title: '', at_ms: 1 })
  const attachment = (asset_id) => ({ kind: 'attachment', asset: { asset_id, media_type: '', file_name: '', byte_length: 1 } })
  async function work() {
    for (;;) {
      const dice = randomInt(100)
      if (dice < 60) {
        const bytes = Buffer.alloc(1 + randomInt(60_000), randomInt(60))
        const { asset_id } = await assets.door.import({ file_name: 'f.txt', bytes })
        say({ is: 'added', id: asset_id })
        if (randomInt(8) === 0 && store.assets.get(asset_id)) {
          store.messages.add({ message_id: systemIds.next('message'), session_id: 's', parent_id: null, role: 'user', parts: [attachment(asset_id)], created_at_ms: 1, run_id: null })
        }
      } else if (dice < 95) {
        const [id] = unused()
        if (!id) continue
        say({ is: 'deleting', ids: [id] })
        await removing.delete({ asset_id: id, dry_run: false })
        say({ is: 'deleted', id })
      } else {
        say({ is: 'deleting', ids: unused(), rest: true })
        await removing.gc({ dry_run: false, older_than_ms: 0 })
      }
    }
  }
  const calm = (error) => { if (!error.fault) { say({ is: 'ready', wrong: [String(error.stack)], rows: [] }) } else return work().catch(calm) }
  for (let hand = 0; hand < 3; hand += 1) void work().catch(calm)
`

beforeAll(async () => {
  await mkdir(join(project, 'test-results'), { recursive: true })
  folder = await mkdtemp(join(project, 'test-results', 'assets-killed-'))
  await writeFile(join(folder, 'life.mjs'), life)
  await buildEntries(join(folder, 'built'), { life: join(folder, 'life.mjs') })
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

type Said =
  | {
      is: 'ready'
      wrong: readonly string[]
      rows: readonly string[]
    }
  | { is: 'added'; id: string }
  | { is: 'deleted'; id: string }
  | { is: 'deleting'; ids: readonly string[]; rest?: true }

/** Kills so many lives on one state root, one after the other; answers how much was done meanwhile. */
async function killAgainAndAgain(root: string, lives: number) {
  const added = new Set<string>()
  const going = new Set<string>()
  const deleted = new Set<string>()
  const wrong: string[] = []
  for (let at = 0; at < lives; at += 1) {
    const child = spawn(process.execPath, [join(folder, 'built/life.js'), root], {
      cwd: project,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const gone = once(child, 'exit')
    let left = 1 + Math.floor(Math.random() * 10)
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as Said
      if (said.is === 'added') {
        added.add(said.id)
        if (deleted.has(said.id)) wrong.push(`${said.id} is used again`)
      } else if (said.is === 'deleted') deleted.add(said.id)
      else if (said.is === 'deleting') {
        // What is imported while everything unused is collected may go with it.
        for (const id of said.rest ? [...said.ids, ...added] : said.ids) going.add(id)
      } else {
        wrong.push(...said.wrong)
        const rows = new Set(said.rows)
        for (const id of added) if (!going.has(id) && !rows.has(id)) wrong.push(`${id} is lost`)
        for (const id of deleted) if (rows.has(id)) wrong.push(`${id} is back`)
      }
      // After so many words, and then in the middle of whatever comes next.
      if (wrong.length > 0) child.kill('SIGKILL')
      if ((left -= 1) === 0) setTimeout(() => child.kill('SIGKILL'), Math.random() * 15)
    })
    const [code] = (await gone) as [number | null]
    expect(wrong).toEqual([])
    expect(code).toBeNull()
  }
  return { added: added.size, deleted: deleted.size }
}

/** A process of Electron takes three times as long to start, and what counts is shown by the other. */
const lives = process.versions['electron'] ? 5 : 50

it('kill -9 at a hundred moments of imports, deletes and collections leaves every row its bytes', async () => {
  const roots = await Promise.all([1, 2].map((name) => mkdtemp(join(folder, `root-${String(name)}-`))))
  const [one, two] = await Promise.all(roots.map((root) => killAgainAndAgain(root, lives)))
  expect((one?.added ?? 0) + (two?.added ?? 0)).toBeGreaterThan(lives)
  // So few lives may be over before any deletion: chance decides what each of them does.
  expect((one?.deleted ?? 0) + (two?.deleted ?? 0)).toBeGreaterThan(lives < 50 ? -1 : lives / 5)
}, 240_000)
