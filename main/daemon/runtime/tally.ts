import type { MessageId } from '@contract/ids'
import type { Part } from '@contract/message'
import type { Receipt } from '@contract/runs'
import { estimateCost, partsTokens, roughTokens } from '../core/pricing/estimate'
import type { Gathered } from '../core/runs/receipt'
import { gatheredFrom, nextRequest, receiptOf, withToolCost } from '../core/runs/receipt'
import { billedModel } from '../core/runs/served'
import { textOf } from '../core/runs/text-of'
import type { ChatEvent } from '../ports/driver'
import type { RunRecord } from '../ports/store'
import { chatTurn } from './chat-turn'
import type { RunPorts } from './run-ports'

/** What a run learns of who answers and what it costs, over all its turns. */
export interface Tally {
  /** The next sign of the provider is of another request. */
  begin(): void
  hear(event: ChatEvent): void
  grew(): void
  /** What is known besides. */
  add(more: Partial<Gathered>): void
  /** A tool was paid for. US dollars. */
  spent(usd: number): void
  /** As `spent`, and written down at once: it stays counted when the run fails, is stopped, or the daemon is killed. */
  paid(usd: number): void
  /** The turn is whole: its cost is guessed where nobody said it. `base`: where its parts begin. */
  close(base: number): void
  now(): Gathered
  receipt(): Receipt
  /** The receipt of an answer that broke off in a turn that has grown. */
  last(base: number): Receipt
}

/** What the model wrote of it. */
const saidIn = (parts: readonly Part[]): string =>
  parts.reduce((said, part) => (part.kind === 'tool_call' ? said + part.arguments : said), textOf(parts))

/** Goes on where the run's receipt stands, if it has one. */
export function createTally(on: RunPorts, run: RunRecord, asked: Partial<Gathered>): Tally {
  const { store, clock, log } = on
  const { route_id, model, receipt: before } = run
  let gathered: Gathered =
    before && run.status === 'waiting_for_approval'
      ? gatheredFrom(before, run.started_at_ms ?? clock.now())
      : { route_id, model, ...asked, started_at_ms: clock.now() }
  let isNext = false

  const receipt = (estimate?: Receipt['cost']) => receiptOf(gathered, clock.now(), estimate)

  function learn(event: Extract<ChatEvent, { is: 'accepted' | 'served' }>): void {
    const known = gathered.generation_id
    gathered = {
      ...gathered,
      ...(event.generation_id === undefined ? {} : { generation_id: event.generation_id }),
      ...(event.is === 'served' && event.model !== undefined ? { served_model: event.model } : {}),
      ...(event.is === 'served' && event.provider !== undefined ? { served_provider: event.provider } : {}),
    }
    // Written down at once: after a kill it is the only way to learn what the answer cost.
    if (gathered.generation_id !== undefined && gathered.generation_id !== known) {
      store.runs.update(run.run_id, { receipt: receipt(), updated_at_ms: clock.now() })
    }
  }

  /** By the catalogue's prices and the text, where the provider's count never came. */
  function estimate(base: number): Receipt['cost'] {
    const paid = billedModel({ ...run, receipt: receipt() })
    const prices = store.models.find(run.route_id, paid) ?? store.models.find(run.route_id, run.model)
    const { history, pictures } = chatTurn(on, run)
    const parts = store.messages.get(run.assistant_message_id as MessageId)?.parts ?? []
    // The answer is the last of the history, once there is something of it.
    const told = parts.length > 0 ? history.slice(0, -1) : history
    const earlier = partsTokens(parts.slice(0, base), pictures)
    const asked = told.reduce((sum, message) => sum + partsTokens(message.parts, pictures), earlier)
    return estimateCost(prices, {
      prompt_tokens: gathered.usage?.prompt_tokens ?? asked,
      completion_tokens: gathered.usage?.completion_tokens ?? roughTokens(saidIn(parts.slice(base))),
    })
  }

  function spent(usd: number): void {
    gathered = withToolCost(gathered, usd)
  }

  return {
    begin: () => void (isNext = true),
    hear(event) {
      if (isNext && event.is !== 'waiting') {
        isNext = false
        gathered = nextRequest(gathered)
      }
      if (event.is === 'accepted' || event.is === 'served') learn(event)
      if (event.is === 'usage') gathered = { ...gathered, usage: { ...gathered.usage, ...event.usage } }
      if (event.is === 'finished') {
        gathered = { ...gathered, finish_reason: gathered.finish_reason ?? event.reason }
      }
    },
    grew() {
      if (gathered.first_token_at_ms === undefined) gathered = { ...gathered, first_token_at_ms: clock.now() }
    },
    add: (more) => void (gathered = { ...gathered, ...more }),
    spent,
    paid(usd) {
      spent(usd)
      try {
        store.runs.update(run.run_id, { receipt: receipt(), updated_at_ms: clock.now() })
      } catch (error) {
        log.surprise(error)
      }
    },
    close(base) {
      if (gathered.usage?.cost_usd === undefined) gathered = { ...gathered, estimate: estimate(base) }
    },
    now: () => gathered,
    receipt: () => receipt(),
    last: (base) => receipt(gathered.usage?.cost_usd === undefined ? estimate(base) : undefined),
  }
}
