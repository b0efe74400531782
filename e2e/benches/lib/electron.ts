import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright'

export const projectRoot = join(import.meta.dirname, '../../..')
const runtime = process.env['ELECTRON_OVERRIDE_DIST_PATH']
if (!runtime) throw new Error('ELECTRON_OVERRIDE_DIST_PATH is not set: start the benches with npm run bench')
export const electronBinary = join(runtime, process.platform === 'win32' ? 'electron.exe' : 'electron')
const asRoot = process.getuid?.() === 0

export interface Running {
  readonly child: ChildProcess
  readonly page: Page
  /** Wall clock, milliseconds, just before the process was made. */
  readonly spawnedAt: number
  close(): Promise<void>
}

/**
 * Starts an Electron app as a person would, without a test harness inside it, and looks in from outside
 * through the remote debugging port once it runs.
 */
export async function startElectron(
  app: string,
  env: Readonly<Record<string, string>> = {},
  /** Looking in costs the looked at as well: whoever measures a start looks when it is over. Milliseconds. */
  lookAfter = 0,
  /** Switches of the runtime. */
  switches: readonly string[] = [],
): Promise<Running> {
  const profile = mkdtempSync(join(tmpdir(), 'kheish-bench-'))
  const spawnedAt = Date.now()
  const child = spawn(
    electronBinary,
    [app, '--remote-debugging-port=0', ...switches, ...(asRoot ? ['--no-sandbox'] : [])],
    { env: { ...process.env, BLANK_USER_DATA: profile, ...env }, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const address = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const match = /DevTools listening on (ws:\S+)/.exec(said)
      if (match?.[1]) resolve(match[1])
    })
    child.once('exit', () => reject(new Error(`Electron ended before it listened: ${said.slice(-500)}`)))
  })
  await new Promise((resolve) => setTimeout(resolve, lookAfter))
  const browser = await chromium.connectOverCDP(address)
  const page = await firstPage(browser)
  return {
    child,
    page,
    spawnedAt,
    async close() {
      await browser.close().catch(() => undefined)
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), 5000)
      await ended
      clearTimeout(late)
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

async function firstPage(browser: Browser): Promise<Page> {
  for (;;) {
    const page = browser.contexts()[0]?.pages()[0]
    if (page) return page
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Milliseconds from the spawn to the page's own mark. */
export async function usableAfter(running: Running): Promise<number> {
  const at = await running.page.evaluate(async () => {
    for (;;) {
      const mark = performance.getEntriesByName('kheish:usable')[0]
      if (mark) return performance.timeOrigin + mark.startTime
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  })
  return at - running.spawnedAt
}
