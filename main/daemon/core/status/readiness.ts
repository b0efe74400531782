import type { ReadinessCode, RouteReadiness } from '@contract/status'
import { shownSlot } from '../redaction/secret-shapes'
import type { CurrentInventory, CurrentRoute } from '../routes/inventory'
import { routeView } from '../routes/inventory'

/** What is known of a slot without its bytes, some of it from a while ago. */
export interface SlotFacts {
  readonly provider: 'openrouter' | 'generic'
  readonly updated_at_ms: number
  readonly held: 'keychain' | 'memory' | 'absent' | 'unreadable'
}

export interface ReadinessFacts {
  readonly slot: (slotId: string) => SlotFacts | undefined
  readonly keychain: 'secured' | 'locked' | 'missing'
  /** What the system says to do about a keychain that is locked or missing. */
  readonly action?: string | undefined
  /** Whether a key that is no slot's can be read now. */
  readonly hasOwnKey: (route: CurrentRoute) => boolean
  /** The demo's key opens nothing, so nobody is asked to move it. */
  readonly isDemo: boolean
}

interface Verdict {
  readonly state: RouteReadiness['state']
  readonly code: ReadinessCode
  readonly message: string
  readonly action?: string | undefined
}

/** Whether each route can sign in (contract 13.2), in the order of the inventory. Never a byte of a key. */
export const judgeRoutes = (table: CurrentInventory, facts: ReadinessFacts): readonly RouteReadiness[] =>
  table.routes.map((route) => {
    const { credential } = route
    const slot = credential.kind === 'auth_ref' ? facts.slot(credential.slot_id) : undefined
    const { action, ...verdict } = judge(route, slot, facts)
    const { auth_ref, ...view } = routeView(route)
    return {
      ...view,
      ...(auth_ref === undefined ? {} : { auth_ref: shownSlot(auth_ref) }),
      active: route.route_id === table.default_route,
      ...verdict,
      ...(action === undefined ? {} : { action }),
      auth_mode: 'api_key',
      auth_summary: credential.kind === 'auth_ref' ? 'api_key' : credential.kind,
      ...(slot ? { auth_updated_at_ms: slot.updated_at_ms } : {}),
    }
  })

function judge(route: CurrentRoute, slot: SlotFacts | undefined, facts: ReadinessFacts): Verdict {
  if (route.credential.kind !== 'auth_ref') return judgeOwnKey(route, facts)
  if (slot === undefined || slot.held === 'absent') {
    return {
      state: 'error',
      code: 'route_auth_ref_missing',
      message: 'No key is stored in the slot of this route.',
      action: 'Enter the key in Settings under Keys.',
    }
  }
  if (slot.provider !== 'openrouter') {
    return {
      state: 'error',
      code: 'route_auth_provider_mismatch',
      message: 'The slot of this route holds a secret of another provider.',
      action: 'Store an OpenRouter key in a slot and name that in auth_ref.',
    }
  }
  const trouble = keychainTrouble(facts)
  if (slot.held === 'memory') {
    return trouble
      ? { ...trouble, state: 'warning', message: 'The key is held in memory and gone when Kheish quits.' }
      : ready
  }
  if (trouble) return trouble
  if (slot.held === 'keychain') return ready
  return {
    state: 'error',
    code: 'route_auth_unreadable',
    message: 'The key of this route could not be read from the system keychain.',
    action: 'Look at the log, or enter the key again in Settings under Keys.',
  }
}

const ready: Verdict = {
  state: 'ok',
  code: 'route_auth_ready',
  message: 'The key of this route is stored.',
}

function judgeOwnKey(route: CurrentRoute, { hasOwnKey, isDemo }: ReadinessFacts): Verdict {
  if (isDemo) return { ...ready, message: 'The demo needs no key.' }
  if (!hasOwnKey(route)) {
    return {
      state: 'error',
      code: 'route_auth_unreadable',
      message: 'The key of this route is gone from the environment.',
      action: 'Set the variable and start again, or store the key in a slot.',
    }
  }
  const where = route.credential.kind === 'inline_api_key' ? 'the routes file' : 'the environment'
  return {
    state: 'ok',
    code: 'inline_credentials_configured',
    message: `The key of this route comes from ${where}.`,
    action: 'Store it in a slot and name that in auth_ref.',
  }
}

function keychainTrouble({ keychain, action }: ReadinessFacts): Verdict | undefined {
  switch (keychain) {
    case 'secured':
      return undefined
    case 'locked':
      return {
        state: 'error',
        code: 'secret_store_locked',
        message: 'The system keychain is locked.',
        action: action ?? 'Unlock it, then try again.',
      }
    case 'missing':
      return {
        state: 'error',
        code: 'secret_store_unavailable',
        message: 'No system keychain answers.',
        action: action ?? 'Install one, or keep the key until Kheish quits.',
      }
  }
}
