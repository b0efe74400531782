import { fault } from '@contract/fault'
import type { Upstream } from '@contract/models'
import { Failure } from '../core/failure'
import type { Access, ChatEvent, ChatTurn, Driver, GenerationRecord } from './driver'

/** What the fake says in one attempt: events, a failure to throw, or `hang` until the signal aborts. */
export type Script = readonly (ChatEvent | Failure | 'hang' | (() => Promise<void>))[]

export interface FakeDriver extends Driver {
  readonly asked: { readonly access: Access; readonly turn: ChatTurn }[]
  readonly lookups: string[]
  /** One script an attempt; the last one repeats. */
  scripts: Script[]
  generation: GenerationRecord | undefined
  /** Keys that the key endpoint takes; empty: all. */
  readonly keys: Set<string>
  /** What the route lists; `unlisted` where there is no such door. */
  upstreams: readonly Upstream[] | 'unlisted'
}

export const says = (text: string): Script => [
  { is: 'accepted', generation_id: 'gen-1' },
  { is: 'grew', deltas: [{ at: 'part', part: { kind: 'text', text } }] },
  { is: 'finished', reason: 'stop' },
  { is: 'usage', usage: { prompt_tokens: 7, completion_tokens: 3, cost_usd: 0.001 } },
]

export function fakeDriver(...scripts: Script[]): FakeDriver {
  const driver: FakeDriver = {
    asked: [],
    lookups: [],
    scripts: scripts.length > 0 ? scripts : [says('Hello')],
    generation: undefined,
    keys: new Set(),
    upstreams: 'unlisted',
    async *streamChat(access, turn, signal) {
      driver.asked.push({ access, turn })
      const script = driver.scripts.length > 1 ? driver.scripts.shift() : driver.scripts[0]
      for (const item of script ?? []) {
        if (signal.aborted) throw interrupted()
        if (item instanceof Failure) throw item
        if (item === 'hang') await untilAborted(signal)
        else if (typeof item === 'function') await item()
        else yield item
      }
    },
    checkKey: async (access) => {
      if (driver.keys.size > 0 && !driver.keys.has(access.key)) throw trouble('key_refused', false)
      return {
        label: 'test',
        limit_usd: null,
        limit_remaining_usd: null,
        usage_usd: null,
        is_free_tier: null,
      }
    },
    speak: () => Promise.reject(trouble('no_endpoint', false)),
    transcribe: () => Promise.reject(trouble('no_endpoint', false)),
    listModels: async () => [
      {
        id: 'openai/gpt-5.4-mini',
        name: 'Mini',
        input_modalities: ['text'],
        output_modalities: ['text'],
        supports: [],
        is_free: false,
      },
    ],
    listUpstreams: async () => {
      if (driver.upstreams === 'unlisted') throw trouble('no_endpoint', false)
      return driver.upstreams
    },
    makeImages: async () => {
      throw trouble('no_image', false)
    },
    listImageModels: async () => undefined,
    findGeneration: async (_access, id) => {
      driver.lookups.push(id)
      return driver.generation
    },
    signInUrl: (_prefix, callback, challenge) =>
      `https://openrouter.ai/auth?callback_url=${encodeURIComponent(callback)}&code_challenge=${challenge}`,
    exchangeCode: async (_prefix, code) => `key-for-${code}`,
  }
  return driver
}

export const trouble = (
  kind: Extract<Failure['fault'], { code: 'provider_error' }>['kind'],
  retryable: boolean,
  retry_after_ms?: number,
): Failure =>
  new Failure(
    fault('provider_error', `The provider had trouble: ${kind}.`, {
      kind,
      retryable,
      ...(retry_after_ms === undefined ? {} : { retry_after_ms }),
    }),
  )

const interrupted = () => new Failure(fault('interrupted', 'Stopped.'))

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    if (signal.aborted) return reject(interrupted())
    signal.addEventListener('abort', () => reject(interrupted()), { once: true })
  })
