import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { openControl } from '../control/open-control'
import type { Behaviour, DemoProvider } from '../demo-provider/index'
import { startDemoProvider } from '../demo-provider/index'
import { startDaemon } from '../daemon/index'
import { fakeBrowser } from '../daemon/ports/browser.fake'
import type { FakeKeychain } from '../daemon/ports/keychain.fake'
import { fakeKeychain } from '../daemon/ports/keychain.fake'
import type { Look } from './look'
import { runCommand } from './run-command'
import type { Terminal } from './terminal'

/** The planted key: no command may ever say it. */
export const key = 'sk-or-v1-canary0123456789canary0123456789'

export interface Said {
  readonly code: number
  readonly out: string
  readonly err: string
}
export interface Given {
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
  readonly look?: Partial<Look>
}
/** A command under way. */
export interface Typed extends Promise<Said> {
  /** What it has said so far. */
  readonly so: { readonly out: string; readonly err: string }
  interrupt(): void
  terminate(): void
}

type Started = Awaited<ReturnType<typeof startDaemon>>
/** What stands in for a part of a served daemon. */
export interface ServedChanges {
  readonly assets?: Started['assets']
  readonly handlers?: (own: Started['handlers']) => Partial<Started['handlers']>
}

export interface Desktop {
  readonly root: string
  readonly provider: DemoProvider
  readonly keychain: FakeKeychain
  /** One command; `~` stands for a blank within a word. */
  kheish(words: string, given?: Given): Typed
  /** A route to the demo provider, and its key. */
  ready(...script: readonly Behaviour[]): Promise<void>
  /** A daemon of another process, as far as commands can tell; answers how it ends. */
  serve(changes?: ServedChanges): Promise<() => Promise<void>>
  close(): Promise<void>
}

export const plain: Look = { hasColour: false, isScreen: false, timeZone: 'UTC' }

export async function openDesktop(tokensPerSecond = 20_000): Promise<Desktop> {
  const root = await mkdtemp(join(tmpdir(), 'kheish-cli-'))
  const provider = await startDemoProvider({ tokens_per_second: tokensPerSecond, generation_misses: 0 })
  const keychain = fakeKeychain()
  const ends: (() => Promise<void>)[] = []

  function kheish(words: string, { input, env = {}, look = {} }: Given = {}): Typed {
    const so = { out: '', err: '' }
    const interrupts = new Set<() => void>()
    const terminates = new Set<() => void>()
    const listen = (to: Set<() => void>) => (work: () => void) => {
      to.add(work)
      return () => void to.delete(work)
    }
    const terminal: Terminal = {
      env: { KHEISH_STATE_ROOT: root, ...env },
      platform: 'linux',
      home: root,
      version: '1.2.3',
      look: { ...plain, ...look },
      resolve: (path) => (path.startsWith('/') ? path : join(root, path)),
      out: (text) => void (so.out += text),
      outBytes: async (bytes) => void (so.out += Buffer.from(bytes).toString('latin1')),
      err: (text) => void (so.err += text),
      readInput: async () => input,
      readBytes: async () => (input === undefined ? undefined : Buffer.from(input)),
      readFile: (path) => readFile(path, 'utf8'),
      readFileBytes: (path) => readFile(path),
      writeFile: (path, content) => writeFile(path, content, { mode: 0o600 }),
      onInterrupt: listen(interrupts),
      onTerminate: listen(terminates),
      openKeychain: () => ({ ...keychain, close: async () => undefined }),
    }
    const list = words.split(' ').map((word) => word.replaceAll('~', ' '))
    const done = runCommand(list, terminal).then((code) => {
      expect(so.out + so.err).not.toContain(key)
      expect([...interrupts, ...terminates]).toEqual([])
      return { code, ...so }
    })
    return Object.assign(done, {
      so,
      interrupt: () => interrupts.forEach((work) => work()),
      terminate: () => terminates.forEach((work) => work()),
    })
  }

  return {
    root,
    provider,
    keychain,
    kheish,
    async ready(...script) {
      provider.faults.add(script)
      await writeFile(
        join(root, 'routes.toml'),
        `[routes.openrouter]\ndriver = "openrouter"\ndefault_model = "openai/gpt-5.4-mini"\nauth_ref = "openrouter.primary"\nbase_url = "${provider.prefix}"\n`,
      )
      await kheish('secrets set openrouter.primary --from-env OPENROUTER_API_KEY', {
        env: { OPENROUTER_API_KEY: key },
      })
    },
    async serve({ assets, handlers } = {}) {
      const publish = () => undefined
      const ports = { stateRoot: root, env: {}, version: '9.9.9', keychain, browser: fakeBrowser(), publish }
      const daemon = await startDaemon(ports)
      const served = {
        ...daemon,
        ...(assets ? { assets } : {}),
        handlers: { ...daemon.handlers, ...handlers?.(daemon.handlers) },
      }
      const control = await openControl({ daemon: served, stateRoot: root, version: '9.9.9' })
      const end = () => control.stop(() => daemon.stop())
      ends.push(end)
      return end
    },
    async close() {
      for (const end of ends) await end()
      await provider.stop()
      for (const name of await readdir(root)) {
        if (!name.startsWith('key'))
          expect(await readFile(join(root, name), 'latin1').catch(() => '')).not.toContain(key)
      }
      await rm(root, { recursive: true })
    },
  }
}
