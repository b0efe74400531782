import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import { fault } from '@contract/fault'
import { Failure } from '../core/failure'
import type { Clock } from '../ports/clock'
import type { Keyring } from '../ports/keyring'

/** The slot of the evidence key: 32 bytes as base64, made by the daemon. */
export const evidenceSlot = 'kheish.evidence'

export interface EvidenceKey {
  /** Undefined until it was read, and once the slot was changed. */
  held(): KeyObject | undefined
  /** Reads it again. Fault: `debug_capture_key_invalid`, also when there is none. */
  read(): Promise<KeyObject>
  /** Reads it; makes it where there never was one. Fault: `debug_capture_key_invalid`. */
  provide(): Promise<KeyObject>
}

/** Holds the key as an object that shows its bytes to nobody. */
export function createEvidenceKey({
  keyring,
  clock,
}: {
  readonly keyring: Pick<Keyring, 'find' | 'read' | 'write'>
  readonly clock: Clock
}): EvidenceKey {
  let held: { readonly key: KeyObject; readonly as_of: number | undefined } | undefined
  const writtenAt = () => keyring.find(evidenceSlot)?.updated_at_ms
  const hold = (bytes: Buffer): KeyObject => {
    held = { key: createSecretKey(bytes), as_of: writtenAt() }
    return held.key
  }

  async function read(): Promise<KeyObject> {
    held = undefined
    const text = keyring.find(evidenceSlot) ? await readSlot(keyring) : null
    if (text === null) throw invalid('The key for evidence is not in the keychain.')
    const bytes = Buffer.from(text, 'base64')
    if (bytes.length !== 32 || bytes.toString('base64') !== text) {
      throw invalid('The key for evidence in the keychain is damaged.')
    }
    return hold(bytes)
  }

  return {
    // Somebody may have deleted or replaced it.
    held: () => (held && held.as_of === writtenAt() && keyring.find(evidenceSlot) ? held.key : undefined),
    read,
    async provide() {
      if (keyring.find(evidenceSlot)) return read()
      const bytes = randomBytes(32)
      const record = {
        slot_id: evidenceSlot,
        provider: 'generic',
        mode: 'opaque_secret',
        updated_at_ms: clock.now(),
      } as const
      try {
        await keyring.write(record, bytes.toString('base64'), 'keychain')
      } catch (cause) {
        throw invalid('The keychain took no key for evidence.', cause)
      }
      return hold(bytes)
    },
  }
}

async function readSlot(keyring: Pick<Keyring, 'read'>): Promise<string | null> {
  try {
    return await keyring.read(evidenceSlot)
  } catch (cause) {
    throw invalid('The keychain does not give out the key for evidence.', cause)
  }
}

const invalid = (what: string, cause?: unknown) =>
  new Failure(
    fault(
      'debug_capture_key_invalid',
      `${what} Nothing is kept of new runs until it is back, evidence is kept without encryption, or the slot ` +
        `${evidenceSlot} is deleted, which makes a new key and leaves older evidence unreadable.`,
    ),
    { cause },
  )
