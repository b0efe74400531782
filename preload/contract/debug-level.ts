/** How much of a run's talk with the provider is kept (contract 15). Pinned when the run starts. */
export const debugLevels = ['off', 'on', 'redacted', 'full'] as const
export type DebugLevel = (typeof debugLevels)[number]
