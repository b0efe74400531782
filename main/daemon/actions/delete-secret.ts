import { fault } from '@contract/fault'
import type { SlotId } from '@contract/ids'
import type { KeyInfo } from '@contract/secrets'
import { Failure } from '../core/failure'
import { askForKey } from './ask-for-key'
import type { listSecrets } from './list-secrets'
import { slotNotFound, usersOf } from './list-secrets'
import type { World } from './world'

interface Input {
  readonly slot_id: SlotId
}

/** `secrets.delete`. Faults: `secret_not_found`, `secret_in_use`, `secret_store_*`. */
export const deleteSecret =
  (on: Pick<World, 'keyring' | 'routing'> & { readonly secrets: ReturnType<typeof listSecrets> }) =>
  async ({ slot_id }: Input): Promise<void> => {
    if (!on.keyring.find(slot_id)) throw slotNotFound(slot_id)
    if (usersOf(on.routing, slot_id).length > 0) {
      throw new Failure(
        fault('secret_in_use', 'A route uses this key. Take it out of the routes file first.'),
      )
    }
    await on.keyring.delete(slot_id)
    on.secrets.publish()
  }

/** `secrets.test`: what the key endpoint says of the stored key. */
export const testSecret =
  (on: Pick<World, 'keyring' | 'driver' | 'routing' | 'clock' | 'learn'>) =>
  async ({ slot_id }: Input): Promise<KeyInfo> => {
    const secret = on.keyring.find(slot_id) ? await on.keyring.read(slot_id) : null
    if (secret === null) throw slotNotFound(slot_id)
    on.learn(secret)
    return askForKey(on, slot_id, secret)
  }
