import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DaemonCalls } from '@contract/calls'
import { daemonCalls } from '@contract/calls'
import type { GivenOf, OutputOf } from '@contract/define'
import type { DaemonEvent } from '@contract/events'
import type { Answer, Fault } from '@contract/fault'
import type { Message } from '@contract/message'
import { startDemoProvider } from '../demo-provider/index'
import type { Behaviour, DemoProvider } from '../demo-provider/index'
import { answer } from './core/failure'
import { startDaemon } from './index'
import type { FakeBrowser } from './ports/browser.fake'
import { fakeBrowser } from './ports/browser.fake'
import type { Daemon, DaemonPorts } from './ports/daemon'
import type { Keychain } from './ports/keychain'
import type { FakeKeychain } from './ports/keychain.fake'
import { fakeKeychain } from './ports/keychain.fake'

/** The planted key: when it turns up anywhere but in the keychain and on the wire, `close` throws. */
export const canary = 'sk-or-v1-canary0123456789canary0123456789'

/** Plain calls and events of a real daemon on the demo provider, all through structured clones. */
export interface House {
  readonly provider: DemoProvider
  readonly keychain: FakeKeychain
  /** The keychain account that was set last. */
  readonly account: () => string
  readonly browser: FakeBrowser
  readonly stateRoot: string
  readonly events: readonly DaemonEvent[]
  readonly daemon: () => Daemon
  /** Throws the fault's code and detail when the answer is one. */
  ask<K extends keyof DaemonCalls>(name: K, input: GivenOf<DaemonCalls[K]>): Promise<OutputOf<DaemonCalls[K]>>
  /** The fault; throws when the answer is none. */
  refused<K extends keyof DaemonCalls>(name: K, input: GivenOf<DaemonCalls[K]>): Promise<Fault>
  /** The first event like this, past or coming. */
  until<T extends DaemonEvent['type']>(
    type: T,
    is?: (event: Extract<DaemonEvent, { type: T }>) => boolean,
  ): Promise<Extract<DaemonEvent, { type: T }>>
  submit(
    session: string,
    content: string,
    extras?: object,
  ): Promise<OutputOf<DaemonCalls['sessions.submitRun']>>
  chat(): Promise<string>
  /** A new process on the same state root; `kill` leaves the old one no time for anything. */
  restart(options?: Partial<DaemonPorts>): Promise<void>
  close(): Promise<void>
}

export interface HouseOptions {
  readonly script?: readonly Behaviour[]
  /** Content of the routes file, `$PREFIX` standing for the provider; false: the recommended one. */
  readonly routes?: string | false
  /** Default true: the canary is in the slot before the test begins. */
  readonly hasKey?: boolean
  readonly tokensPerSecond?: number
  /** A JSGF file of what the provider's listener may hear. */
  readonly grammar?: string
  readonly ports?: Partial<DaemonPorts>
}

export const oneRoute = `version = 1
default_route = "openrouter"

[routes.openrouter]
driver = "openrouter"
default_model = "openai/gpt-5.4-mini"
model_support = "any"
auth_ref = "openrouter.primary"
base_url = "$PREFIX"
`

export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const { script = [], routes = oneRoute, hasKey = true, tokensPerSecond = 20_000 } = options
  const provider = await startDemoProvider({
    script,
    tokens_per_second: tokensPerSecond,
    generation_misses: 0,
    ...(options.grammar === undefined ? {} : { grammar: options.grammar }),
  })
  const stateRoot = await mkdtemp(join(tmpdir(), 'kheish-daemon-'))
  const keychain = fakeKeychain()
  let account = ''
  const watched: Keychain = {
    ...keychain,
    set: (name, secret) => {
      account = name
      return keychain.set(name, secret)
    },
  }
  const browser = fakeBrowser()
  const events: DaemonEvent[] = []
  const answers: Answer<unknown>[] = []
  const listeners = new Set<() => void>()
  if (routes !== false) {
    await writeFile(join(stateRoot, 'routes.toml'), routes.replaceAll('$PREFIX', provider.prefix))
  }
  let keys = 0

  const start = (extras: Partial<DaemonPorts> = {}): Promise<Daemon> =>
    startDaemon({
      stateRoot,
      env: {},
      version: '0.0.0',
      keychain: watched,
      browser,
      publish: (event) => {
        events.push(structuredClone(event))
        for (const hear of listeners) hear()
      },
      ...options.ports,
      ...extras,
    })
  let daemon = await start()

  async function call<K extends keyof DaemonCalls>(name: K, given: GivenOf<DaemonCalls[K]>) {
    const input = daemonCalls[name].input.parse(structuredClone(given))
    const handle = daemon.handlers[name] as (input: unknown) => OutputOf<DaemonCalls[K]>
    const answered = structuredClone(
      await answer(
        () => handle(input),
        (surprise) => {
          throw surprise
        },
      ),
    )
    answers.push(answered)
    return answered
  }

  const house: House = {
    provider,
    keychain,
    account: () => account,
    browser,
    stateRoot,
    events,
    daemon: () => daemon,
    async ask(name, input) {
      const answered = await call(name, input)
      if (answered.ok) return answered.value
      throw new Error(`${answered.fault.code}: ${answered.fault.detail}`)
    },
    async refused(name, input) {
      const answered = await call(name, input)
      if (!answered.ok) return answered.fault
      throw new Error(`${name} was answered`)
    },
    until: (type, is = () => true) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = events.find((event) => event.type === type && is(event as never))
          if (!found) return
          listeners.delete(look)
          clearTimeout(limit)
          resolve(found as never)
        }
        const limit = setTimeout(() => {
          listeners.delete(look)
          reject(new Error(`no ${type}; there were ${events.map((event) => event.type).join(', ')}`))
        }, 10_000)
        listeners.add(look)
        look()
      }),
    submit: (session, content, extras = {}) =>
      house.ask('sessions.submitRun', {
        session_id: session,
        idempotency_key: `key-${String((keys += 1))}`,
        content,
        ...extras,
      }),
    chat: async () => (await house.ask('sessions.create', {})).session_id,
    async restart(extras) {
      await daemon.stop()
      events.length = 0
      daemon = await start(extras)
    },
    async close() {
      await daemon.stop()
      await provider.stop()
      const leaks = await findCanary(stateRoot, events, answers)
      await rm(stateRoot, { recursive: true, force: true })
      if (leaks.length > 0) throw new Error(`the key leaked into ${leaks.join(', ')}`)
    },
  }
  if (hasKey && routes !== false) await storeKey(house)
  return house
}

export const storeKey = (house: House, value = canary) =>
  house.ask('secrets.set', { slot_id: 'openrouter.primary', source: { kind: 'inline', value } })

export const textIn = (message: Pick<Message, 'parts'> | null | undefined): string =>
  (message?.parts ?? []).map((part) => (part.kind === 'text' ? part.text : '')).join('')

async function findCanary(root: string, events: unknown, answers: unknown): Promise<readonly string[]> {
  const files = await readdir(root, { recursive: true, withFileTypes: true })
  const texts = await Promise.all(
    files
      .filter((file) => file.isFile())
      .map(async ({ name, parentPath }) => {
        // What was only there while it was being written is gone.
        const text = await readFile(join(parentPath, name), 'latin1').catch(() => '')
        return [name, text] as const
      }),
  )
  const all = [
    ...texts,
    ['an event', JSON.stringify(events)],
    ['an answer', JSON.stringify(answers)],
  ] as const
  const pieces = [canary, canary.slice(9, 29), Buffer.from(canary).toString('base64').slice(0, 20)]
  return all.filter(([, text]) => pieces.some((piece) => text.includes(piece))).map(([name]) => name)
}
