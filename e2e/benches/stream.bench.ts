import type { Page } from 'playwright'
import { projectRoot, startElectron, usableAfter } from './lib/electron.ts'
import type { Provider } from './lib/provider.ts'
import { readBareStream } from './lib/read-bare-stream.ts'
import { makeStateRoot } from './lib/state-root.ts'
import { median, rounded, type Row } from './lib/stats.ts'

const tokens = 2_000
const rounds = 5

/** A whole answer of 2,000 tokens through daemon and journal, against fetch and parse alone. */
export async function benchStream(provider: Provider): Promise<readonly Row[]> {
  const root = await makeStateRoot(provider.prefix)
  const running = await startElectron(projectRoot, { KHEISH_STATE_ROOT: root })
  await usableAfter(running)
  const rows: Row[] = []
  for (const [pace, goal] of [
    [500, 1.05],
    [100_000, null],
  ] as const) {
    const script = { tokens, tokens_per_second: pace }
    const through: number[] = []
    const bare: number[] = []
    for (let round = 0; round < rounds; round++) {
      await provider.script(script)
      bare.push(await timeBare(provider.prefix))
      await provider.script(script)
      through.push(await askDaemon(running.page))
    }
    const ratio = median(through) / median(bare)
    rows.push({
      bench: 'stream',
      figure: `2,000 tokens at ${pace >= 100_000 ? 'full speed' : `${pace}/s`} through daemon and journal, against fetch and parse`,
      measured: rounded(ratio, 3),
      unit: '×',
      goal: goal === null ? 'none (shows the cost itself)' : `≤ ${goal}`,
      reached: goal === null ? null : ratio <= goal,
      note: `${rounded(median(through), 0)} ms against ${rounded(median(bare), 0)} ms, median of ${rounds}`,
    })
  }
  await running.close()
  return rows
}

/** Milliseconds from the ask to `run.ended`, as the window sees it. */
async function askDaemon(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { kheish } = window as unknown as { kheish: import('../../preload/contract/bridge').Bridge }
    const made = await kheish.ask('sessions.create', {})
    if (!made.ok) throw new Error(made.fault.code)
    const { session_id } = made.value as { session_id: string }
    const begun = performance.now()
    const ended = new Promise<number>((resolve) => {
      const stop = kheish.listen((events) => {
        if (!events.some((event) => event.type === 'run.ended' && event.run.session_id === session_id)) return
        stop()
        resolve(performance.now() - begun)
      })
    })
    const asked = await kheish.ask('sessions.submitRun', {
      session_id,
      idempotency_key: crypto.randomUUID(),
      content: 'A long answer, please.',
    })
    if (!asked.ok) throw new Error(asked.fault.code)
    return ended
  })
}

/** The same request without the product. */
async function timeBare(prefix: string): Promise<number> {
  const begun = performance.now()
  await readBareStream(prefix)
  return performance.now() - begun
}
