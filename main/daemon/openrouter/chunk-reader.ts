import type { Delta } from '@contract/fold'
import type { ChatEvent, Usage } from '../ports/driver'
import { createAssembly } from './assemble'
import { failureOf, trouble, type CallFacts } from './faults'
import { isPlainChunk } from './plain-chunk'
import { Chunk, type WireError, type WireUsage } from './wire'

/** What one answer has told so far. */
export interface Told {
  facts: CallFacts
  served: { readonly model?: string; readonly provider?: string; readonly generation_id?: string }
  finish?: { readonly reason: string; readonly native?: string }
  done: boolean
}

export interface ChunkReader {
  /** Adds what a parsed chunk tells to `events`; throws the error it carries after that. */
  take(value: unknown, events: ChatEvent[]): void
  /** The content that grew since the last time. */
  drain(): Delta[]
  close(): void
  hasToolCalls(): boolean
  /** There are calls, and none of them has a name. */
  hasNamelessCalls(): boolean
}

/** Reads chunks of a stream, and whole answers: who serves, what it says, what it cost, what went wrong. */
export function createChunkReader(now: () => number, told: Told): ChunkReader {
  const assembly = createAssembly()

  function serve(chunk: Chunk, events: ChatEvent[]): void {
    const before = told.served
    const generation_id = told.facts.generation_id ?? (chunk.id || undefined)
    const served = {
      ...before,
      ...(chunk.model ? { model: chunk.model } : {}),
      ...(chunk.provider ? { provider: chunk.provider } : {}),
      ...(generation_id === undefined ? {} : { generation_id }),
    }
    const keys = ['model', 'provider', 'generation_id'] as const
    if (keys.every((key) => served[key] === before[key])) return
    told.served = served
    if (generation_id !== undefined) told.facts = { ...told.facts, generation_id }
    events.push({ is: 'served', ...served })
  }

  function read(value: unknown): Chunk {
    const parsed = Chunk.safeParse(value)
    if (!parsed.success) throw trouble('malformed', told.facts, { retryable: true })
    return parsed.data
  }

  function fail(error: WireError | null | undefined): never {
    throw failureOf({ error: error ?? {}, header: () => undefined, now: now() }, told.facts)
  }

  return {
    take(value, events) {
      const chunk = isPlainChunk(value) ? value : read(value)
      serve(chunk, events)
      if (chunk.usage) events.push({ is: 'usage', usage: usageOf(chunk.usage) })
      for (const choice of chunk.choices ?? []) {
        if ((choice.index ?? 0) !== 0) continue
        const delta = choice.delta ?? choice.message
        if (delta) assembly.take(delta)
        if (choice.error || choice.finish_reason === 'error') fail(chunk.error ?? choice.error)
        // The first reason wins; some providers repeat it with the usage.
        if (choice.finish_reason && !told.finish) {
          const native = choice.native_finish_reason
          told.finish = { reason: choice.finish_reason, ...(native ? { native } : {}) }
        }
      }
      if (chunk.error) fail(chunk.error)
    },
    drain: () => assembly.drain(),
    close: () => assembly.close(),
    hasToolCalls: () => assembly.hasToolCalls(),
    hasNamelessCalls: () => assembly.hasNamelessCalls(),
  }
}

/** Tokens and dollars as the provider counted them; a negative number means it did not. */
export function usageOf(usage: WireUsage): Usage {
  const known: Record<keyof Usage, number | null | undefined> = {
    prompt_tokens: usage.prompt_tokens,
    completion_tokens: usage.completion_tokens,
    reasoning_tokens: usage.completion_tokens_details?.reasoning_tokens,
    cached_tokens: usage.prompt_tokens_details?.cached_tokens,
    cost_usd: usage.cost ?? usage.total_cost ?? usage.estimated_cost,
  }
  const counted = (entry: [string, unknown]) => typeof entry[1] === 'number' && entry[1] >= 0
  return Object.fromEntries(Object.entries(known).filter(counted))
}
