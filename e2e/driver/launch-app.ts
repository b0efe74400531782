import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import type { Answer } from '@contract/fault'
import type { CallName } from '@contract/names'
import { killTree, processTree } from './processes'

export interface LaunchOptions {
  /** Default: a new one. The same one again is a restart. */
  readonly stateRoot?: string
  readonly routesFile?: string
  readonly args?: readonly string[]
  /** Laid over the environment of the tests. Undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

export interface RunningApp {
  readonly electron: ElectronApplication
  readonly page: Page
  readonly stateRoot: string
  readonly pid: number
  /** What the page would ask: over the bridge, with everything that checks it. */
  ask(name: CallName, input?: unknown): Promise<Answer<unknown>>
  /** What the main process has said, on the terminal and in its log. */
  logs(): string
  /** As a person quits. Resolves with how long it took, in milliseconds, when every process is gone. */
  quit(): Promise<number>
  /** kill -9 of every process at once. */
  kill(): Promise<void>
}

const projectRoot = join(import.meta.dirname, '../..')
const runtime = process.env['ELECTRON_OVERRIDE_DIST_PATH']
export const electronBinary =
  runtime && join(runtime, process.platform === 'win32' ? 'electron.exe' : 'electron')
const isRoot = process.getuid?.() === 0
/** What a person's shell may hold and a test must not see. */
const foreign = { OPENROUTER_API_KEY: undefined, KHEISH_ROUTES_FILE: undefined, KHEISH_STATE_ROOT: undefined }

export const newStateRoot = (): string => mkdtempSync(join(tmpdir(), 'kheish-e2e-'))

/** The variables the app gets. */
export function environmentOf(options: LaunchOptions, stateRoot: string): Record<string, string> {
  const routes = options.routesFile === undefined ? {} : { KHEISH_ROUTES_FILE: options.routesFile }
  const all = { ...process.env, ...foreign, ...routes, ...options.env, KHEISH_STATE_ROOT: stateRoot }
  return Object.fromEntries(
    Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined),
  )
}

/** Starts the built app in a real window and waits for its page. */
export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const stateRoot = options.stateRoot ?? newStateRoot()
  const electron = await _electron.launch({
    args: [projectRoot, ...(options.args ?? [])],
    env: environmentOf(options, stateRoot),
    chromiumSandbox: !isRoot,
    ...(electronBinary ? { executablePath: electronBinary } : {}),
  })
  let said = ''
  const main = electron.process()
  main.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  main.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const pid = main.pid ?? 0
  const exited = new Promise<void>((resolve) => void main.once('exit', () => resolve()))
  const page = await electron.firstWindow()
  await page.waitForLoadState('domcontentloaded')
  // The page's program is read by then, but React draws in a later turn, and before that no key is heard.
  await page.locator('#root > *').first().waitFor({ state: 'attached' })

  return {
    electron,
    page,
    stateRoot,
    pid,
    ask: (name, input = {}) =>
      page.evaluate(([call, given]) => window.kheish.ask(call, given), [name, input] as const),
    logs() {
      const file = join(stateRoot, 'logs/kheish.log')
      return said + (existsSync(file) ? readFileSync(file, 'utf8') : '')
    },
    async quit() {
      const before = performance.now()
      const tree = processTree(pid)
      // The answer may never come: the process that would give it ends.
      void electron.evaluate(({ app }) => app.quit()).catch(() => undefined)
      await exited
      while (tree.some((each) => processTree(each).length > 0))
        await new Promise((wait) => setTimeout(wait, 20))
      return performance.now() - before
    },
    async kill() {
      killTree(pid)
      await exited
    },
  }
}

export const removeStateRoot = (stateRoot: string): void =>
  rmSync(stateRoot, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
