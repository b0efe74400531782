import type { SessionId } from '@contract/ids'
import type { AudioPorts } from './audio-ports'

/** Inside a transaction. A chat’s own figure holds what was reported, as that of its runs does. */
export function addToChat(
  { store }: Pick<AudioPorts, 'store'>,
  id: SessionId | undefined,
  usd: number,
): void {
  if (id !== undefined && store.sessions.get(id)) store.sessions.update(id, { add_cost_usd: usd })
}

export function tellChat(
  { store, publish }: Pick<AudioPorts, 'store' | 'publish'>,
  id: SessionId | undefined,
): void {
  const session = id === undefined ? undefined : store.sessions.get(id)
  if (session) publish({ type: 'session.changed', session })
}
