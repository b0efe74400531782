import { mkdtemp, readdir, rm, writeFile, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fault } from '@contract/fault'
import type { AssetText } from '../ports/transcription'
import type { SpeechAsk, SpeechMade } from '../ports/driver'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createAssets } from '../assets/create-assets'
import { createPartials } from '../assets/create-partials'
import { createFileDigest } from '../assets/hash/create-file-digest'
import { inProcessMediaWorker } from '../assets/media/in-process-media-worker'
import { Failure } from '../core/failure'
import { fakeDriver, trouble } from '../ports/driver.fake'
import { fakeSpending } from '../ports/spending.fake'
import type { SpeechService } from '../ports/speech'
import type { Store } from '../ports/store'
import type { ToolCall } from '../ports/tools'
import { openStore } from '../store/open-store'
import { route } from '../studio.suite'
import { systemClock } from '../system/clock'
import { systemHash } from '../system/hash'
import { systemIds } from '../system/ids'
import { createSpeech } from './create-speech'

type Teller = (ask: SpeechAsk, signal: AbortSignal) => Partial<SpeechMade> | Promise<Partial<SpeechMade>>

let root: string
let store: Store
let speech: SpeechService
let teller: Teller
let asked: SpeechAsk[]
let findGeneration: ReturnType<typeof fakeDriver>['findGeneration']
let leased: Promise<void>
let leases: number
let attached: Map<string, AssetText>
let close: () => Promise<void>

let takes = 0
/** Sound that was never heard before. */
const samples = (length = 480) => Buffer.alloc(length * 2, (takes += 1))
async function* bytesOf(...pieces: readonly Uint8Array[]) {
  yield* pieces
}
const never = new AbortController().signal
const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => 'spoken',
    (error: unknown) => (error instanceof Failure ? error.fault : error),
  )

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kheish-speech-'))
  await mkdir(join(root, 'scratch', 'speech'), { recursive: true })
  await writeFile(join(root, 'scratch', 'speech', 'left'), 'by a daemon that was killed')
  const opened = openStore({ file: join(root, 'kheish.sqlite'), now: Date.now, newRootId: () => 'root' })
  attached = new Map()
  store = {
    ...opened,
    assetTexts: { get: (id) => attached.get(id), put: (id, text) => void attached.set(id, text) },
  }
  asked = []
  teller = () => ({})
  leased = Promise.resolve()
  leases = 0
  findGeneration = () => Promise.resolve(undefined)
  const driver = fakeDriver()
  driver.findGeneration = (...given) => findGeneration(...given)
  driver.speak = async (_access, ask, signal) => {
    asked.push(ask)
    return {
      media_type: 'audio/l16',
      sample_rate: 24_000,
      channels: 1,
      bytes: bytesOf(samples()),
      ...(await teller(ask, signal)),
    }
  }
  const [clock, ids, hash] = [systemClock, systemIds, systemHash]
  const publish = () => undefined
  const media = inProcessMediaWorker()
  const owned = createAssets({
    folder: join(root, 'assets'),
    store,
    media,
    clock,
    ids,
    publish,
    partials: createPartials(ids),
    digest: createFileDigest(undefined),
    refusal: () => undefined,
    inBackground: (work) => void work,
  })
  const table = { default_route: 'openrouter', routes: [route('openrouter')] }
  speech = createSpeech({
    store,
    driver,
    clock,
    ids,
    hash,
    publish,
    media,
    assets: owned.door,
    contents: owned.contents,
    spending: fakeSpending(),
    routing: { table: () => table, ready: () => table, find: () => table.routes[0], digest: () => undefined },
    lease: async (route_id) => {
      leases += 1
      await leased
      return { view: () => null, open: () => ({ route_id, prefix: 'p', key: 'k' }) }
    },
    scratch: join(root, 'scratch'),
    inBackground: (work) => void work,
  })
  close = async () => {
    await owned.stop()
    opened.close()
    await rm(root, { recursive: true, force: true })
  }
})
afterEach(() => close())

const ledger = () =>
  store.costs.by('session', { from_ms: 0, to_ms: Date.now() + 1 }).map(({ key, runs }) => [key, runs])
/** A door that somebody else opens. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined
  const opened = new Promise<void>((go) => (open = go))
  return { opened, open }
}
/** The call of a tool whose run is stopped by its signal. */
function callOf(signal: AbortSignal) {
  const told: (number | 'dispatched')[] = []
  const call = {
    run: { run_id: 'run', session_id: 'chat' },
    call_id: 'call',
    signal,
    progress: () => undefined,
    dispatch: () => {
      if (signal.aborted) throw new Failure(fault('interrupted', 'Stopped.'))
      told.push('dispatched')
    },
    paid: (usd: number) => void (signal.aborted || told.push(usd)),
  } as unknown as ToolCall
  return { call, told }
}

const left = () => readdir(join(root, 'scratch', 'speech'))

test('S30: a transcript is kept as a text of the recording; without one there is none', async () => {
  teller = () => ({ transcript: ' Good night. ' })
  const said = await speech.speak({ input: 'Good night.' }, { signal: never })
  expect(said.transcript).toBe('Good night.')
  const text = attached.get(said.asset.asset_id)
  expect(text).toMatchObject({ maker: 'generator', route_id: 'openrouter', provider: 'openrouter' })
  expect(store.assets.get(text?.text_asset_id ?? ('' as never))?.view).toMatchObject({
    media_type: 'text/plain',
    file_name: 'Good night (alloy).txt',
  })
  teller = () => ({})
  const plain = await speech.speak({ input: 'Good morning.' }, { signal: never })
  expect([plain.transcript, attached.get(plain.asset.asset_id)]).toEqual([undefined, undefined])
  expect(await left()).toEqual([])
})

test('pieces that do not fit together are no recording', async () => {
  const input = 'A sentence. '.repeat(300)
  let at = 0
  for (const odd of [{ sample_rate: 16_000 }, { media_type: 'audio/mpeg' as const }, { channels: 2 }]) {
    teller = () => ((at += 1) % 2 === 0 ? odd : {})
    expect(await faultOf(speech.speak({ input }, { signal: never }))).toMatchObject({
      code: 'provider_error',
      kind: 'no_audio',
    })
  }
  expect(store.assets.counts()).toEqual({ assets: 0 })
})

test('one who stops waiting takes nothing from the others; when all have gone the work ends', async () => {
  const [first, second] = [new AbortController(), new AbortController()]
  let go = (): void => undefined
  let working: AbortSignal | undefined
  const gate = new Promise<void>((open) => (go = open))
  teller = async (_ask, signal) => {
    working = signal
    await gate
    return {}
  }
  const one = faultOf(speech.speak({ input: 'Together.' }, { signal: first.signal }))
  const two = speech.speak({ input: 'Together.' }, { signal: second.signal })
  await expect.poll(() => asked.length).toBe(1)
  first.abort()
  expect(await one).toMatchObject({ code: 'interrupted' })
  go()
  expect(await two).toMatchObject({ is_reused: true })
  expect(asked).toHaveLength(1)

  teller = (_ask, signal) => {
    working = signal
    return new Promise<never>((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(trouble('cut_short', false))),
    )
  }
  const alone = new AbortController()
  const three = faultOf(speech.speak({ input: 'Alone.' }, { signal: alone.signal }))
  await expect.poll(() => asked.length).toBe(2)
  alone.abort()
  expect(await three).toMatchObject({ code: 'interrupted' })
  expect(working?.aborted).toBe(true)
  teller = () => ({})
  expect(await speech.speak({ input: 'Alone.' }, { signal: never })).toMatchObject({ is_reused: false })
  await expect.poll(left).toEqual([])
})

describe('what was said before', () => {
  test('is made anew where its file is put apart', async () => {
    const { asset } = await speech.speak({ input: 'Once.' }, { signal: never })
    expect(await speech.speak({ input: 'Once.' }, { signal: never })).toMatchObject({ is_reused: true })
    store.assets.setQuarantined(asset.asset_id, true)
    const anew = await speech.speak({ input: 'Once.' }, { signal: never })
    expect([anew.is_reused, asked.length]).toEqual([false, 2])
    expect(await speech.speak({ input: 'Once.' }, { signal: never })).toMatchObject({
      is_reused: true,
      asset: { asset_id: anew.asset.asset_id },
    })
  })

  test('a key that is refused before anything is sent counts nothing', async () => {
    teller = () => {
      throw trouble('key_refused', false)
    }
    expect(await faultOf(speech.speak({ input: 'No.' }, { signal: never }))).toMatchObject({
      kind: 'key_refused',
    })
    expect(store.costs.by('model', { from_ms: 0, to_ms: Date.now() + 1 })).toEqual([])
    expect(await left()).toEqual([])
  })
})

describe('what it costs', () => {
  test('sound that can’t be kept is entered once', async () => {
    teller = () => ({ media_type: 'audio/mpeg', bytes: bytesOf(Buffer.from('no frames at all')) })
    expect(await faultOf(speech.speak({ input: 'Noise.' }, { signal: never }))).toMatchObject({
      kind: 'no_audio',
    })
    expect(ledger()).toEqual([['speech', 1]])
  })

  test('what is whole is noted before its price is looked up: a killed process pays no second time', async () => {
    const price = gate()
    teller = () => ({ generation_id: 'gen' })
    findGeneration = () => price.opened.then(() => undefined)
    const put = vi.spyOn(store.speech, 'put')
    const first = speech.speak({ input: 'Kept.' }, { signal: never })
    await expect.poll(() => put.mock.calls.length).toBe(1)
    expect(await speech.speak({ input: 'Kept.' }, { signal: never })).toMatchObject({ is_reused: true })
    price.open()
    expect(await first).toMatchObject({ is_reused: false })
    expect(asked).toHaveLength(1)
  })

  test('of a stopped call whose speech another one waits for has a line of its own', async () => {
    const sound = gate()
    teller = async () => {
      await sound.opened
      return { generation_id: 'gen' }
    }
    findGeneration = () => Promise.resolve({ cost_usd: 0.5 })
    const stop = new AbortController()
    const { call, told } = callOf(stop.signal)
    const tool = faultOf(speech.speak({ input: 'Shared.' }, { signal: stop.signal, call }))
    const person = speech.speak({ input: 'Shared.' }, { signal: never })
    await expect.poll(() => asked.length).toBe(1)
    stop.abort()
    expect(await tool).toMatchObject({ code: 'interrupted' })
    sound.open()
    expect(await person).toMatchObject({ is_reused: true })
    expect([told, ledger()]).toEqual([['dispatched'], [['chat', 1]]])
  })

  test('a call that is stopped before its request takes nothing from whoever has joined', async () => {
    const key = gate()
    leased = key.opened
    const stop = new AbortController()
    const { call, told } = callOf(stop.signal)
    const tool = faultOf(speech.speak({ input: 'Joined.' }, { signal: stop.signal, call }))
    const person = speech.speak({ input: 'Joined.' }, { signal: never })
    await expect.poll(() => leases).toBe(1)
    stop.abort()
    expect(await tool).toMatchObject({ code: 'interrupted' })
    key.open()
    expect(await person).toMatchObject({ is_reused: true })
    expect([told, asked.length]).toEqual([[], 1])
  })
})
