import { readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { attachmentsOf } from '@contract/attached'
import type { AssetId } from '@contract/ids'
import { afterEach, describe, expect, test } from 'vitest'
import { solidPng } from '../demo-provider/solid-pictures.suite'
import { pdf } from './assets/media/samples.fake'
import type { House, HouseOptions } from './testing'
import { oneRoute, openHouse, textIn } from './testing'

// What people show and give to models, through the contract, up to what the provider received.

let house: House
async function open(options?: HouseOptions) {
  house = await openHouse(options)
  await house.ask('models.refresh', {})
  return house
}
afterEach(() => house.close())

const hang = { instead: 'hang' } as const
/** Some text, then silence. */
const stall = { text: 'one two three four five six', after_chunks: 3, ending: 'stall' } as const
const blindModel = 'deepseek/deepseek-v4-pro'
const red = solidPng(40, 30, '#c04020')
const blue = solidPng(16, 16, '#2040c0')

const add = (file_name: string, bytes: Uint8Array | string) =>
  house.daemon().assets.import({ file_name, bytes: Buffer.from(bytes) })
const reference = (asset: { readonly asset_id: AssetId }) =>
  ({ type: 'asset_reference', asset_id: asset.asset_id }) as const
const inline = (file_name: string, bytes: Buffer) =>
  ({ type: 'inline_asset', file_name, content_base64: bytes.toString('base64') }) as const
const text = (said: string) => ({ type: 'text', text: said }) as const
/** Submits and waits for the end. */
async function send(session: string, content: string, extras: object = {}) {
  const { run } = await house.submit(session, content, extras)
  return house.until('run.ended', (event) => event.run.run_id === run.run_id)
}
const wire = () =>
  house.provider.requests
    .filter(({ path }) => path.endsWith('/chat/completions'))
    .map(({ body }) => (body as { messages: { content: unknown }[] }).messages.map(({ content }) => content))
/** The parts of the newest message of the newest request, pictures by their type. */
const newest = () => {
  const content = wire().at(-1)?.at(-1)
  if (!Array.isArray(content)) return content
  return (content as { text?: string; image_url?: { url: string } }[]).map(
    (part) => part.text ?? part.image_url?.url.slice(0, part.image_url.url.indexOf(',')),
  )
}
const transcriptOf = async (session: string) =>
  (await house.ask('sessions.transcript', { session_id: session })).messages

describe('both input shapes (contract 8)', () => {
  test('items travel in their order, with hints; the model gets what was stored', async () => {
    await open()
    const [first, second] = [await add('red.png', red), await add('blue.png', blue)]
    const notes = await add('notes.txt', 'One\r\ntwo')
    const session = await house.chat()
    const { message } = await send(session, '', {
      input_items: [reference(second), text('before'), reference(notes), reference(first), text('after')],
    })
    expect(newest()).toEqual([
      `[Picture ${second.asset_id}: blue.png (image/png)]`,
      'data:image/png;base64',
      'before',
      expect.stringMatching(/^\[File: notes\.txt \(text\/plain\)\]\nOne\r?\ntwo$/),
      `[Picture ${first.asset_id}: red.png (image/png)]`,
      'data:image/png;base64',
      'after',
    ])
    expect(textIn(message)).toContain('1. 16 × 16 pixels, png, average colour #2040c0')
    expect(textIn(message)).toContain('2. 40 × 30 pixels, png, average colour #c04020')
    const [asked] = await transcriptOf(session)
    expect(
      asked?.parts.map((part) =>
        part.kind === 'attachment' ? part.asset.file_name : textIn({ ...asked, parts: [part] }),
      ),
    ).toEqual(['blue.png', 'before', 'notes.txt', 'red.png', 'after'])
    expect(JSON.stringify(asked)).not.toMatch(/\[Picture|\[File/)
  })

  test('the older shape: the text, then the attachments', async () => {
    await open()
    const asset = await add('red.png', red)
    await send(await house.chat(), 'What is it?', { attachments: [reference(asset)] })
    expect(newest()).toEqual([
      'What is it?',
      `[Picture ${asset.asset_id}: red.png (image/png)]`,
      'data:image/png;base64',
    ])
  })

  test('of a document without text the first page is shown to a model that sees, and no other', async () => {
    await open()
    const box = deflateSync(Buffer.from('1 0 0 rg 0 0 300 200 re f'))
    const scan = await add('scan.pdf', pdf({ packed: box }))
    const { message } = await send(await house.chat(), 'What is it?', { attachments: [reference(scan)] })
    expect(newest()).toEqual([
      'What is it?',
      '[File: scan.pdf (application/pdf), without text; its first page is the next picture]',
      'data:image/png;base64',
    ])
    expect(textIn(message)).toContain('1024 × 682 pixels, png, average colour #ff0000')
    await send(await house.chat(), 'And here?', { attachments: [reference(scan)], model: blindModel })
    expect(newest()).toEqual(['And here?', '[File: scan.pdf (application/pdf), without text]'])
  })

  test('a file that comes along becomes an asset first; the same key is the same run', async () => {
    await open()
    const session = await house.chat()
    const request = {
      session_id: session,
      idempotency_key: 'once',
      content: 'See',
      attachments: [inline('red.png', red), inline('blue.png', blue)],
    }
    const [one, two] = await Promise.all([
      house.ask('sessions.submitRun', request),
      house.ask('sessions.submitRun', request),
    ])
    const again = await house.ask('sessions.submitRun', request)
    expect([two.run.run_id, again.run.run_id]).toEqual([one.run.run_id, one.run.run_id])
    expect(one.run.input_attachments?.map((asset) => asset.file_name)).toEqual(['red.png', 'blue.png'])
    expect(
      await house.refused('sessions.submitRun', { ...request, attachments: [inline('red.png', blue)] }),
    ).toMatchObject({ code: 'idempotency_conflict' })
    await house.until('run.ended')
    const { events } = await house.ask('sessions.events', { session_id: session })
    const pngInBase64 = 'iVBORw0KGgo'
    expect(JSON.stringify([events, house.events, one])).not.toContain(pngInBase64)
    expect(JSON.stringify(wire())).toContain(pngInBase64)
  })

  test.each<[what: string, extras: object, code: string]>([
    [
      'both shapes',
      { input_items: [text('a')], attachments: [inline('a.png', red)] },
      'input_shape_conflict',
    ],
    ['text among attachments', { attachments: [text('a')] }, 'input_shape_conflict'],
    [
      'a file that is gone',
      { attachments: [{ type: 'asset_reference', asset_id: 'asset_ghost' }] },
      'asset_not_found',
    ],
    [
      'no base64',
      { attachments: [{ ...inline('a.png', red), content_base64: 'no!!' }] },
      'inline_asset_invalid',
    ],
    ['nothing', { input_items: [] }, 'input_empty'],
  ])('%s is refused, and nothing is stored', async (_what, extras, code) => {
    await open()
    const session_id = await house.chat()
    const request = { session_id, idempotency_key: 'k', ...extras }
    expect(await house.refused('sessions.submitRun', request)).toMatchObject({ code })
    expect(await house.ask('runs.list', { session_id })).toEqual({ runs: [] })
    expect(await transcriptOf(session_id)).toEqual([])
  })
})

describe('models that can’t see', () => {
  test('are refused before the run is stored, with the nearest that can; files of text are not', async () => {
    await open()
    const [asset, notes] = [await add('red.png', red), await add('notes.txt', 'Some text')]
    const session_id = await house.chat()
    const request = { session_id, idempotency_key: 'k', content: 'See', model: blindModel }
    for (const attachments of [[reference(asset)], [inline('blue.png', blue)]]) {
      expect(await house.refused('sessions.submitRun', { ...request, attachments })).toMatchObject({
        code: 'capability_unsupported',
        capability: 'vision',
        model: blindModel,
        nearest: { provider: 'openrouter', model: 'openai/gpt-5.4-mini' },
      })
    }
    expect(await house.ask('runs.list', { session_id })).toEqual({ runs: [] })
    expect(wire()).toEqual([])
    const { run } = await send(session_id, 'Read', { model: blindModel, attachments: [reference(notes)] })
    expect(run.status).toBe('completed')
  })

  test('a model nobody knows is let through, and the provider’s refusal is told', async () => {
    await open()
    const asset = await add('red.png', red)
    house.provider.faults.add([
      { status: 404, body: { error: { code: 404, message: 'No endpoints found that support image input' } } },
    ])
    const { run } = await send(await house.chat(), 'See', {
      model: 'new/unheard',
      attachments: [reference(asset)],
    })
    expect(run.error).toMatchObject({ code: 'provider_error', kind: 'no_endpoint' })
  })

  test('an answer is asked again only of a model that sees; earlier pictures don’t count', async () => {
    await open()
    const asset = await add('red.png', red)
    const session = await house.chat()
    const { run } = await send(session, 'See', { attachments: [reference(asset)] })
    const again = { run_id: run.run_id, idempotency_key: 'again' }
    expect(await house.refused('runs.retry', { ...again, model: blindModel })).toMatchObject({
      code: 'capability_unsupported',
      nearest: { model: 'openai/gpt-5.4-mini' },
    })
    await house.ask('runs.retry', { ...again, model: 'anthropic/claude-sonnet-4' })
    await house.until('run.ended', (event) => event.run.request.model === 'anthropic/claude-sonnet-4')
    expect(newest()).toHaveLength(3)

    const later = await send(session, 'And red.png in words?', { model: blindModel })
    expect(later.run.status).toBe('completed')
    expect(JSON.stringify(wire().at(-1))).not.toContain('image_url')
  })

  test('a queued run fails in its chat when its route has lost its eyes; the words are kept', async () => {
    await open({ script: [stall] })
    const asset = await add('red.png', red)
    const session = await house.chat()
    const first = await house.submit(session, 'one')
    const second = await house.submit(session, 'Look here', { attachments: [reference(asset)] })
    expect(second.run.status).toBe('queued')
    await house.until('run.grew')
    const narrowed = `${oneRoute.replaceAll('$PREFIX', house.provider.prefix)}multimodal_input = false\n`
    await writeFile(join(house.stateRoot, 'routes.toml'), narrowed)
    await house.ask('daemon.reload', {})
    await house.ask('runs.cancel', { run_id: first.run.run_id })
    const { run } = await house.until('run.ended', (event) => event.run.run_id === second.run.run_id)
    expect(run).toMatchObject({
      status: 'failed',
      error: { code: 'capability_unsupported', capability: 'vision' },
    })
    const asked = (await transcriptOf(session)).at(-2)
    expect(asked?.parts).toMatchObject([{ text: 'Look here' }, { asset: { file_name: 'red.png' } }])
    expect(wire()).toHaveLength(1)
  })
})

describe('pictures of earlier turns', () => {
  /** Two turns with a picture each. */
  async function shown() {
    await open()
    const [first, second] = [await add('red.png', red), await add('blue.png', blue)]
    const session = await house.chat()
    await send(session, 'One', { attachments: [reference(first)] })
    await send(session, 'Two', { attachments: [reference(second)] })
    return { session, first, second }
  }
  const mentioned = (asset: { readonly asset_id: string; readonly file_name: string }) =>
    `[Earlier picture ${asset.asset_id}, not shown again: ${asset.file_name} (image/png)]`
  /** Ids of the pictures in the newest request, in its order. */
  const sent = () => [...JSON.stringify(wire().at(-1)).matchAll(/\[Picture ([^:,]+):/g)].map(([, id]) => id)

  test('stay behind as a line of text, unless the text names them', async () => {
    const { session, first, second } = await shown()
    expect(sent()).toEqual([second.asset_id])
    await send(session, 'Hello')
    expect(sent()).toEqual([])
    expect(JSON.stringify(wire().at(-1))).toContain(mentioned(first))
    await send(session, 'Is red larger?')
    expect(sent()).toEqual([first.asset_id])
    expect(JSON.stringify(wire().at(-1))).toContain(mentioned(second))
  })

  test('those that were chosen travel, whatever the text says; strangers are passed over', async () => {
    const { session, first, second } = await shown()
    const stranger = await add('green.png', solidPng(3, 3, '#00ff00'))
    const { run } = await send(session, 'red', { context_assets: [second.asset_id, stranger.asset_id] })
    expect(sent()).toEqual([second.asset_id])
    await send(session, 'red', { context_assets: [] })
    expect(sent()).toEqual([])

    await house.ask('runs.retry', { run_id: run.run_id, idempotency_key: 'again' })
    await house.until('run.ended', (event) => event.run.request.source_kind === 'retry')
    expect(sent()).toEqual([second.asset_id])

    const request = { session_id: session, idempotency_key: 'blind', content: 'See', model: blindModel }
    expect(
      await house.refused('sessions.submitRun', { ...request, context_assets: [first.asset_id] }),
    ).toMatchObject({ code: 'capability_unsupported' })
  })

  test('are listed newest first, with what each would add', async () => {
    const { session, first, second } = await shown()
    const { media } = await house.ask('sessions.contextMedia', { session_id: session })
    expect(media.map(({ asset }) => asset.asset_id)).toEqual([second.asset_id, first.asset_id])
    const price =
      (await house.ask('models.get', { model: 'openai/gpt-5.4-mini' })).prompt_usd_per_million ?? NaN
    for (const { asset, wire_bytes, tokens, cost_usd } of media) {
      const url = JSON.stringify(wire()).match(new RegExp(`${asset.asset_id}.*?"url":"(data:[^"]+)"`))?.[1]
      expect(wire_bytes).toBe(url?.length)
      expect(tokens).toBe(255)
      expect(cost_usd).toBeCloseTo((255 * price) / 1e6, 12)
    }
    const lost = await house.ask('sessions.contextMedia', { session_id: session, provider: 'nowhere' })
    expect(lost.media.map(({ cost_usd }) => cost_usd)).toEqual(media.map(() => undefined))
    const unknown = await house.ask('sessions.contextMedia', { session_id: session, model: 'new/unheard' })
    expect(unknown.media.map(({ tokens, cost_usd }) => [tokens, cost_usd])).toEqual([
      [255, undefined],
      [255, undefined],
    ])
  })

  test('those that answers show are among them, and travel with the newest message', async () => {
    await open()
    const session = await house.chat()
    const drawn = await send(session, 'Draw a red balloon.')
    const [own] = attachmentsOf(drawn.message?.parts ?? [])
    const ordered = await house.ask('images.submit', {
      session_id: session,
      idempotency_key: 'order',
      prompt: 'a blue boat',
    })
    const { message } = await house.until('run.ended', ({ run }) => run.run_id === ordered.run.run_id)
    const [other] = attachmentsOf(message?.parts ?? [])
    if (!own || !other) throw new Error('nothing is shown')
    const { media } = await house.ask('sessions.contextMedia', { session_id: session })
    expect(media.map(({ asset, message_id }) => [asset.asset_id, message_id])).toEqual([
      [other.asset_id, message?.message_id],
      [own.asset_id, drawn.message?.message_id],
    ])

    await send(session, 'Hello')
    expect(sent()).toEqual([])
    const looked = await send(session, 'See?', { context_assets: [own.asset_id] })
    expect(newest()).toEqual([
      `[Picture ${own.asset_id}: ${own.file_name} (image/png), from an earlier answer]`,
      'data:image/png;base64',
      'See?',
    ])
    expect(textIn(looked.message)).toContain(`1. ${own.width} × ${own.height} pixels, png`)
    await send(session, `And ${other.asset_id}?`)
    expect(sent()).toEqual([other.asset_id])
    expect(newest()).toHaveLength(3)
  })

  test('an edited turn knows only what came before it', async () => {
    const { session, first, second } = await shown()
    const replaces = (await transcriptOf(session))[2]!.message_id
    const { media } = await house.ask('sessions.contextMedia', { session_id: session, replaces })
    expect(media.map(({ asset }) => asset.asset_id)).toEqual([first.asset_id])
    await send(session, 'red and blue', { replaces })
    expect(sent()).toEqual([first.asset_id])
    expect(JSON.stringify(wire().at(-1))).not.toContain(second.asset_id)
  })

  test('what waits in the queue can be named as well', async () => {
    await open({ script: [stall] })
    const [first, second] = [await add('red.png', red), await add('blue.png', blue)]
    const session = await house.chat()
    const { run } = await house.submit(session, 'One', { attachments: [reference(first)] })
    await house.submit(session, 'Two', { attachments: [reference(second)] })
    const last = await house.submit(session, 'Compare red with blue')
    await house.until('run.grew')
    await house.ask('runs.cancel', { run_id: run.run_id })
    await house.until('run.ended', (event) => event.run.run_id === last.run.run_id)
    expect(sent()).toEqual([first.asset_id, second.asset_id])
  })
})

describe('where attachments are shown', () => {
  test('a chat that begins with a picture is called like it; it is found by the name', async () => {
    await open()
    const asset = await add('Grey cat at dawn.png', red)
    const session = await house.chat()
    const { run } = await send(session, '', { input_items: [reference(asset)] })
    expect((await house.ask('sessions.get', { session_id: session })).title).toBe('Grey cat at dawn.png')
    expect(run.request.text_preview).toBe('Grey cat at dawn.png')
    const { hits } = await house.ask('sessions.search', { query: 'dawn', session_id: session })
    expect(hits).toMatchObject([{ role: 'user', excerpt: 'Grey cat at dawn.png' }])
    expect((await house.ask('sessions.search', { query: 'rey ca', session_id: session })).hits).toHaveLength(
      1,
    )
  })

  test('a message that is taken back brings its attachments', async () => {
    await open({ script: [hang] })
    const asset = await add('red.png', red)
    const session = await house.chat()
    await house.submit(session, 'one')
    const { run } = await house.submit(session, 'two', { attachments: [reference(asset)] })
    expect(await house.ask('runs.cancel', { run_id: run.run_id })).toMatchObject({
      input_text: 'two',
      input_attachments: [{ asset_id: asset.asset_id, file_name: 'red.png' }],
      user_message_id: null,
    })
  })

  test('a branch and an export have them, by name for people and by reference for programs', async () => {
    await open()
    const asset = await add('red.png', red)
    const session = await house.chat()
    await send(session, 'See', { attachments: [reference(asset)] })
    const [asked] = await transcriptOf(session)
    const branch = await house.ask('sessions.branch', { session_id: session, message_id: asked!.message_id })
    expect((await transcriptOf(branch.session_id))[0]?.parts).toEqual(asked?.parts)
    const markdown = await house.ask('sessions.export', { session_id: session, format: 'markdown' })
    expect(markdown.text).toContain('See\nAttached: red.png (image/png)\n')
    const json = await house.ask('sessions.export', { session_id: session, format: 'json' })
    expect(json.text).toContain(asset.asset_id)
    expect(`${markdown.text}${json.text}`).not.toMatch(/\[Picture|base64/)
  })
})

test('what a stopped answer may have cost counts its pictures', async () => {
  await open({ script: [stall] })
  const asset = await add('red.png', red)
  const { run } = await house.submit(await house.chat(), 'See', { attachments: [reference(asset)] })
  await house.until('run.grew')
  await house.ask('runs.cancel', { run_id: run.run_id })
  const { cost } = (await house.until('run.ended')).run.receipt ?? {}
  const price = (await house.ask('models.get', { model: run.request.model })).prompt_usd_per_million ?? NaN
  expect(cost?.basis).toBe('estimated')
  expect(cost?.usd).toBeGreaterThanOrEqual((255 * price) / 1e6)
})

test('evidence keeps the digest of a picture and never its bytes, at any level', async () => {
  await open()
  const asset = await add('red.png', red)
  for (const level of ['on', 'redacted', 'full'] as const) {
    await house.ask('runtime.setDebugLevel', { level })
    const { run } = await send(await house.chat(), 'See', { attachments: [reference(asset)] })
    const { artifacts } = await house.ask('runs.debug', { run_id: run.run_id })
    expect(artifacts.length).toBeGreaterThanOrEqual(5)
    if (level !== 'full') continue
    const artifact_id = 'turn-0001-attempt-0001-model-request'
    const { body } = await house.ask('runs.debugArtifact', { run_id: run.run_id, artifact_id })
    expect(JSON.parse(body)).toMatchObject({ pictures: [asset.asset_id] })
  }
  const folder = join(house.stateRoot, 'evidence')
  const kept = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'))
  const url = /data:image[^"]+/.exec(JSON.stringify(wire()))?.[0] ?? ''
  const base64 = url.slice(url.indexOf(',') + 1)
  expect(base64.length).toBeGreaterThan(60)
  expect(kept.some((file) => file.includes('image/png'))).toBe(true)
  for (const at of [0, 20, base64.length - 40])
    expect(kept.filter((file) => file.includes(base64.slice(at, at + 40)))).toEqual([])
})
