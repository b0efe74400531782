import type { Behaviour } from '@contract/permissions'
import type { PermissionMode } from '@contract/routes'

// The contract's own lists bring its schemas along, which a window does without.
export const behaviours = ['allow', 'ask', 'deny'] as const satisfies readonly Behaviour[]

export const modes = [
  'default',
  'acceptEdits',
  'bypassPermissions',
  'plan',
  'dontAsk',
] as const satisfies readonly PermissionMode[]
