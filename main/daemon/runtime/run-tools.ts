import { inGroups } from '../core/tools/in-groups'
import { nothingBrought } from '../core/tools/result'
import type { Brought } from '../core/tools/result'
import type { Planned, ToolTurn } from './plan-calls'
import { planCalls } from './plan-calls'
import { runCall } from './run-call'
import type { RunPorts } from './run-ports'

export interface ToolRound extends ToolTurn {
  readonly signal: AbortSignal
  /** US dollars; `paid` is written down at once. */
  readonly spent: (usd: number) => void
  readonly paid: (usd: number) => void
}

/**
 * Runs what a turn asked for: neighbours that may run side by side, all others one after the other. `held`: nothing ran,
 * somebody has to decide. Rejects when the disk refuses; what tools throw goes to the model.
 */
export async function runTools(on: RunPorts, round: ToolRound): Promise<'held' | 'ended'> {
  const planned = planCalls(on, round)
  if (planned === 'held') return 'held'
  let brought: Brought = nothingBrought
  const purse = {
    get brought() {
      return brought
    },
    add: (after: Brought) => void (brought = after),
  }
  const isParallel = (call: Planned) => call.go !== 'run' || call.tool.view.parallel
  for (const group of inGroups(planned, isParallel)) {
    await atOnce(group, round.limits.parallel, (call) => runCall(on, round, call, purse))
  }
  return 'ended'
}

/** Works through a list, some at the same time; settles when all have. */
async function atOnce<T>(items: readonly T[], most: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items]
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker))
}
