import { join } from 'node:path'
import { projectRoot, startElectron, usableAfter } from './lib/electron.ts'
import { memoryOfTree } from './lib/processes.ts'
import type { Provider } from './lib/provider.ts'
import { makeStateRoot } from './lib/state-root.ts'
import { median, rounded, type Row } from './lib/stats.ts'

const blank = join(import.meta.dirname, 'blank')
const rounds = 15
/** Longer than any start; one that takes longer is waited for all the same. */
const lookAfter = 2_500

/** Start to usable and idle memory, the app and the blank window of the same runtime in turn. */
export async function benchStart(provider: Provider): Promise<readonly Row[]> {
  const root = await makeStateRoot(provider.prefix, { chats: 5_000, messages: 4 })
  const env = { KHEISH_STATE_ROOT: root }
  // The first start fetches and stores the catalogue; it is not measured.
  const first = await startElectron(projectRoot, env)
  await usableAfter(first)
  // Later starts come back to a chat, as a person's do.
  await first.page.evaluate(() => window.kheish.ask('preferences.set', { last_session_id: 'session_004000' }))
  await new Promise((resolve) => setTimeout(resolve, 4_000))
  await first.close()

  const times = { app: [] as number[], blank: [] as number[] }
  const memory = { app: [] as number[], blank: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    for (const who of ['blank', 'app'] as const) {
      const running = await startElectron(
        who === 'app' ? projectRoot : blank,
        who === 'app' ? env : {},
        lookAfter,
      )
      times[who].push(await usableAfter(running))
      if (round < 3) {
        await new Promise((resolve) => setTimeout(resolve, 5_000))
        memory[who].push(memoryOfTree(running.child.pid ?? 0))
      }
      await running.close()
    }
  }
  // Of those that ran side by side: a machine is slower in one minute than in the next.
  const ratio = median(times.app.map((ms, round) => ms / (times.blank[round] ?? Number.NaN)))
  const heavier = median(memory.app) / median(memory.blank)
  return [
    {
      bench: 'start',
      figure: 'start to usable (5,000 chats, the last conversation, 420 models), against a blank window',
      measured: rounded(ratio),
      unit: '×',
      goal: '≤ 1.25',
      reached: ratio <= 1.25,
      note: `${rounded(median(times.app), 0)} ms against ${rounded(median(times.blank), 0)} ms, medians of ${rounds}; the ratio is the median of pairs`,
    },
    {
      bench: 'memory',
      figure: 'idle memory (PSS of all processes) against a blank window',
      measured: rounded(heavier),
      unit: '×',
      goal: '≤ 1.35',
      reached: heavier <= 1.35,
      note: `${rounded(median(memory.app), 0)} MiB against ${rounded(median(memory.blank), 0)} MiB`,
    },
  ]
}
