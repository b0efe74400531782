import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { projectRoot, startElectron, usableAfter } from './lib/electron.ts'
import type { Provider } from './lib/provider.ts'
import { makeStateRoot } from './lib/state-root.ts'
import { quantile, rounded, type Row } from './lib/stats.ts'

const queries = [
  'zanzibar1',
  'zanzibar2',
  'zanz',
  'daemon',
  'keeps every answer',
  'journal disk',
  'the',
  'window dr',
  'crash lid',
  'nothing matches this at all',
  'Chat 42',
  'routes keys runs',
  'a',
  'answer before anyone',
  'zanzibar6 place',
]

/** Search over 100,000 messages as the window asks for it, against the bare word index. */
export async function benchSearch(provider: Provider): Promise<readonly Row[]> {
  const root = await makeStateRoot(provider.prefix, { chats: 1_000, messages: 100 })
  const bare = measureBare(join(root, 'kheish.sqlite'))
  const running = await startElectron(projectRoot, { KHEISH_STATE_ROOT: root })
  await usableAfter(running)
  const times = await running.page.evaluate(async (asked) => {
    const { kheish } = window as unknown as { kheish: import('../../preload/contract/bridge').Bridge }
    const took: number[] = []
    for (let round = 0; round < 6; round++) {
      for (const query of asked) {
        const begun = performance.now()
        const answer = await kheish.ask('sessions.search', { query, limit: 50 })
        if (!answer.ok) throw new Error(answer.fault.code)
        took.push(performance.now() - begun)
      }
    }
    return took
  }, queries)
  await running.close()
  const p95 = quantile(times, 0.95)
  return [
    {
      bench: 'search',
      figure: 'search in 100,000 messages, p95, asked from the window',
      measured: rounded(p95, 1),
      reference: rounded(quantile(bare, 0.95), 1),
      unit: 'ms',
      goal: '≤ 50',
      reached: p95 <= 50,
      note: `median ${rounded(quantile(times, 0.5), 1)} ms; bare word index p95 ${rounded(quantile(bare, 0.95), 1)} ms`,
    },
  ]
}

function measureBare(file: string): readonly number[] {
  const db = new Sqlite(file, { readonly: true })
  const find = db.prepare(
    'SELECT rowid FROM message_index WHERE message_index MATCH ? ORDER BY rowid DESC LIMIT 50',
  )
  const took: number[] = []
  for (let round = 0; round < 6; round++) {
    for (const query of queries) {
      const begun = performance.now()
      find.all(
        query
          .split(' ')
          .map((word) => `"${word}"`)
          .join(' '),
      )
      took.push(performance.now() - begun)
    }
  }
  db.close()
  return took
}
