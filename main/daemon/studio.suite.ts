import { noAudio } from './ports/audio.fake'
import { createFileDigest } from './assets/hash/create-file-digest'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { imageCalls } from '@contract/images'
import type { GivenOf } from '@contract/define'
import type { DaemonEvent } from '@contract/events'
import type { AssetId, SessionId } from '@contract/ids'
import type { Accepted } from '@contract/runs'
import { solidPng } from '../demo-provider/solid-pictures.suite'
import { images } from './actions/images'
import { readRuns } from './actions/read-runs'
import { retryRun } from './actions/retry-run'
import { createAssets } from './assets/create-assets'
import { createPartials } from './assets/create-partials'
import { inProcessMediaWorker } from './assets/media/in-process-media-worker'
import type { CurrentRoute } from './core/routes/inventory'
import { fakeDriver, trouble, type FakeDriver } from './ports/driver.fake'
import type { ImageAsk, ImageHearing, ImagesMade } from './ports/driver'
import { noEvidence } from './ports/evidence.fake'
import { fakeLog } from './ports/log.fake'
import { fakeRegions, type FakeRegions } from './ports/regions.fake'
import { fakeSpending } from './ports/spending.fake'
import { fakeTools } from './ports/tools.fake'
import type { ImageService } from './ports/images'
import type { Store } from './ports/store'
import { createQueue, type LiveQueue } from './runtime/queue'
import { recoverRuns } from './runtime/recovery'
import type { RunPorts } from './runtime/run-ports'
import { openStore } from './store/open-store'
import { systemClock } from './system/clock'
import { systemHash } from './system/hash'
import { systemIds } from './system/ids'
import { createImageService } from './tools/images/create-image-service'
import { pictureTools } from './tools/images/picture-tools'
import type { Offered } from './tools/create-toolbox'

/** What a route does with one request for pictures. */
export type Maker = (
  ask: ImageAsk & { readonly route_id: string; readonly key: string },
  signal: AbortSignal,
  hearing: ImageHearing | undefined,
) => Promise<ImagesMade>

/** Everything that pictures take in the daemon, on a real store and real files; only the provider is played. */
export interface Studio {
  readonly root: string
  readonly store: Store
  readonly queue: LiveQueue
  readonly ports: RunPorts
  readonly service: ImageService
  readonly driver: FakeDriver
  readonly regions: FakeRegions
  readonly tools: readonly Offered[]
  readonly events: readonly DaemonEvent[]
  readonly asked: readonly (ImageAsk & { readonly route_id: string })[]
  readonly runs: ReturnType<typeof readRuns>
  readonly calls: ReturnType<typeof images>
  readonly retry: ReturnType<typeof retryRun>
  /** Plays the provider from now on. */
  makes(maker: Maker): void
  /** A picture of one colour in the library. */
  picture(colour: string, size?: number): Promise<AssetId>
  chat(): SessionId
  submit(chat: SessionId, more?: Partial<GivenOf<(typeof imageCalls)['images.submit']>>): Promise<Accepted>
  refused(work: () => unknown): Promise<unknown>
  until<T extends DaemonEvent['type']>(
    type: T,
    is?: (event: Extract<DaemonEvent, { type: T }>) => boolean,
  ): Promise<Extract<DaemonEvent, { type: T }>>
  ended(runId: string): Promise<Extract<DaemonEvent, { type: 'run.ended' }>>
  /** Closes, and leaves its files to the next one. */
  leave(): Promise<string>
  close(): Promise<void>
}

export const route = (
  route_id: string,
  can: Partial<CurrentRoute['capabilities']> = {},
  model = 'openai/gpt-5.4-mini',
): CurrentRoute => ({
  route_id,
  driver: 'openrouter',
  default_model: model,
  model,
  prefix: 'http://127.0.0.1:1/v1',
  credential: { kind: 'auth_ref', slot_id: 'openrouter.primary' },
  capabilities: {
    multimodal_input: true,
    native_web_search: false,
    image_generation: true,
    image_edit: true,
    ...can,
  },
  backends: { audio_generation: true, transcription: true },
})

let colours = 0
/** A picture that nobody has made before. */
export const fresh = (size = 8): Uint8Array =>
  solidPng(size, size, `#${(colours += 1).toString(16).padStart(6, '0')}`)

export const made = (count = 1, more: Partial<ImagesMade> = {}): ImagesMade => ({
  images: Array.from({ length: count }, () => ({ bytes: fresh() })),
  usage: { cost_usd: 0.04 },
  generation_id: `gen-${String((colours += 1))}`,
  ...more,
})

interface Options {
  readonly root?: string
  readonly routes?: readonly CurrentRoute[]
  readonly spending?: ReturnType<typeof fakeSpending>
}

export async function openStudio(options: Options = {}): Promise<Studio> {
  const root = options.root ?? (await mkdtemp(join(tmpdir(), 'kheish-studio-')))
  const routes = options.routes ?? [route('openrouter')]
  const store = openStore({ file: join(root, 'kheish.sqlite'), now: Date.now, newRootId: () => 'root' })
  const events: DaemonEvent[] = []
  const hearing = new Set<() => void>()
  const publish = (event: DaemonEvent) => {
    events.push(structuredClone(event))
    for (const hear of hearing) hear()
  }
  const [clock, ids, log, driver] = [systemClock, systemIds, fakeLog(), fakeDriver()]
  const asked: Studio['asked'][number][] = []
  let maker: Maker = async ({ count }) => made(count)
  driver.makeImages = (access, ask, signal, heard) => {
    asked.push({ ...ask, route_id: access.route_id })
    return maker({ ...ask, route_id: access.route_id, key: access.key }, signal, heard)
  }
  driver.listImageModels = () => Promise.reject(trouble('unreachable', true))
  const partials = createPartials(ids)
  const owned = createAssets({
    folder: join(root, 'assets'),
    store,
    media: inProcessMediaWorker(),
    clock,
    ids,
    publish,
    partials,
    digest: createFileDigest(undefined),
    refusal: () => undefined,
    inBackground: (work) => void work,
  })
  const table = { default_route: routes[0]?.route_id ?? '', routes }
  const routing = {
    table: () => table,
    ready: () => table,
    find: (id: string) => routes.find(({ route_id }) => route_id === id),
    digest: () => undefined,
  }
  const lease = async (route_id: string) => ({
    view: () => null,
    open: () => ({ route_id, prefix: 'p', key: 'k' }),
  })
  const regions = fakeRegions({ bytes: fresh(16), media_type: 'image/png' })
  const service = createImageService({
    store,
    routing,
    driver,
    lease,
    clock,
    hash: systemHash,
    assets: owned.door,
    contents: owned.contents,
    regions,
    evidence: noEvidence,
  })
  const spending = options.spending ?? fakeSpending()
  const ports = {
    ...fakeTools(),
    store,
    driver,
    clock,
    ids,
    log,
    publish,
    lease,
    spending,
    evidence: noEvidence,
    ...noAudio,
    contents: owned.contents,
    images: service,
    partials,
    blindness: () => undefined,
  }
  recoverRuns(ports)
  const queue = createQueue({ ...ports, mayStart: () => true, ended: () => undefined })
  const world = {
    ...ports,
    queue,
    routing,
    hash: systemHash,
    env: {},
    assets: owned.door,
    keyring: { isWhole: () => true },
    phase: { state: () => ({ phase: 'ready', demo: false }) },
    catalogue: { refreshIfOld: () => undefined },
    // The fields that these actions take, of far larger ports.
  } as unknown as Parameters<typeof images>[0]
  const calls = images(world)
  const retrying = world as unknown as Parameters<typeof retryRun>[0]
  let keys = 0

  const studio: Studio = {
    root,
    store,
    queue,
    ports,
    service,
    driver,
    regions,
    tools: pictureTools({ routing, store, images: service }),
    events,
    asked,
    runs: readRuns(world),
    calls,
    retry: retryRun(retrying),
    makes: (next) => void (maker = next),
    picture: async (colour, size = 8) =>
      (await owned.door.import({ file_name: `${colour}.png`, bytes: solidPng(size, size, colour) })).asset_id,
    chat: () => {
      const session_id = ids.next('session') as SessionId
      store.sessions.create({ session_id, title: '', at_ms: Date.now() })
      return session_id
    },
    submit: async (session_id, more = {}) => {
      const given = {
        session_id,
        idempotency_key: `key-${root}-${String((keys += 1))}`,
        prompt: 'a fox',
        ...more,
      }
      return calls.submit(imageCalls['images.submit'].input.parse(given))
    },
    refused: async (work) => {
      try {
        await work()
      } catch (error) {
        return (error as { fault?: unknown }).fault ?? error
      }
      throw new Error('it was answered')
    },
    until: (type, is = () => true) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = events.find((event) => event.type === type && is(event as never))
          if (!found) return
          hearing.delete(look)
          clearTimeout(limit)
          resolve(found as never)
        }
        const limit = setTimeout(() => {
          hearing.delete(look)
          const lines = log.lines.map(({ tag }) => tag).join('\n')
          reject(new Error(`no ${type} among ${events.map((event) => event.type).join(', ')}\n${lines}`))
        }, 5_000)
        hearing.add(look)
        look()
      }),
    ended: (id) => studio.until('run.ended', ({ run }) => run.run_id === id),
    async leave() {
      await queue.stopAll()
      await owned.stop()
      store.close()
      return root
    },
    close: async () => rm(await studio.leave(), { recursive: true, force: true }),
  }
  return studio
}
