import type { AssetId, MessageId, SessionId } from '@contract/ids'
import type { Part } from '@contract/message'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { directCallId } from './core/images/direct-call'
import { trouble } from './ports/driver.fake'
import type { RunRecord } from './ports/store'
import { beginImageRun } from './runtime/begin-image-run'
import { mostAtOnce } from './runtime/image-runs'
import { fresh, made, openStudio, route, type Studio } from './studio.suite'

let studio: Studio
beforeEach(async () => {
  studio = await openStudio({ routes: [route('main'), route('other')] })
})
afterEach(() => studio.close())

/** Answers when it is told to; hears of a stop as fetch does. */
function held() {
  const waiting: (() => void)[] = []
  studio.makes(
    ({ count }, signal) =>
      new Promise((resolve, reject) => {
        waiting.push(() => resolve(made(count)))
        signal.addEventListener('abort', () => reject(trouble('unreachable', true)), { once: true })
      }),
  )
  return {
    waiting,
    arrived: async (count: number): Promise<void> => {
      await expect.poll(() => waiting.length).toBe(count)
    },
  }
}
const callIn = (parts: readonly Part[] | undefined) => {
  const [part] = parts ?? []
  if (part?.kind !== 'tool_call') throw new Error('the answer does not begin with a call')
  return part
}
const activity = (chat: SessionId) => studio.store.sessions.get(chat)?.activity

describe('a person’s own order', () => {
  test('is a message and an answer that holds the call and shows the pictures', async () => {
    const chat = studio.chat()
    studio.makes(async (_ask, _signal, heard) => {
      heard?.partial?.({ index: 0, bytes: fresh(), media_type: 'image/png' })
      return made(2)
    })
    const accepted = await studio.submit(chat, { prompt: 'two foxes', count: 2, size: 'square' })
    expect(accepted.messages.map(({ role }) => role)).toEqual(['user', 'assistant'])
    expect(accepted.run).toMatchObject({
      kind: 'image',
      status: 'running',
      progress: 'running_tools',
      request: {
        provider: 'main',
        model: 'openai/gpt-5-image-mini',
        image: { operation: 'generate', count: 2 },
      },
    })
    expect(activity(chat)).toBe('running')
    const { run, message } = await studio.ended(accepted.run.run_id)
    expect(run).toMatchObject({
      status: 'completed',
      receipt: { route_id: 'main', model: 'openai/gpt-5-image-mini', cost: { basis: 'reported', usd: 0.04 } },
    })
    const call = callIn(message?.parts)
    expect(call).toMatchObject({
      name: 'generate_image',
      direct: true,
      state: 'done',
      facts: { cost_usd: 0.04 },
    })
    expect(JSON.parse(call.arguments)).toEqual({ prompt: 'two foxes', count: 2, size: 'square' })
    expect(message?.parts.slice(1)).toMatchObject([
      { kind: 'attachment', emitted: true },
      { kind: 'attachment', emitted: true },
    ])
    expect(studio.store.sessions.get(chat)).toMatchObject({
      title: 'two foxes',
      activity: 'idle',
      unread: true,
      cost_usd: 0.04,
      head_message_id: message?.message_id,
    })
    // What was heard while it ran adds up to what is stored.
    const grown = studio.events.flatMap((event) => (event.type === 'run.grew' ? event.batch.deltas : []))
    expect(grown.map(({ at }) => at)).toEqual(['tool', 'part', 'part'])
    const partial = studio.events.find((event) => event.type === 'call.progress' && event.partial_uri)
    expect(partial).toMatchObject({ stage: 'generating', done: 0, all: 2 })
    expect(studio.runs.outputs({ run_id: run.run_id }).outputs).toMatchObject([
      { source_kind: 'daemon_emit_output', parts: [{ type: 'attachment' }, { type: 'attachment' }] },
    ])
    expect(studio.store.calls.of(run.run_id)).toMatchObject([{ state: 'done', turn: 1, place: 0 }])
    expect(studio.store.costs.get(run.run_id)).toMatchObject({ nano_usd: 40_000_000, route_id: 'main' })
    expect(studio.store.runs.events(run.run_id).map(({ kind }) => kind)).toEqual([
      'accepted',
      'started',
      'tool_started',
      'tool_ended',
      'output',
      'completed',
    ])
    const journal = studio.store.journal.list(chat, { after: 0, limit: 100 })
    expect(journal.map(({ kind }) => kind)).toEqual([
      'input_received',
      'message_appended',
      'tool_call_started',
      'tool_call_finished',
      'message_appended',
      'run_ended',
    ])
    const { run_id } = run
    const told = { run_id, call_id: call.call_id, name: 'generate_image' }
    expect(journal.slice(2, 4).map(({ data }) => data)).toEqual([
      { ...told, message_id: message?.message_id },
      { ...told, state: 'done' },
    ])
  })

  test('with pictures is an edit; they stand before the words', async () => {
    const source = await studio.picture('#ff0000')
    const accepted = await studio.submit(studio.chat(), { prompt: 'bluer', source_asset_ids: [source] })
    expect(accepted.messages[0]?.parts).toMatchObject([
      { kind: 'attachment', asset: { asset_id: source } },
      { kind: 'text', text: 'bluer' },
    ])
    const { message } = await studio.ended(accepted.run.run_id)
    expect(callIn(message?.parts).name).toBe('edit_image')
    // What it was made from can't be deleted under it.
    expect(studio.store.assets.references(source).some(({ hard }) => hard)).toBe(true)
  })

  test('that can’t be carried out is refused, and leaves nothing', async () => {
    const chat = studio.chat()
    const note = studio.store.assets.add({
      asset_id: 'asset_note' as AssetId,
      file_name: 'note.txt',
      created_at_ms: 1,
      raw: { sha256: 'x', byte_length: 1, media_type: 'text/plain' },
      source_media_type: 'text/plain',
      source_byte_length: 1,
    }).view.asset_id
    const region = { mask_base64: 'AAAA' }
    for (const [more, code] of [
      [{ prompt: ' ' }, 'image_order_invalid'],
      [{ size: '512x512' }, 'image_order_invalid'],
      [{ region }, 'image_order_invalid'],
      [{ source_asset_ids: ['gone'] }, 'asset_not_found'],
      [{ source_asset_ids: [note] }, 'unsupported_media_type'],
      [{ provider: 'nobody' }, 'route_unknown'],
      [{ idempotency_key: 'no key' }, 'invalid_idempotency_key'],
    ] as const) {
      expect(await studio.refused(() => studio.submit(chat, { ...more } as object))).toMatchObject({ code })
    }
    expect(await studio.refused(() => studio.submit('gone' as SessionId))).toMatchObject({
      code: 'session_not_found',
    })
    expect(studio.store.runs.list({ limit: 10 })).toEqual([])
  })

  test('the same key answers the same run; with another order it is a conflict', async () => {
    const chat = studio.chat()
    const order = { idempotency_key: 'once', prompt: 'a fox' }
    const first = await studio.submit(chat, order)
    await studio.ended(first.run.run_id)
    const again = await studio.submit(chat, order)
    expect([again.run.run_id, again.run.status]).toEqual([first.run.run_id, 'completed'])
    expect(again.messages).toHaveLength(2)
    expect(studio.asked).toHaveLength(1)
    expect(await studio.refused(() => studio.submit(chat, { ...order, count: 2 }))).toMatchObject({
      code: 'idempotency_conflict',
    })
  })

  test('that fails says why, in the run and in the call', async () => {
    studio.makes(async () => {
      throw trouble('policy', false)
    })
    const { run } = await studio.submit(studio.chat(), { provider: 'other' })
    const ended = await studio.ended(run.run_id)
    expect(ended.run).toMatchObject({ status: 'failed', error: { code: 'provider_error', kind: 'policy' } })
    expect(callIn(ended.message?.parts)).toMatchObject({
      state: 'failed',
      output: expect.stringContaining('policy') as string,
    })
    expect(studio.asked.map(({ route_id }) => route_id)).toEqual(['other'])
    expect(studio.store.costs.get(run.run_id)).toBeUndefined()
  })

  test('goes on to another route, and the receipt names it', async () => {
    studio.makes(async ({ route_id }) => {
      if (route_id === 'main') throw trouble('provider_down', true)
      return made()
    })
    const { run } = await studio.submit(studio.chat())
    expect((await studio.ended(run.run_id)).run).toMatchObject({
      status: 'completed',
      request: { provider: 'main' },
      receipt: { route_id: 'other' },
    })
  })

  test('can be asked for again: the same order, as another version', async () => {
    const { run } = await studio.submit(studio.chat(), { prompt: 'a fox', size: 'square' })
    const first = await studio.ended(run.run_id)
    const again = studio.retry({ run_id: run.run_id, idempotency_key: 'again', provider: 'other' })
    const second = await studio.ended(again.run.run_id)
    expect(second.run.request).toMatchObject({
      provider: 'other',
      text_preview: 'a fox',
      image: { size: 'square', provider: 'other' },
    })
    expect(second.message?.versions).toEqual([first.message?.message_id, second.message?.message_id])
    expect(studio.asked.map(({ prompt, size }) => [prompt, size])).toEqual([
      ['a fox', 'square'],
      ['a fox', 'square'],
    ])
  })
})

describe('several at once', () => {
  test('ten, the others in order; a stop makes room', async () => {
    const { waiting, arrived } = held()
    const chats = [studio.chat(), studio.chat()]
    const runs = []
    for (let at = 0; at < mostAtOnce + 2; at += 1) {
      runs.push((await studio.submit(chats[at % 2] as SessionId, { prompt: `fox ${String(at)}` })).run)
    }
    expect(runs.map(({ status }) => status)).toEqual([
      ...Array<string>(10).fill('running'),
      'queued',
      'queued',
    ])
    expect(runs.slice(10).map((run) => run.queued_position)).toEqual([1, 2])
    await arrived(10)

    expect(studio.runs.cancel({ run_id: runs[11]?.run_id as never })).toMatchObject({
      status: 'cancelled',
      assistant_message_id: null,
    })
    const stopped = studio.runs.cancel({ run_id: runs[1]?.run_id as never })
    expect(stopped.status).toBe('cancelled')
    expect(studio.runs.cancel({ run_id: runs[1]?.run_id as never })).toEqual(stopped)
    await arrived(11)
    for (const answer of waiting) answer()
    for (const { run_id } of [...runs.slice(0, 1), ...runs.slice(2, 11)]) {
      expect((await studio.ended(run_id)).run.status).toBe('completed')
    }
    expect(studio.asked.map(({ prompt }) => prompt)).toEqual(
      Array.from({ length: 11 }, (_, at) => `fox ${String(at)}`),
    )
    expect(chats.map(activity)).toEqual(['idle', 'idle'])
  })

  test('beside an answer: neither waits for the other, and the chat is busy until both are done', async () => {
    const chat = studio.chat()
    const { waiting, arrived } = held()
    let say = (): void => undefined
    const spoken = new Promise<void>((resolve) => (say = resolve))
    studio.driver.scripts = [[{ is: 'accepted' }, () => spoken, { is: 'finished', reason: 'stop' }]]
    const text = studio.queue.admit(textRun(chat)).run
    const { run } = await studio.submit(chat)
    expect([text.status, run.status]).toEqual(['running', 'running'])
    await arrived(1)
    // The pictures hang below the answer that is still being written.
    const asked = studio.store.messages.get(run.user_message_id as never)
    expect(asked?.parent_id).toBe(text.assistant_message_id)
    waiting[0]?.()
    await studio.ended(run.run_id)
    expect(activity(chat)).toBe('running')
    say()
    await studio.ended(text.run_id)
    expect(activity(chat)).toBe('idle')
  })

  test('an interrupted chat, and one that is deleted, stop making pictures', async () => {
    const { arrived } = held()
    const [one, two] = [studio.chat(), studio.chat()]
    const { run } = await studio.submit(one)
    const others = [await studio.submit(two), await studio.submit(two)]
    await arrived(3)
    expect(studio.runs.interrupt({ session_id: one }).run).toMatchObject({
      run_id: run.run_id,
      status: 'interrupted',
    })
    studio.queue.drop(two)
    for (const other of others) {
      expect((await studio.ended(other.run.run_id)).run.status).toBe('interrupted')
    }
    expect(studio.queue.activeCount()).toBe(0)
  })

  test('what is left when the daemon stops ends with it, what waits goes on at the next start', async () => {
    const { arrived } = held()
    const chat = studio.chat()
    const runs: string[] = []
    for (let at = 0; at <= mostAtOnce; at += 1) runs.push((await studio.submit(chat)).run.run_id)
    await arrived(mostAtOnce)
    studio = await openStudio({ root: await studio.leave(), routes: [route('main')] })
    const at = (index: number) => studio.store.runs.get(runs[index] as never)
    expect(at(0)).toMatchObject({ status: 'interrupted', fault: { code: 'daemon_stopping' } })
    expect(at(mostAtOnce)).toMatchObject({ status: 'queued' })
    studio.queue.resume()
    expect((await studio.ended(runs[mostAtOnce] ?? '')).run.status).toBe('completed')
    expect(studio.asked).toHaveLength(1)
  })
})

describe('a killed daemon', () => {
  /** A picture run under way that nobody carries out, as a killed daemon leaves it behind. */
  function begun() {
    const chat = studio.chat()
    const image = { operation: 'generate', prompt: 'a fox', count: 1, source_asset_ids: [] } as const
    const run = { ...textRun(chat), kind: 'image', image } as const
    studio.store.runs.add(run)
    return studio.store.transaction(() => beginImageRun(studio.ports, run)).run
  }

  /** The answer has what a stop says, its end is not written yet. */
  function stopBegun({ assistant_message_id }: RunRecord): void {
    const id = assistant_message_id as MessageId
    const from = (studio.store.messages.get(id)?.seen ?? 0) + 1
    const stopped = { state: 'failed', output: 'Stopped.', facts: { outcome: 'stopped' } } as const
    const batch = { from, upto: from, deltas: [{ at: 'tool', place: 0, ...stopped } as const] }
    studio.store.messages.appendBatches([{ id, batch }])
  }

  test.each([
    ['before it was sent', false, false, 'daemon_restarted', 'not_dispatched'],
    ['while the provider worked', true, false, 'outcome_unknown', 'unknown'],
    ['before it was sent, in the middle of a stop', false, true, 'daemon_restarted', 'not_dispatched'],
    ['while the provider worked, in the middle of a stop', true, true, 'outcome_unknown', 'unknown'],
  ] as const)('%s: said so, and not sent again', async (_when, wasSent, isStopping, code, outcome) => {
    const run = begun()
    if (wasSent) studio.store.calls.dispatch(run.run_id, directCallId(run.run_id), 1)
    if (isStopping) stopBegun(run)
    studio = await openStudio({ root: await studio.leave() })
    studio.queue.resume()
    expect(studio.store.runs.get(run.run_id)).toMatchObject({ status: 'interrupted', fault: { code } })
    const message = studio.store.messages.get(run.assistant_message_id as never)
    expect(callIn(message?.parts)).toMatchObject({ state: 'failed', facts: { outcome } })
    expect(activity(run.session_id)).toBe('idle')
    expect(studio.asked).toEqual([])
  })

  test('after the result was written down: it is shown', async () => {
    const run = begun()
    const asset = studio.store.assets.ref(await studio.picture('#123456'))
    studio.store.calls.end(run.run_id, directCallId(run.run_id), {
      state: 'done',
      at_ms: 1,
      output: '{}',
      facts: { assets: asset ? [asset] : [] },
    })
    studio = await openStudio({ root: await studio.leave() })
    expect(studio.store.runs.get(run.run_id)?.status).toBe('completed')
    const message = studio.store.messages.get(run.assistant_message_id as never)
    expect(message?.parts).toMatchObject([{ state: 'done' }, { kind: 'attachment', asset, emitted: true }])
    expect(studio.runs.outputs({ run_id: run.run_id }).outputs).toHaveLength(1)
  })
})

describe('a region', () => {
  test('source → mask → edit → composite, with its proof; the mask is held by the run', async () => {
    const source = await studio.picture('#ff0000')
    const mask = Buffer.from(fresh()).toString('base64')
    const { run } = await studio.submit(studio.chat(), {
      prompt: 'a hat',
      source_asset_ids: [source],
      region: { mask_base64: mask, feather_px: 3 },
    })
    const { message, run: over } = await studio.ended(run.run_id)
    expect(over.status).toBe('completed')
    const { facts } = callIn(message?.parts)
    const composite = facts?.assets?.[0]?.asset_id as AssetId
    expect(facts?.proofs).toEqual([
      {
        asset_id: composite,
        width: 100,
        height: 100,
        outside_pixels: 9_000,
        outside_changed: 0,
        feather_px: 3,
      },
    ])
    const maskId = run.request.image?.mask_asset_id as AssetId
    const made = studio.store.assets.get(composite)?.view.provenance[0]
    expect(made).toMatchObject({ kind: 'image_edit', region: { mask_asset_id: maskId, outside_changed: 0 } })
    const [from, edit, through] = made?.source_assets ?? []
    expect([from?.asset_id, through?.asset_id]).toEqual([source, maskId])
    const raw = studio.store.assets.get(edit?.asset_id as AssetId)?.view.provenance[0]
    expect(raw?.source_assets.map(({ asset_id }) => asset_id)).toEqual([source, maskId])
    expect(studio.store.assets.get(maskId)?.view.provenance).toMatchObject([
      { kind: 'image_mask', source_assets: [{ asset_id: source }] },
    ])
    expect(studio.store.assets.references(maskId).some(({ hard }) => hard)).toBe(true)
    // Nobody holds it by itself; it stays while the composite is there.
    const unused = () => studio.store.assets.unused(Date.now() + 1, 100)
    expect(unused()).toEqual([])
    // A small region goes alone, and comes back into its box.
    expect(studio.asked[0]?.references).toHaveLength(1)
    expect(studio.asked[0]?.prompt).toMatch(/^a hat\n\nThis is a part/)
    expect(studio.regions.composed[0]).toMatchObject({ source, feather_px: 3, box: { width: 10 } })
  })
})

test('versions: the tree of edits from its root, with what each was asked for', async () => {
  const chat = studio.chat()
  const root = await studio.picture('#ff0000')
  const aside = await studio.picture('#00ff00')
  const edit = async (prompt: string, ...source_asset_ids: AssetId[]) => {
    const { run } = await studio.submit(chat, { prompt, source_asset_ids })
    const { message } = await studio.ended(run.run_id)
    return callIn(message?.parts).facts?.assets?.[0]?.asset_id as AssetId
  }
  const first = await edit('first', root)
  const second = await edit('second', first, aside)
  const sibling = await edit('sibling', root)
  const tree = (asset_id: AssetId) => studio.calls.versions({ asset_id }).versions
  const expected = [
    { asset: { asset_id: root }, parent_id: null, reference_ids: [] },
    { asset: { asset_id: first }, parent_id: root, prompt: 'first', route_id: 'main', session_id: chat },
    { asset: { asset_id: sibling }, parent_id: root, prompt: 'sibling' },
    { asset: { asset_id: second }, parent_id: first, reference_ids: [aside], prompt: 'second' },
  ]
  for (const id of [root, first, second, sibling]) expect(tree(id)).toMatchObject(expected)
  // What was only given along is nobody's root.
  expect(tree(aside)).toMatchObject([{ asset: { asset_id: aside }, parent_id: null }])
  studio.store.sessions.markDeleted(chat, 1)
  expect(tree(root)[1]).not.toHaveProperty('prompt')
  expect(await studio.refused(() => tree('gone' as AssetId))).toMatchObject({ code: 'asset_not_found' })
})

const textRun = (session_id: SessionId): RunRecord => ({
  run_id: `run_text_${session_id}` as never,
  session_id,
  kind: 'input',
  status: 'queued',
  submitted_at_ms: Date.now(),
  updated_at_ms: Date.now(),
  position: 1,
  source_kind: 'desktop',
  route_id: 'main',
  model: 'openai/gpt-5.4-mini',
  generation: {},
  input: [{ kind: 'text', text: 'Hello' }],
  user_message_id: null,
  assistant_message_id: null,
  key_hash: `key of ${session_id}`,
  fingerprint: 'f',
})
