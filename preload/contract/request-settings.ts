import { z } from 'zod'
import { takes } from './define'
import { RouteId, SessionId } from './ids'

/** How a model answers. Absent: the provider's default. */
export const Generation = z.strictObject({
  temperature: z.number().min(0).max(2).optional(),
  max_tokens: z.int().min(1).optional(),
  reasoning_effort: z.enum(['max', 'xhigh', 'high', 'medium', 'low', 'minimal', 'none']).optional(),
})
export type Generation = z.infer<typeof Generation>

/** An upstream's slug: `anthropic`, or one endpoint of it, `deepinfra/turbo` (API reference 2.8). */
const slugs = z
  .array(z.string().regex(/^[a-z0-9][a-z0-9._/-]{0,99}$/))
  .min(1)
  .max(20)
const price = z.number().min(0).max(1_000_000)

/** Which upstreams may serve a run, and on what terms (API reference 2.8). */
export const ProviderPreferences = z.strictObject({
  only: slugs.optional(),
  order: slugs.optional(),
  ignore: slugs.optional(),
  allow_fallbacks: z.boolean().optional(),
  data_collection: z.enum(['allow', 'deny']).optional(),
  /** Only upstreams that keep nothing. */
  zdr: z.boolean().optional(),
  sort: z.enum(['price', 'throughput', 'latency']).optional(),
  /** US dollars: per million tokens, and for one request or image. Excludes dearer upstreams. */
  max_price: z
    .strictObject({
      prompt: price.optional(),
      completion: price.optional(),
      request: price.optional(),
      image: price.optional(),
    })
    .optional(),
})
export type ProviderPreferences = z.infer<typeof ProviderPreferences>

/** Tried in order on the same route when the model asked for fails: never another route (contract 3.3). */
export const FallbackModels = z.array(z.string().trim().min(1).max(200)).max(3)

/** What is sent along with a request beyond the words. Each layer says only what it wants to say. */
export const RequestSettings = z.strictObject({
  generation: Generation.optional(),
  provider_preferences: ProviderPreferences.optional(),
  fallback_models: FallbackModels.optional(),
})
export type RequestSettings = z.infer<typeof RequestSettings>

/**
 * Where settings hold. The nearer scope wins field by field: run, then session, then route, then everywhere. The two
 * privacy switches only ever get stricter on the way: `zdr: true` and `data_collection: 'deny'` of any scope stay.
 */
export const SettingsScope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('everywhere') }),
  z.strictObject({ kind: z.literal('route'), route_id: RouteId }),
  z.strictObject({ kind: z.literal('session'), session_id: SessionId }),
])
export type SettingsScope = z.infer<typeof SettingsScope>

export interface RequestSettingsView {
  readonly everywhere: RequestSettings
  readonly routes: { readonly [route_id: string]: RequestSettings }
  /** When a session was named: its own, and what its next run would be sent with. */
  readonly session?: RequestSettings
  readonly effective?: RequestSettings
}

export const requestSettingsCalls = {
  /** Fault: session_not_found. */
  'requestSettings.get': takes(() =>
    z.strictObject({ session_id: SessionId.optional() }),
  ).returns<RequestSettingsView>(),
  /** Replaces what this scope says; prospective only. Faults: route_unknown, session_not_found. */
  'requestSettings.set': takes(() =>
    z.strictObject({ scope: SettingsScope, settings: RequestSettings }),
  ).returns<RequestSettingsView>(),
}
