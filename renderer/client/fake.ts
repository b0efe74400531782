import type { AssetView } from '@contract/assets'
import type { Bridge, PickedFile } from '@contract/bridge'
import type { AllCalls } from '@contract/calls'
import type { InputOf, OutputOf } from '@contract/define'
import type { AnyEvent } from '@contract/events'
import { fault } from '@contract/fault'
import type { Answer, Fault } from '@contract/fault'
import type { CallName } from '@contract/names'
import { createClient, type RendererClient } from './client'

type FakeHandlers = {
  readonly [K in CallName]?: (
    input: InputOf<AllCalls[K]>,
  ) => OutputOf<AllCalls[K]> | Refusal | Promise<OutputOf<AllCalls[K]> | Refusal>
}

/** What a fake handler answers to refuse. */
export class Refusal {
  constructor(readonly fault: Fault) {}
}

export interface FakeClient {
  readonly client: RendererClient
  /** Everything asked so far, oldest first. */
  readonly asked: { readonly name: CallName; readonly input: unknown }[]
  /** Assets that were dragged out, oldest first. */
  readonly dragged: string[]
  publish(...events: readonly AnyEvent[]): void
}

/** A client over a map of handlers. What has no handler is answered `not_ready`. */
export function createFakeClient(
  handlers: FakeHandlers = {},
  importFile: (file: PickedFile, importId: string) => Promise<Answer<AssetView>> = refuseFile,
  sound: Partial<Pick<Bridge, 'keepSound' | 'keepSegment'>> = {},
): FakeClient {
  const asked: FakeClient['asked'] = []
  const dragged: string[] = []
  const hearers = new Set<(events: readonly AnyEvent[]) => void>()
  const client = createClient({
    opening: Promise.resolve({ ok: false, fault: fault('not_ready', 'The fake opens nothing.') }),
    platform: 'linux',
    importFile,
    keepSound:
      sound.keepSound ?? (async () => ({ ok: false, fault: fault('not_ready', 'The fake keeps no sound.') })),
    keepSegment:
      sound.keepSegment ??
      (async () => ({ ok: false, fault: fault('not_ready', 'The fake keeps no sound.') })),
    dragAsset: (assetId) => void dragged.push(assetId),
    ask: async (name, input): Promise<Answer<unknown>> => {
      asked.push({ name, input })
      const handler = handlers[name] as ((input: unknown) => unknown) | undefined
      if (!handler) return { ok: false, fault: fault('not_ready', `The fake has no answer to ${name}.`) }
      const value = await handler(input)
      return value instanceof Refusal ? { ok: false, fault: value.fault } : { ok: true, value }
    },
    listen: (hear) => {
      hearers.add(hear)
      return () => hearers.delete(hear)
    },
  })
  client.opened()
  return {
    client,
    asked,
    dragged,
    publish: (...events) => {
      for (const hear of hearers) hear(events)
    },
  }
}

const refuseFile = async (): Promise<Answer<AssetView>> => ({
  ok: false,
  fault: fault('not_ready', 'The fake takes no files.'),
})
