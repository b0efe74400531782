import type { RunView } from '@contract/runs'
import type { Provider } from './demo-provider'
import type { RunningApp } from './launch-app'
import { expect } from './test'

const chats = [
  ['Plan a weekend in Lisbon', 'Start at **Graça** for the view, then walk down through Alfama.'],
  ['Rewrite my cover letter', 'Here is a tighter version, with the achievements first.'],
  ['Why is my SQL query slow?', 'The index is not used, because the column is wrapped in `lower()`.'],
  ['Name ideas for a bakery', 'Crumb & Co., Early Rise, The Proving Drawer.'],
  [
    'Explain monads without category theory',
    'A monad is a way to chain steps that each carry something extra.',
  ],
] as const

export const showpiece = `A hash table keeps pairs in **buckets** and finds them by arithmetic, not by looking through everything.

\`\`\`ts
function indexOf(key: string, size: number): number {
  let hash = 0
  for (const letter of key) hash = (hash * 31 + letter.codePointAt(0)!) | 0
  return Math.abs(hash) % size
}
\`\`\`

| operation | average | worst |
| --- | --- | --- |
| find | $O(1)$ | $O(n)$ |
| insert | $O(1)$ | $O(n)$ |

With $n$ entries in $m$ buckets the load factor is

$$\\alpha = \\frac{n}{m}$$

and most implementations grow once $\\alpha > 0.75$.
`

/** Fills the side bar with a handful of finished chats, through the daemon, as a person would have. */
export async function makeChats(app: RunningApp, provider: Provider): Promise<void> {
  for (const [question, text] of chats) {
    await provider.script({ text, tokens_per_second: 4_000 })
    const made = await app.ask('sessions.create')
    if (!made.ok) throw new Error(made.fault.code)
    const { session_id } = made.value as { readonly session_id: string }
    const asked = await app.ask('sessions.submitRun', {
      session_id,
      idempotency_key: session_id,
      content: question,
    })
    if (!asked.ok) throw new Error(asked.fault.code)
    const { run } = asked.value as { readonly run: RunView }
    await expect
      .poll(async () => {
        const got = await app.ask('runs.get', { run_id: run.run_id })
        return got.ok && (got.value as RunView).status
      })
      .toBe('completed')
  }
}
