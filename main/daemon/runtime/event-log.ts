import type { DaemonEvent } from '@contract/events'
import type { EventLog, NumberedEvent, Publish } from '../ports/events'

interface Options {
  /** New at every start of a daemon. */
  readonly boot: string
  readonly maxEvents?: number
  /** Of the events as JSON. */
  readonly maxBytes?: number
}

type Hear = (numbered: NumberedEvent) => void

const slabBytes = 64 * 1024

/**
 * Where events are kept as bytes: many in one piece of memory that holds nothing else. In Node's own pool they would
 * keep alive whatever short-lived bytes of others lie between them.
 */
function createSlabs(): (text: string) => Buffer {
  let slab = Buffer.alloc(0)
  let used = 0
  return (text) => {
    const size = Buffer.byteLength(text)
    if (size > slabBytes / 8) return Buffer.from(text)
    if (used + size > slab.length) {
      slab = Buffer.allocUnsafeSlow(slabBytes)
      used = 0
    }
    slab.write(text, used)
    used += size
    return slab.subarray(used - size, used)
  }
}

/** One event as it is kept: its bytes, outside the heap, and as little else as will find it. */
class Kept implements NumberedEvent {
  constructor(
    readonly boot: string,
    readonly number: number,
    readonly type: DaemonEvent['type'],
    readonly session_id: string | undefined,
    readonly json: Buffer,
  ) {}

  get id(): string {
    return `${this.boot}-${this.number}`
  }

  get event(): DaemonEvent {
    // Our own bytes.
    return JSON.parse(this.json.toString()) as DaemonEvent
  }
}

/** The newest 150,000 events, or 32 MiB of them. The newest one is kept whatever its size. */
export function createEventLog(options: Options): EventLog & {
  readonly publish: Publish
  /** Tells nobody any more what has happened so far. */
  clear(): void
} {
  const { boot, maxEvents = 150_000, maxBytes = 32 * 1024 * 1024 } = options
  /** By chat; under `undefined` those who hear of all. */
  const hearing = new Map<string | undefined, Set<Hear>>()
  const keep = createSlabs()
  /** Those before `start` are gone; they are cut off when they are half of all. */
  let kept: (Kept | undefined)[] = []
  let start = 0
  let count = 0
  let bytes = 0

  function forget(): void {
    while (kept.length - start > 1 && (kept.length - start > maxEvents || bytes > maxBytes)) {
      bytes -= kept[start]?.json.length ?? 0
      kept[start] = undefined
      start += 1
    }
    if (start > 1024 && start > kept.length / 2) {
      kept = kept.slice(start)
      start = 0
    }
  }

  function tell(numbered: Kept): void {
    const chat = numbered.session_id
    const told =
      chat === undefined ? [...hearing.values()] : [hearing.get(undefined) ?? [], hearing.get(chat) ?? []]
    for (const some of told) for (const hear of some) hear(numbered)
  }

  /** The number in an id of this boot. */
  function numberIn(id: string): number | undefined {
    if (!id.startsWith(`${boot}-`)) return undefined
    const digits = id.slice(boot.length + 1)
    const number = /^\d{1,15}$/.test(digits) ? Number(digits) : undefined
    return number !== undefined && number <= count ? number : undefined
  }

  return {
    publish(event) {
      const json = keep(JSON.stringify(event))
      const numbered = new Kept(boot, count + 1, event.type, sessionOf(event), json)
      count += 1
      kept.push(numbered)
      bytes += numbered.json.length
      forget()
      tell(numbered)
    },
    clear() {
      kept = []
      start = 0
      bytes = 0
    },
    last: () => `${boot}-${count}`,
    after(id, limit = Infinity) {
      const number = numberIn(id)
      const size = kept.length - start
      if (number === undefined || count - number > size) return undefined
      const from = kept.length - (count - number)
      return kept.slice(from, Math.min(kept.length, from + limit)) as Kept[]
    },
    listen(hear, chat) {
      const some = hearing.get(chat) ?? new Set<Hear>()
      hearing.set(chat, some.add(hear))
      return () => {
        some.delete(hear)
        if (some.size === 0 && hearing.get(chat) === some) hearing.delete(chat)
      }
    },
    counts: () => ({
      kept: kept.length - start,
      listeners: [...hearing.values()].reduce((sum, some) => sum + some.size, 0),
    }),
  }
}

/** Whose chat it is about; undefined for what concerns everybody. */
export function sessionOf(event: DaemonEvent): string | undefined {
  if ('session_id' in event) return event.session_id
  if ('session' in event) return event.session.session_id
  if ('run' in event) return event.run.session_id
  return event.type === 'message.added' || event.type === 'message.changed'
    ? event.message.session_id
    : undefined
}
