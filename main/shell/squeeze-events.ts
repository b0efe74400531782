import type { AnyEvent } from '@contract/events'
import { join } from '@contract/fold'

/**
 * Joins neighbouring growth of the same message. Growth of different messages may change places, which nobody can
 * tell; any other event stays where it is and nothing moves across it.
 */
export function squeezeEvents(events: readonly AnyEvent[]): readonly AnyEvent[] {
  const out: AnyEvent[] = []
  const open = new Map<string, number>()
  for (const event of events) {
    if (event.type !== 'run.grew') {
      open.clear()
      out.push(event)
      continue
    }
    const place = open.get(event.message_id)
    const last = place === undefined ? undefined : out[place]
    if (place !== undefined && last?.type === 'run.grew' && last.batch.upto + 1 === event.batch.from) {
      out[place] = { ...last, batch: join(last.batch, event.batch) }
    } else {
      open.set(event.message_id, out.length)
      out.push(event)
    }
  }
  return out
}
