import { fault } from '@contract/fault'
import type { SlotId } from '@contract/ids'
import type { SecretsList, SecretView } from '@contract/secrets'
import { Failure } from '../core/failure'
import { shownSlot } from '../core/redaction/secret-shapes'
import type { Held } from '../ports/keyring'
import type { World } from './world'

type Ports = Pick<World, 'keyring' | 'keychain' | 'routing' | 'env' | 'publish' | 'log'>

/** `secrets.list` and `secrets.get`: metadata, never a byte, a length or a digest (contract 4.1, 4.5). */
export function listSecrets(on: Ports) {
  const { keyring, keychain, routing, env } = on

  async function view(held: Held, isOpen: boolean): Promise<SecretView> {
    return {
      slot_id: held.slot_id as SlotId,
      provider: held.provider,
      mode: held.mode,
      summary: held.mode,
      updated_at_ms: held.updated_at_ms,
      details: {},
      held: held.where === 'memory' ? 'memory' : await whereIs(held.slot_id, isOpen),
      used_by: usersOf(routing, held.slot_id),
    }
  }

  async function whereIs(slotId: string, isOpen: boolean): Promise<SecretView['held']> {
    if (!isOpen) return 'unreadable'
    try {
      return (await keyring.read(slotId)) === null ? 'absent' : 'keychain'
    } catch {
      return 'unreadable'
    }
  }

  async function list(): Promise<SecretsList> {
    const probed = await keychain.probe()
    const { state } = probed
    const held = keyring.list()
    const isSessionOnly = state !== 'secured' && held.some((each) => each.where === 'memory')
    return {
      keychain: isSessionOnly ? 'session_only' : state,
      ...('advice' in probed ? { advice: probed.advice, action: probed.action } : {}),
      slots: await Promise.all(held.map((each) => view(each, state === 'secured'))),
      environment_key: Boolean(env['OPENROUTER_API_KEY']?.trim()),
    }
  }

  return {
    list,
    /** Fault: `secret_not_found`. */
    get: async ({ slot_id }: { readonly slot_id: string }): Promise<SecretView> => {
      const held = keyring.find(slot_id)
      if (!held) throw slotNotFound(slot_id)
      return view(held, (await keychain.probe()).state === 'secured')
    },
    /** Tells everybody, when the keychain has answered. */
    publish: (): void => {
      list().then(
        (secrets) => on.publish({ type: 'secrets.changed', secrets }),
        (error: unknown) => void on.log.surprise(error),
      )
    },
  }
}

export const slotNotFound = (slot_id: string) =>
  new Failure(fault('secret_not_found', 'There is no key under this name.', { slot_id: shownSlot(slot_id) }))

/** The loaded routes that name the slot. */
export const usersOf = (routing: World['routing'], slotId: string): readonly string[] =>
  (routing.table()?.routes ?? []).flatMap(({ route_id, credential }) =>
    credential.kind === 'auth_ref' && credential.slot_id === slotId ? [route_id] : [],
  )
