import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Page } from 'playwright'
import { countFrames } from './lib/busy.ts'
import { projectRoot, startElectron, usableAfter } from './lib/electron.ts'
import type { Provider } from './lib/provider.ts'
import { makeStateRoot } from './lib/state-root.ts'
import { quantile, rounded, type Row } from './lib/stats.ts'

const many = 50_000
const queries = [
  'zanzibar1',
  'zanz',
  'daemon',
  'keeps every answer',
  'the',
  'disk-',
  'ournal',
  '499',
  'image/png',
  'asset_00012345',
  'a',
  'nothing matches this at all',
  'window dr',
  '.png',
]

/** Pages of the library and its search as the window asks for them, against the bare tables and indexes. */
export async function benchAssets(provider: Provider): Promise<readonly Row[]> {
  const root = await makeStateRoot(provider.prefix, { chats: 10, messages: 2, assets: many })
  const bare = measureBare(join(root, 'kheish.sqlite'))
  const running = await startElectron(projectRoot, { KHEISH_STATE_ROOT: root })
  await usableAfter(running)
  const times = await running.page.evaluate(async (asked) => {
    const { kheish } = window as unknown as { kheish: import('../../preload/contract/bridge').Bridge }
    const took = { list: [] as number[], search: [] as number[] }
    const ask = async (into: number[], input: object) => {
      const begun = performance.now()
      const answer = await kheish.ask('assets.list', { limit: 100, ...input })
      if (!answer.ok) throw new Error(answer.fault.code)
      into.push(performance.now() - begun)
      return (answer.value as { assets: readonly { created_at_ms: number; asset_id: string }[] }).assets.at(
        -1,
      )
    }
    for (const filter of [{}, { kind: 'document' }, { origin: 'imported' }, { from_ms: 1_700_010_000_000 }]) {
      let last = await ask(took.list, filter)
      for (let page = 0; page < 20 && last; page++) {
        const before = { created_at_ms: last.created_at_ms, asset_id: last.asset_id }
        last = await ask(took.list, { ...filter, before })
      }
    }
    for (let round = 0; round < 6; round++) for (const query of asked) await ask(took.search, { query })
    return took
  }, queries)
  const window = await measureWindow(running.page)
  await running.close()
  const row = (what: 'list' | 'search'): Row => {
    const p95 = quantile(times[what], 0.95)
    return {
      bench: 'assets',
      figure: `${what === 'list' ? 'a page' : 'search'} of 50,000 assets, p95, asked from the window`,
      measured: rounded(p95, 1),
      reference: rounded(quantile(bare[what], 0.95), 1),
      unit: 'ms',
      goal: '≤ 50',
      reached: p95 <= 50,
      note: `median ${rounded(quantile(times[what], 0.5), 1)} ms; bare median ${rounded(quantile(bare[what], 0.5), 1)} ms`,
    }
  }
  return [row('list'), row('search'), ...window]
}

/** The library itself: scrolled as fast as a wheel turns, to the end of what is loaded again and again, and searched. */
async function measureWindow(page: Page): Promise<readonly Row[]> {
  await page.getByRole('button', { name: 'Library' }).click()
  const list = page.getByRole('list', { name: 'Assets' })
  await list.getByRole('listitem').first().waitFor()
  const box = await page.getByRole('region', { name: 'Library' }).boundingBox()
  if (!box) throw new Error('no library')
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const worked = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? Number.NaN) * 1_000
  }
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  const frames = countFrames(page, 6_000)
  const turns: number[] = []
  for (let turn = 0; turn < 25; turn++) {
    const before = await worked()
    await page.mouse.wheel(0, 600)
    await page.waitForTimeout(150)
    turns.push((await worked()) - before)
  }
  const { long_tasks, fps } = await frames
  await list.locator('[data-asset][tabindex="0"]').focus()
  const ends = countFrames(page, 12_000)
  for (let press = 0; press < 40; press++) {
    await page.keyboard.press('End')
    await page.waitForTimeout(200)
  }
  const atEnd = await ends
  const search = countFrames(page, 5_000)
  await page.getByRole('searchbox', { name: 'Search assets' }).pressSequentially('zanzibar1', { delay: 120 })
  const searched = await search
  const longest = (tasks: readonly number[]): number => Math.max(0, ...tasks)
  const all = [long_tasks, atEnd.long_tasks, searched.long_tasks].map(longest)
  const row = (figure: string, measured: number, goal: number, note: string): Row => ({
    bench: 'assets',
    figure,
    measured: rounded(measured, 1),
    unit: 'ms',
    goal: `≤ ${goal}`,
    reached: measured <= goal,
    note,
  })
  return [
    row(
      'longest task while 50,000 assets are scrolled, walked by End and searched',
      longest(all),
      50,
      `scrolled ${all[0]}, End ${all[1]}, searched ${all[2]} (0: none over 50 ms); ${rounded(fps, 1)} frames/s while scrolled`,
    ),
    row(
      'processor time of the window per turn of the wheel in the library, median',
      quantile(turns, 0.5),
      16.7,
      `p95 ${rounded(quantile(turns, 0.95), 1)} ms`,
    ),
  ]
}

/** A page with the number of all, and the rows of each query that the two indexes know. */
function measureBare(file: string): { readonly list: number[]; readonly search: number[] } {
  const db = new Sqlite(file, { readonly: true })
  const page = db.prepare(
    'SELECT * FROM asset WHERE (created_at_ms, asset_id) < (?, ?) ORDER BY created_at_ms DESC, asset_id DESC LIMIT 100',
  )
  const count = db.prepare('SELECT count(*) FROM asset')
  const byWord = db.prepare('SELECT count(*) FROM asset_index WHERE asset_index MATCH ?')
  const byPiece = db.prepare('SELECT count(*) FROM asset_piece WHERE asset_piece MATCH ?')
  const took = { list: [] as number[], search: [] as number[] }
  const timed = (into: number[], work: () => void) => {
    const begun = performance.now()
    work()
    into.push(performance.now() - begun)
  }
  for (let turn = 0; turn < 84; turn++) {
    timed(took.list, () => {
      page.all(1_700_000_000_000 + (many - turn * 100) * 1_000, '')
      count.get()
    })
  }
  for (let round = 0; round < 6; round++) {
    for (const query of queries) {
      const quoted = query
        .split(' ')
        .map((word) => `"${word}"`)
        .join(' ')
      timed(took.search, () => {
        byWord.get(quoted)
        byPiece.get(quoted)
        page.all(Number.MAX_SAFE_INTEGER, '')
      })
    }
  }
  db.close()
  return took
}
