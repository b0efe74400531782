import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { AssetView } from '@contract/assets'
import type { AssetId } from '@contract/ids'
import { answer } from './core/failure'
import type { AssetDoor, ImportSource } from './ports/assets'
import { openStore } from './store/open-store'
import { attached, messageId, sessionId } from './store/sample'
import type { House } from './testing'
import { openHouse } from './testing'

let house: House
const open = async () => {
  house = await openHouse()
  return house.daemon().assets
}
afterEach(() => house.close())

const text = (content: string, name = 'note.txt') => ({ file_name: name, bytes: Buffer.from(content) })
const folder = () => join(house.stateRoot, 'assets')
const pathOf = ({ sha256 }: Pick<AssetView, 'sha256'>) => join(folder(), sha256.slice(0, 2), sha256)
const sha = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')

/** Names of all files below the asset folder. */
async function filesThere(): Promise<readonly string[]> {
  const found = await readdir(folder(), { recursive: true, withFileTypes: true }).catch(() => [])
  return found.filter((file) => !file.isDirectory()).map(({ name }) => name)
}

async function bytesOf(
  door: AssetDoor,
  id: AssetId,
  role: 'raw' | 'text' = 'raw',
  range?: { from: number; to?: number },
): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of (await door.open(id, role, range)).stream) pieces.push(piece)
  return Buffer.concat(pieces)
}

const faultOf = async (work: () => Promise<unknown>): Promise<unknown> => {
  const answered = await answer(work, String)
  return answered.ok ? undefined : answered.fault.code
}
const refused = (door: AssetDoor, source: ImportSource) => faultOf(() => door.import(source))
const counted = (type: string) => house.events.filter((event) => event.type === type).length
const repaired = async () => {
  const look = async () => (await house.ask('status.get', {})).storage.asset_repair
  await expect.poll(look).not.toBeNull()
  return look()
}

describe('an import', () => {
  test('keeps bytes by their digest, for their owner to read, and says what they are', async () => {
    const door = await open()
    const asset = await door.import(text('Hello\r\nworld\n', '/somewhere/note.txt'))
    expect(asset).toMatchObject({
      file_name: 'note.txt',
      media_type: 'text/plain',
      kind: 'document',
      origin: 'imported',
      byte_length: 13,
      sha256: sha('Hello\r\nworld\n'),
      uri: `asset://raw/${asset.asset_id}`,
      text_sha256: sha('Hello\nworld'),
    })
    expect(asset.asset_id).toMatch(/^asset_[0-9a-f-]{36}$/)
    expect(await readFile(pathOf(asset), 'utf8')).toBe('Hello\r\nworld\n')
    expect((await stat(pathOf(asset))).mode & 0o777).toBe(0o400)
    expect(await house.ask('assets.get', { asset_id: asset.asset_id })).toEqual(asset)
    expect(await house.ask('assets.text', { asset_id: asset.asset_id })).toEqual({
      text: 'Hello\nworld',
      is_cut: false,
    })
    expect(await house.ask('assets.text', { asset_id: asset.asset_id, limit: 3 })).toEqual({
      text: 'Hel',
      is_cut: true,
    })
    expect((await house.until('asset.added')).asset).toEqual(asset)
    expect(await filesThere()).toHaveLength(2)
    expect(JSON.stringify([asset, house.events])).not.toContain(house.stateRoot)
  })

  test('of the same bytes answers the same record; the first name stays, and a text finds it', async () => {
    const door = await open()
    const first = await door.import(text('Quokkas live here', 'first.txt'))
    expect(await door.import(text('Quokkas live here', 'second.txt'))).toEqual(first)
    expect((await door.import(text('Quokkas live here', 'third.md'))).asset_id).not.toBe(first.asset_id)
    expect(counted('asset.added')).toBe(2)
    const found = await house.ask('assets.list', { query: 'quokkas live' })
    expect(found).toMatchObject({ total: 2, has_more: false })
    expect((await house.ask('assets.list', { query: 'irst.t' })).assets[0]?.asset_id).toBe(first.asset_id)
  })

  test('fifty of one file at once make one row, one set of files, and one answer', async () => {
    const door = await open()
    const same = await Promise.all(
      Array.from({ length: 50 }, (_, at) => door.import(text('the same', `${String(at)}.txt`))),
    )
    expect(new Set(same.map(({ asset_id }) => asset_id)).size).toBe(1)
    expect((await house.ask('assets.list', {})).total).toBe(1)
    expect(counted('asset.added')).toBe(1)
    expect(await filesThere()).toEqual([sha('the same')])
  })

  test('says how far it is, and can be cancelled by its name', async () => {
    const door = await open()
    await door.import({ ...text('short'), import_id: 'one' })
    const stages = house.events.flatMap((event) => (event.type === 'import.progress' ? [event.stage] : []))
    expect(stages.filter((stage, at) => stage !== stages[at - 1])).toEqual(['reading', 'checking', 'storing'])

    const endless = (async function* () {
      yield Buffer.from('and')
      await new Promise(() => undefined)
    })()
    const going = faultOf(() => door.import({ file_name: 'a.txt', stream: endless, import_id: 'two' }))
    await house.until('import.progress', ({ import_id, stage }) => import_id === 'two' && stage === 'reading')
    await house.ask('assets.cancelImport', { import_id: 'two' })
    await house.ask('assets.cancelImport', { import_id: 'unknown' })
    expect(await going).toBe('import_cancelled')

    const stop = new AbortController()
    stop.abort()
    expect(await faultOf(() => door.import(text('never'), stop.signal))).toBe('import_cancelled')
    expect((await house.ask('assets.list', {})).total).toBe(1)
    expect(await readdir(join(folder(), 'tmp'))).toEqual([])
  })

  test('of many at once lets the others wait their turn', async () => {
    const door = await open()
    const names = Array.from({ length: 30 }, (_, at) => String(at))
    await Promise.all(names.map((name) => door.import({ ...text(`text ${name}`), import_id: name })))
    expect((await house.ask('assets.list', {})).total).toBe(30)
    await house.until('import.progress', ({ stage }) => stage === 'waiting')
  })

  test('through a call takes strict base64 and nothing else', async () => {
    await open()
    const given = { file_name: 'a.txt', content_base64: Buffer.from('inline').toString('base64') }
    expect(await house.ask('assets.import', given)).toMatchObject({ sha256: sha('inline') })
    for (const wrong of [
      { ...given, file_name: ' ' },
      { ...given, content_base64: ' ' },
      { ...given, content_base64: 'aGVsbG8' },
      { ...given, content_base64: 'not base64!!' },
    ])
      expect(await house.refused('assets.import', wrong)).toMatchObject({ code: 'inline_asset_invalid' })
    expect(await house.refused('assets.import', { ...given, file_name: 'a.zip' })).toMatchObject({
      code: 'unsupported_media_type',
    })
  })

  test('of a path takes a file, and hangs on nothing else', async () => {
    const door = await open()
    const at = (name: string) => join(house.stateRoot, name)
    const from = (name: string) => ({ file_name: `${name}.txt`, path: at(name) })
    await writeFile(at('file'), 'from a path')
    await symlink(at('file'), at('link'))
    await symlink(at('loop'), at('loop'))
    await mkdir(at('folder'))
    execFileSync('mkfifo', [at('pipe')])
    await writeFile(at('huge'), '')
    await truncate(at('huge'), 64 * 1024 * 1024 + 1)
    expect((await door.import(from('file'))).sha256).toBe(sha('from a path'))
    expect((await door.import(from('link'))).file_name).toBe('file.txt')
    expect(await refused(door, from('folder'))).toBe('folder_refused')
    for (const name of ['loop', 'pipe', 'ghost'])
      expect(await refused(door, from(name))).toBe('asset_unreadable')
    expect(await refused(door, { file_name: 'x.txt', path: '/dev/zero' })).toBe('asset_unreadable')
    expect(await refused(door, from('huge'))).toBe('asset_too_large')
    expect(await readdir(join(folder(), 'tmp'))).toEqual([])
  })

  test('of a stream that breaks off, or never ends, keeps nothing', async () => {
    const door = await open()
    const broken = (async function* () {
      yield Buffer.from('half')
      throw Object.assign(new Error('reset'), { code: 'ECONNRESET' })
    })()
    expect(await refused(door, { file_name: 'a.txt', stream: broken })).toBe('asset_unreadable')
    const mebibyte = Buffer.alloc(1024 * 1024, 'x')
    const endless = (async function* () {
      for (;;) yield mebibyte
    })()
    expect(await refused(door, { file_name: 'a.txt', stream: endless })).toBe('asset_too_large')
    expect(await refused(door, text(''))).toBe('asset_empty')
    expect((await house.ask('assets.list', {})).total).toBe(0)
    expect(await filesThere()).toEqual([])
  })
})

describe('reading', () => {
  const long = 'All the words. '.repeat(150_000)

  test('hands out whole files and ranges of small and large ones', async () => {
    const door = await open()
    for (const content of ['0123456789', long]) {
      const { asset_id } = await door.import(text(content))
      const all = Buffer.from(content)
      expect(all.equals(await bytesOf(door, asset_id))).toBe(true)
      for (const [from, to] of [
        [0, 1],
        [3, 7],
        [9, 10],
        [all.length - 1, all.length + 99],
      ] as const) {
        const opened = await door.open(asset_id, 'raw', { from, to })
        expect(opened).toMatchObject({
          byte_length: all.length,
          range: { from, to: Math.min(to, all.length) },
        })
        expect(await bytesOf(door, asset_id, 'raw', { from, to })).toEqual(all.subarray(from, to))
      }
      await expect(door.open(asset_id, 'raw', { from: all.length })).rejects.toThrow(RangeError)
      expect(await faultOf(() => door.open(asset_id, 'preview'))).toBe('asset_not_found')
    }
    expect(await faultOf(() => door.open('asset_ghost' as AssetId, 'raw'))).toBe('asset_not_found')
  })

  const harms: Record<string, (path: string) => Promise<unknown>> = {
    'is missing': (path) => rm(path),
    'is cut off': (path) => truncate(path, 3),
    'has one bit turned': async (path) => {
      const bytes = await readFile(path)
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
      await writeFile(path, bytes)
    },
    'is a link to the same bytes': async (path) => {
      await writeFile(`${path}-else`, await readFile(path))
      await rm(path)
      await symlink(`${path}-else`, path)
    },
    'is a pipe': async (path) => {
      await rm(path)
      execFileSync('mkfifo', [path])
    },
    'is a folder': async (path) => {
      await rm(path)
      await mkdir(path)
    },
  }

  test.each(Object.entries(harms))('nothing of a file that %s, until it is added again', async (_, harm) => {
    const door = await open()
    for (const content of ['short', long]) {
      const asset = await door.import(text(content))
      const { asset_id } = asset
      await bytesOf(door, asset_id)
      await chmod(pathOf(asset), 0o600)
      await harm(pathOf(asset))
      expect(await faultOf(() => door.open(asset_id, 'raw'))).toBe('asset_integrity_mismatch')
      const changed = await house.until('asset.changed', (event) => event.asset.asset_id === asset_id)
      expect(changed.asset.is_quarantined).toBe(true)
      expect((await house.ask('assets.list', { query: asset_id })).assets[0]?.is_quarantined).toBe(true)
      expect(await door.import(text(content, 'again.txt'))).toEqual(asset)
      expect(sha(await bytesOf(door, asset_id))).toBe(sha(content))
    }
  })

  test('of derived text that was altered nothing, and then it is made anew', async () => {
    const door = await open()
    const asset = await door.import(text(' spaced '))
    const derived = pathOf({ sha256: asset.text_sha256 ?? '' })
    await chmod(derived, 0o600)
    await writeFile(derived, 'fALSED')
    expect(await faultOf(() => door.open(asset.asset_id, 'text'))).toBe('asset_integrity_mismatch')
    await expect.poll(() => readFile(derived, 'utf8')).toBe('spaced')
    await expect.poll(() => faultOf(() => door.open(asset.asset_id, 'text'))).toBeUndefined()
    expect(await house.ask('assets.get', { asset_id: asset.asset_id })).toEqual(asset)
  })
})

describe('the look after a start', () => {
  test('puts apart what is gone, makes derived files anew, counts orphans and finishes burials', async () => {
    const door = await open()
    const [gone, spaced, buried, good] = await Promise.all([
      door.import(text('gone', 'gone.txt')),
      door.import(text(' spaced ', 'spaced.txt')),
      door.import(text('buried', 'buried.txt')),
      door.import(text('good', 'good.txt')),
    ])
    const stray = 'ab'.repeat(32)
    await house.daemon().stop()
    await rm(pathOf(gone))
    await rm(pathOf({ sha256: spaced.text_sha256 ?? '' }))
    await mkdir(join(folder(), 'ab'), { recursive: true })
    await writeFile(join(folder(), 'ab', stray), 'nobody’s')
    await mkdir(join(folder(), 'tmp', 'of-before', 'out'), { recursive: true })
    const store = openStore({
      file: join(house.stateRoot, 'kheish.sqlite'),
      now: () => 1,
      newRootId: () => '',
    })
    store.assets.bury(buried.asset_id, 1)
    store.close()

    await house.restart()
    expect(await repaired()).toEqual({
      checked: 3,
      quarantined: 1,
      rebuilt: 1,
      orphans: 1,
      completed_deletions: 1,
      diagnostics: [{ asset_id: gone.asset_id, what: 'missing' }],
    })
    expect((await filesThere()).toSorted()).toEqual(
      [good.sha256, spaced.sha256, spaced.text_sha256 ?? '', stray].toSorted(),
    )
    expect(await readdir(join(folder(), 'tmp'))).toEqual([])
    expect((await house.ask('assets.get', { asset_id: gone.asset_id })).is_quarantined).toBe(true)

    await writeFile(pathOf(gone), 'gone')
    await house.restart()
    expect(await repaired()).toMatchObject({ quarantined: 0, rebuilt: 0, completed_deletions: 0 })
    expect((await house.ask('assets.get', { asset_id: gone.asset_id })).is_quarantined).toBeUndefined()
  })
})

describe('deleting', () => {
  /** Puts the asset into a message of a chat of its own. */
  async function send(asset: AssetView): Promise<string> {
    const session = await house.chat()
    await house.daemon().stop()
    const store = openStore({
      file: join(house.stateRoot, 'kheish.sqlite'),
      now: () => 1,
      newRootId: () => '',
    })
    store.messages.add({
      message_id: messageId(`m-${session}`),
      session_id: sessionId(session),
      parent_id: null,
      role: 'user',
      parts: [attached(asset.asset_id)],
      created_at_ms: 1,
      run_id: null,
    })
    store.close()
    await house.restart()
    return session
  }

  test('shows first, is blocked by what needs it, and takes row and files', async () => {
    const door = await open()
    const asset = await door.import(text('needed', 'needed.txt'))
    const { asset_id } = asset
    const session_id = await send(asset)
    const references = await house.ask('assets.references', { asset_id })
    expect(references).toMatchObject({ hard_reference_count: 1, soft_reference_count: 0 })
    expect(references.references).toMatchObject([
      { domain: 'session_message', parent_id: session_id, role: 'input' },
    ])
    expect((await house.ask('assets.graph', { asset_id })).used_in).toMatchObject([{ session_id }])
    expect(await house.ask('assets.delete', { asset_id, dry_run: true })).toMatchObject({
      blocked: true,
      reclaimable_bytes: 6,
      files: [
        { role: 'raw', bytes: 6 },
        { role: 'text', bytes: 6 },
      ],
    })
    expect(await house.refused('assets.delete', { asset_id })).toMatchObject({
      code: 'asset_delete_blocked',
      hard_reference_count: 1,
    })
    // A chat that may come back still needs it.
    await house.ask('sessions.delete', { session_id })
    expect(await house.refused('assets.delete', { asset_id })).toMatchObject({ code: 'asset_delete_blocked' })
    await house.restart()
    await expect
      .poll(async () => (await house.ask('assets.delete', { asset_id, dry_run: true })).blocked)
      .toBe(false)
    expect(await house.ask('assets.delete', { asset_id })).toMatchObject({ dry_run: false, blocked: false })
    await house.until('asset.deleted')
    expect(await filesThere()).toEqual([])
    for (const name of [
      'assets.get',
      'assets.text',
      'assets.references',
      'assets.graph',
      'assets.delete',
    ] as const)
      expect(await house.refused(name, { asset_id })).toMatchObject({ code: 'asset_not_found' })
    const again = await house.daemon().assets.import(text('needed', 'needed.txt'))
    expect(again.asset_id).not.toBe(asset_id)
  })

  test('leaves files that another asset holds', async () => {
    const door = await open()
    const one = await door.import(text('shared', 'one.txt'))
    const two = await door.import(text('shared', 'two.md'))
    expect(await house.ask('assets.delete', { asset_id: one.asset_id })).toMatchObject({
      reclaimable_bytes: 0,
    })
    expect(await bytesOf(door, two.asset_id)).toEqual(Buffer.from('shared'))
    await house.ask('assets.delete', { asset_id: two.asset_id })
    expect(await filesThere()).toEqual([])
  })

  test('a draft holds what is attached to it, and shows it again', async () => {
    const door = await open()
    const { asset_id } = await door.import(text('drafted', 'drafted.txt'))
    const session_id = await house.chat()
    await house.ask('sessions.saveDraft', { session_id, draft: 'see', attachments: [asset_id] })
    await house.ask('sessions.saveDraft', { session_id, draft: 'see this' })
    expect((await house.ask('sessions.get', { session_id })).draft_attachments).toMatchObject([
      { asset_id, file_name: 'drafted.txt', text_byte_length: 7 },
    ])
    expect(await house.refused('assets.delete', { asset_id })).toMatchObject({ code: 'asset_delete_blocked' })
    await house.ask('sessions.saveDraft', { session_id, draft: '', attachments: [] })
    expect(await house.ask('sessions.get', { session_id })).not.toHaveProperty('draft_attachments')
    expect(
      await house.refused('sessions.saveDraft', { session_id, draft: '', attachments: ['asset_ghost'] }),
    ).toMatchObject({ code: 'asset_not_found' })
  })

  test('collecting shows, then takes what nothing needs and files of nobody', async () => {
    const door = await open()
    const kept = await door.import(text('kept', 'kept.txt'))
    await send(kept)
    const now = house.daemon().assets
    const unused = await now.import(text('unused', 'unused.txt'))
    const stray = 'cd'.repeat(32)
    await mkdir(join(folder(), 'cd'), { recursive: true })
    await writeFile(join(folder(), 'cd', stray), '12345')
    expect(await house.ask('assets.gc', {})).toMatchObject({
      dry_run: true,
      assets: [],
      skipped: 0,
      orphan_files: 1,
    })
    const shown = await house.ask('assets.gc', { older_than_ms: 0 })
    expect(shown).toMatchObject({
      assets: [{ asset_id: unused.asset_id, reclaimable_bytes: 6 }],
      orphan_files: 1,
      orphan_bytes: 5,
      reclaimable_bytes: 11,
      skipped: 1,
    })
    expect(await filesThere()).toHaveLength(3)
    expect(await house.ask('assets.gc', { older_than_ms: 0, dry_run: false })).toEqual({
      ...shown,
      dry_run: false,
      assets: shown.assets.map((plan) => ({ ...plan, dry_run: false })),
    })
    expect(await filesThere()).toEqual([kept.sha256])
    await house.until('asset.deleted', ({ asset_id }) => asset_id === unused.asset_id)
  })
})

describe('beside the rest', () => {
  test('status and storage know the folder, and deleting everything takes it', async () => {
    const door = await open()
    const { asset_id } = await door.import(text('Quokkabeuteldachs', 'Quokkabeuteldachs.txt'))
    const status = await house.ask('status.get', {})
    expect(status.storage.write_probes).toContainEqual({ name: 'assets', ok: true })
    const { parts } = await house.ask('storage.get', {})
    expect(parts.find(({ name }) => name === 'assets')).toEqual({
      name: 'assets',
      path: 'assets',
      bytes: 17,
      files: 1,
    })
    const stuck = (async function* () {
      yield Buffer.from('Quokkabeuteldachs')
      await new Promise(() => undefined)
    })()
    const going = faultOf(() => door.import({ file_name: 'b.txt', stream: stuck, import_id: 'stuck' }))
    await house.until('import.progress', ({ stage }) => stage === 'reading')
    await house.ask('storage.deleteAll', { confirm: 'delete everything' })
    expect(await going).toBe('import_cancelled')
    expect(await filesThere()).toEqual([])
    expect((await house.ask('assets.list', {})).total).toBe(0)
    await house.until('asset.deleted', (event) => event.asset_id === asset_id)
    const files = await readdir(house.stateRoot, { recursive: true, withFileTypes: true })
    for (const { name, parentPath } of files.filter((file) => file.isFile()))
      expect(await readFile(join(parentPath, name), 'latin1'), name).not.toMatch(/quokkabeuteldachs/i)
    expect((await door.import(text('after'))).byte_length).toBe(5)
  })

  test('a daemon that stops ends its imports', async () => {
    const door = await open()
    const silent = (async function* () {
      yield Buffer.from('x')
      await new Promise(() => undefined)
    })()
    const going = faultOf(() => door.import({ file_name: 'a.txt', stream: silent, import_id: 'a' }))
    await house.until('import.progress', ({ stage }) => stage === 'reading')
    await house.restart()
    expect(await going).toBe('import_cancelled')
    expect(await faultOf(() => door.import(text('late')))).toBe('daemon_stopping')
  })
})
