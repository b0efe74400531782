import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AssetDeletion, AssetView } from '@contract/assets'
import { fault } from '@contract/fault'
import type { RunRequest } from '@contract/runs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Failure } from '../daemon/core/failure'
import { fakeAssetDoor, type FakeAssetDoor } from '../daemon/ports/asset-door.fake'
import { openDesktop, type Desktop } from './testing'

let desktop: Desktop
let assets: FakeAssetDoor
/** Inputs of the calls that were stood in for. */
let asked: unknown[]
let runs: RunRequest[]
const photo = (): AssetView => ({
  asset_id: 'asset_9' as never,
  media_type: 'image/jpeg',
  file_name: 'Photo.jpg',
  sha256: 'ab'.repeat(32),
  byte_length: 2_000_000,
  created_at_ms: 0,
  kind: 'image',
  origin: 'imported',
  has_thumbnail: true,
  width: 2_048,
  height: 1_536,
  uri: 'asset://raw/asset_9',
  derivation_ids: [],
  provenance: [],
  source_media_type: 'image/heic',
  source_byte_length: 3_000_000,
})
const held = {
  domain: 'session_message',
  owner_id: 'message_1',
  role: 'input',
  hard: true,
  parent_id: 'notes',
  title: 'Notes',
} as const
const deletion = (more: Partial<AssetDeletion>): AssetDeletion => ({
  asset_id: 'asset_9' as never,
  dry_run: false,
  blocked: false,
  reclaimable_bytes: 2_048,
  files: [],
  references: [],
  ...more,
})

beforeEach(async () => {
  desktop = await openDesktop()
  assets = fakeAssetDoor()
  asked = []
  runs = []
})
afterEach(() => desktop.close())
const kheish: Desktop['kheish'] = (...given) => desktop.kheish(...given)
const put = (name: string, content: string | Uint8Array) => writeFile(join(desktop.root, name), content)

const serve = () =>
  desktop.serve({
    assets,
    handlers: (own) => {
      const note =
        <T>(value: T) =>
        (input: unknown) => {
          asked.push(input)
          return value
        }
      return {
        'assets.list': note({ assets: [photo()], total: 3, has_more: true }),
        'assets.get': note(photo()),
        'assets.text': note({ text: 'First\u001b[2J line', is_cut: true }),
        'assets.references': note({
          asset_id: 'asset_9' as never,
          hard_reference_count: 1,
          soft_reference_count: 0,
          references: [held],
        }),
        'assets.graph': note({
          asset_id: 'asset_9' as never,
          made_from: [photo()],
          made_into: [],
          used_in: [],
        }),
        'assets.delete': (input) =>
          note(deletion({ dry_run: input.dry_run, blocked: input.dry_run, references: [held] }))(input),
        'assets.gc': (input) =>
          note({
            dry_run: input.dry_run,
            assets: [deletion({})],
            orphan_files: 2,
            orphan_bytes: 5,
            reclaimable_bytes: 4_096,
            skipped: 1,
          })(input),
        'sessions.submitRun': (input) => {
          runs.push(input)
          const { input_items: _, ...rest } = input
          return own['sessions.submitRun']({ ...rest, content: 'hi' })
        },
      }
    },
  })

describe('kheish assets import', () => {
  test('prints one id a line; what is refused does not hold up the others', async () => {
    await serve()
    await put('a b.txt', 'one')
    await put('empty.txt', '')
    await mkdir(join(desktop.root, 'folder'))
    const said = await kheish('assets import a~b.txt folder empty.txt none.txt a~b.txt --media-type text/csv')
    expect(said).toMatchObject({ code: 2, out: 'asset_1\nasset_3\n' })
    expect(said.err.split('\n')).toEqual([
      'a b.txt: text/csv, 3 B',
      expect.stringMatching(/^folder: kheish: .+ \(folder_refused\)$/),
      expect.stringMatching(/^empty\.txt: kheish: .+ \(asset_empty\)$/),
      expect.stringMatching(/^none\.txt: kheish: .+ \(asset_unreadable\)$/),
      'a b.txt: text/csv, 3 B',
      '',
    ])
  })

  test('reads standard input, and says it all in JSON', async () => {
    await serve()
    const said = await kheish('assets import - --name changes.diff --json', { input: 'x\u00fc' })
    expect(said).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(said.out)).toMatchObject([
      { asset_id: 'asset_1', file_name: 'changes.diff', byte_length: 3 },
    ])
    expect(await kheish('assets import -')).toMatchObject({ code: 2, out: '' })
    expect(await kheish('assets import a b --name c')).toMatchObject({ code: 2, out: '' })
    const refused = await kheish('assets import none.txt --json')
    expect(refused).toMatchObject({ code: 2, out: '[]\n' })
    expect(JSON.parse(refused.err)).toMatchObject({ code: 'asset_unreadable', file: 'none.txt' })
  })
})

describe('kheish assets raw', () => {
  const picture = Uint8Array.from({ length: 256 }, (_, at) => at)
  beforeEach(async () => {
    await serve()
    await assets.import({ file_name: 'a.png', media_type: 'image/png', bytes: picture })
    await assets.import({ file_name: 'a.txt', media_type: 'text/plain', bytes: Buffer.from('to\u001bxt') })
  })

  test('writes every byte to a pipe or a file, and none of a picture to a screen', async () => {
    const piped = await kheish('assets raw asset_1')
    expect(piped).toMatchObject({ code: 0, out: Buffer.from(picture).toString('latin1'), err: '' })
    const file = join(desktop.root, 'out.png')
    expect(await kheish('assets raw asset_1 --output out.png')).toMatchObject({ code: 0, out: `${file}\n` })
    expect(Uint8Array.from(await readFile(file))).toEqual(picture)
    const shown = await kheish('assets raw asset_1', { look: { isScreen: true } })
    expect(shown).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--output') })
    expect((await kheish('assets raw asset_2', { look: { isScreen: true } })).out).toBe('to␛xt')
    expect(JSON.parse((await kheish('assets raw asset_2 --json')).out)).toMatchObject({
      media_type: 'text/plain',
      content_base64: Buffer.from('to\u001bxt').toString('base64'),
    })
  })

  test.each([
    ['assets raw ghost', 5, 'asset_not_found'],
    ['assets raw asset_1 --role thumbnail', 5, 'asset_not_found'],
    ['assets raw asset_1 --role other', 2, 'call_refused'],
    ['assets raw asset_1 --output no/such/folder', 2, 'call_refused'],
  ])('%s is refused', async (words, code, name) => {
    const said = await kheish(`${words} --json`)
    expect(said).toMatchObject({ code, out: '' })
    expect(JSON.parse(said.err)).toMatchObject({ code: name })
  })

  test('what was altered is a conflict, and nothing of it is said', async () => {
    assets.alter('asset_1')
    expect(await kheish('assets raw asset_1')).toMatchObject({ code: 6, out: '' })
  })
})

describe('kheish assets', () => {
  test.each<[string, RegExp, object]>([
    [
      'list --query photo --kind image --origin imported --session notes --order oldest --limit 1',
      /^ASSET +NAME[\s\S]+\nasset_9 +Photo\.jpg +image\/jpeg +1\.9 MiB +2048×1536 +imported +1970[\s\S]+1 of 3\n$/,
      {
        query: 'photo',
        kind: 'image',
        origin: 'imported',
        session_id: 'notes',
        order: 'oldest',
        limit: 1,
      },
    ],
    ['get asset_9', /^given as +image\/heic, 2\.9 MiB$/m, { asset_id: 'asset_9' }],
    [
      'references asset_9',
      /\nsession message +message_1 +input +yes +notes +Notes\n$/,
      { asset_id: 'asset_9' },
    ],
    [
      'graph asset_9',
      /^made from\nASSET[\s\S]+made into\nnothing\n\nused in\nnowhere\n$/,
      { asset_id: 'asset_9' },
    ],
    ['delete asset_9', /^deleted asset_9, 2\.0 KiB\n$/, { asset_id: 'asset_9', dry_run: false }],
    [
      'delete asset_9 --dry-run',
      /^asset_9 can not be deleted, because it is needed:\nHELD BY/,
      { asset_id: 'asset_9', dry_run: true },
    ],
    [
      'gc',
      /would delete 1 asset and 2 files of nobody, 4\.0 KiB; 1 other needed\n$/,
      { dry_run: true, older_than_ms: 86_400_000 },
    ],
    ['gc --apply --older-than 2h', /\ndeleted 1 asset/, { dry_run: false, older_than_ms: 7_200_000 }],
  ])('%s', async (words, lines, input) => {
    await serve()
    const said = await kheish(`assets ${words}`)
    expect(said).toMatchObject({ code: 0, err: '', out: expect.stringMatching(lines) })
    expect(asked).toEqual([input])
  })

  test('text is shown without harm, and says when it goes on', async () => {
    await serve()
    const said = await kheish('assets text asset_9', { look: { isScreen: true } })
    expect(said).toMatchObject({ code: 0, out: 'First␛[2J line\n', err: expect.stringContaining('goes on') })
    expect((await kheish('assets text asset_9')).out).toBe('First\u001b[2J line\n')
  })

  test('what is needed is not deleted: exit 6', async () => {
    const blocked = fault('asset_delete_blocked', 'It is needed.', { hard_reference_count: 1 })
    await desktop.serve({
      handlers: () => ({
        'assets.delete': () => Promise.reject(new Failure(blocked)),
      }),
    })
    expect(await kheish('assets delete asset_9')).toMatchObject({ code: 6, out: '' })
  })
})

describe('a message with files', () => {
  beforeEach(async () => {
    await desktop.ready({ text: 'Seen.', times: 5 })
    await put('one.txt', '1')
    await put('two.txt', '2')
  })

  test.each(['input', 'submit'])(
    'sessions %s sends them after the words, in the order given',
    async (command) => {
      await serve()
      const said = await kheish(`sessions ${command} Look --file one.txt --asset asset_9 --file two.txt`)
      expect(said).toMatchObject({ code: 0 })
      const [run] = runs
      expect(run).not.toHaveProperty('content')
      expect(run?.input_items).toEqual([
        { type: 'text', text: 'Look' },
        { type: 'asset_reference', asset_id: 'asset_1' },
        { type: 'asset_reference', asset_id: 'asset_9' },
        { type: 'asset_reference', asset_id: 'asset_2' },
      ])
      expect(assets.taken.map(({ source }) => source.file_name)).toEqual(['one.txt', 'two.txt'])
    },
  )

  test('needs no words, and takes standard input as one of the files', async () => {
    await serve()
    await kheish('sessions input --file -', { input: 'a diff' })
    await kheish('sessions input --asset asset_9 -', { input: 'What is it?' })
    expect(runs.map(({ input_items }) => input_items?.map(({ type }) => type))).toEqual([
      ['asset_reference'],
      ['text', 'asset_reference'],
    ])
    expect(assets.taken[0]?.source.file_name).toBe('stdin.txt')
    expect(await kheish('sessions input - --file -', { input: 'both' })).toMatchObject({ code: 2, out: '' })
  })

  test('of which one is refused is not sent, and makes no chat', async () => {
    await serve()
    expect(await kheish('sessions input Look --file one.txt --file ghost.txt')).toMatchObject({
      code: 2,
      out: '',
    })
    expect(runs).toEqual([])
    expect((await kheish('sessions list')).out).toBe('no chats\n')
  })
})
