import { join } from 'node:path'
import type { Page } from 'playwright'
import { countFrames, watchBusy } from './lib/busy.ts'
import { projectRoot, startElectron, usableAfter } from './lib/electron.ts'
import type { Provider } from './lib/provider.ts'
import { makeStateRoot } from './lib/state-root.ts'
import { rounded, type Row } from './lib/stats.ts'

const pace = 2_000
const watched = 6_000

/** Frames, long tasks and work per batch while 2,000 tokens/s stream into a long chat and into a short one. */
export async function benchFrames(provider: Provider): Promise<readonly Row[]> {
  const blank = await startElectron(join(import.meta.dirname, 'blank'))
  await usableAfter(blank)
  const bare = await countFrames(blank.page, 2_000)
  await blank.close()

  const long = await streamInto(provider, 1_000)
  const short = await streamInto(provider, 10)
  const table = await streamInto(provider, 10, tableOf(3_000))
  const paragraph = await streamInto(provider, 10, paragraphOf(32_000))
  const worst = Math.max(0, ...long.long_tasks)
  const growth = long.busy / short.busy
  return [
    {
      bench: 'frames',
      figure: 'frames a second while 2,000 tokens/s stream into a 1,000-message chat',
      measured: rounded(long.fps, 1),
      reference: rounded(bare.fps, 1),
      unit: 'fps',
      goal: '≥ 58',
      reached: long.fps >= 58,
      note: `blank window beside it: ${rounded(bare.fps, 1)} fps`,
    },
    {
      bench: 'frames',
      figure: 'longest task in the window meanwhile',
      measured: rounded(worst, 0),
      unit: 'ms',
      goal: '≤ 50',
      reached: worst <= 50,
      note: `${long.long_tasks.length} tasks over 50 ms`,
    },
    {
      bench: 'frames',
      figure: 'work in the window, 1,000-message chat against 10-message chat',
      measured: rounded(growth),
      unit: '×',
      goal: '≤ 1.15 (independent of length)',
      reached: growth <= 1.15,
      note: `${rounded(long.busy, 0)} ms against ${rounded(short.busy, 0)} ms of ${watched} ms`,
    },
    longest('longest task while a table of some hundred rows streams', table.long_tasks),
    longest('longest task while a paragraph of 20,000 words streams', paragraph.long_tasks),
  ]
}

function longest(figure: string, tasks: readonly number[]): Row {
  const worst = Math.max(0, ...tasks)
  return {
    bench: 'frames',
    figure,
    measured: rounded(worst, 0),
    unit: 'ms',
    goal: '≤ 50',
    reached: worst <= 50,
    note: `${tasks.length} tasks over 50 ms`,
  }
}

const tableOf = (rows: number): string =>
  `| Name | What it does | Cost | More |\n| --- | --- | ---: | --- |\n${Array.from(
    { length: rows },
    (_, at) =>
      `| **Row ${at}** | words and \`code\` about it | ${at * 7} | [link](https://example.com/${at}) |\n`,
  ).join('')}`

const paragraphOf = (words: number): string =>
  Array.from({ length: words / 8 }, (_, at) => `Sentence ${at} says **something** about that matter. `).join(
    '',
  )

/** What streams lasts longer than it is watched; so must `text`, when there is one. */
async function streamInto(provider: Provider, messages: number, text?: string) {
  const root = await makeStateRoot(provider.prefix, { chats: 1, messages })
  const running = await startElectron(projectRoot, { KHEISH_STATE_ROOT: root })
  await usableAfter(running)
  const { page } = running
  await page.getByRole('navigation', { name: 'Chats' }).getByText('Chat 0 about').first().click()
  await page.getByRole('article').first().waitFor()
  const written = text === undefined ? { tokens: (pace * (watched + 4_000)) / 1000 } : { text }
  await provider.script({ ...written, tokens_per_second: pace })
  await page.getByRole('textbox', { name: 'Message' }).fill('Go on.')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Stop' }).waitFor()
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  const watch = await watchBusy(page)
  let frames = { fps: 0, long_tasks: [] as readonly number[] }
  const busy = await watch.during(async () => void (frames = await countFrames(page, watched)), 0)
  await stillStreaming(page)
  await running.close()
  return { ...frames, busy }
}

/** The figure would be worth nothing if the answer had ended early. */
async function stillStreaming(page: Page): Promise<void> {
  if ((await page.getByRole('button', { name: 'Stop' }).count()) === 0)
    throw new Error('the stream ended too early')
}
