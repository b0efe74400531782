import type { Access } from '../ports/driver'
import type { AudioPorts } from './audio-ports'

/** A key that was changed while the keychain answered is read once more. `subject`: who uses it. */
export async function openAccess(
  { lease }: Pick<AudioPorts, 'lease'>,
  routeId: string,
  subject: string,
): Promise<Access> {
  const leased = await lease(routeId, subject)
  const isGood = leased.view()?.active ?? true
  return isGood ? leased.open() : (await lease(routeId, subject)).open()
}
