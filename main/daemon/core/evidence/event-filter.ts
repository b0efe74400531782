import type { Digest } from '../redaction/media'
import { withoutSpans } from '../redaction/find-secrets'
import type { TranscriptRules } from '../redaction/scrub'
import { createTextChannel, type TextChannel } from '../redaction/text-channel'
import { filterValue } from '../redaction/transcript'
import { atLevel, type KeptLevel } from './at-level'

/** An event of a stream as it may be kept. */
export interface CleanEvent {
  readonly at_ms: number
  /** Joined, the events are the stream: byte by byte where nothing had to go. */
  readonly raw: string
}

export interface EventFilter {
  /** Takes the next event as it came; answers those that are ready, in order. */
  take(raw: string, at_ms: number): readonly CleanEvent[]
  flush(): readonly CleanEvent[]
}

interface Waiting {
  readonly at_ms: number
  readonly isWhole: () => boolean
  readonly render: () => string
}

/** More places than any provider's chunks have; beyond them the texts before are closed. */
const mostPlaces = 2_000

/**
 * Takes credentials out of the events of a stream. The texts of one place (`choices.0.delta.content`) are read as one
 * text, so that a secret is found however the provider cut it; an event waits while its end may be the beginning of one.
 */
export function createEventFilter(level: KeptLevel, rules: TranscriptRules, digest: Digest): EventFilter {
  const places = new Map<string, TextChannel>()
  let queue: Waiting[] = []

  function textAt(text: string, path: string) {
    const channel = places.get(path) ?? createTextChannel(rules)
    places.set(path, channel)
    return channel.take(text)
  }

  function flushPlaces(): void {
    for (const channel of places.values()) channel.flush()
    places.clear()
  }

  function ready(): CleanEvent[] {
    const held = queue.findIndex((event) => !event.isWhole())
    const whole = held < 0 ? queue : queue.slice(0, held)
    queue = held < 0 ? [] : queue.slice(held)
    return whole.map(({ at_ms, render }) => ({ at_ms, raw: render() }))
  }

  const clean = (text: string) => withoutSpans(text, rules.find(text))

  function prepare(raw: string): Omit<Waiting, 'at_ms'> {
    const lines = raw.split(/\r\n|\n|\r/)
    const data = lines.filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trimStart())
    const around = lines.filter((line) => line !== '' && !line.startsWith('data:'))
    if (data.length === 0 || data.join('\n') === '[DONE]') {
      const kept = level === 'full' ? clean(raw) : shown(raw, around)
      return { isWhole: () => true, render: () => kept }
    }
    const value = parse(data.join('\n'))
    if (value === undefined) {
      const text = textAt(raw, '')
      return {
        isWhole: () => text.waiting === 0,
        render: () => (level === 'full' ? text.out : withheld(text.out)),
      }
    }
    const filtered = filterValue(value, rules, textAt)
    const isPlain = around.every((line) => clean(line) === line)
    return {
      isWhole: filtered.isWhole,
      render: () => {
        const out = filtered.render()
        if (level === 'full' && out === value && isPlain) return raw
        const kept = level === 'redacted' ? atLevel('redacted', 'event', out, digest) : out
        const head = level === 'full' ? around.map((line) => `${clean(line)}\n`).join('') : ''
        return `${head}data: ${JSON.stringify(kept)}\n\n`
      },
    }
  }

  return {
    take(raw, at_ms) {
      if (places.size > mostPlaces) flushPlaces()
      queue.push({ at_ms, ...prepare(raw) })
      return ready()
    },
    flush() {
      flushPlaces()
      return ready()
    },
  }
}

/** The provider's own keep-alive and the end are no words of anybody. */
function shown(raw: string, comments: readonly string[]): string {
  const isKnown = comments.every((line) => /^:\s*(?:OPENROUTER PROCESSING)?\s*$/i.test(line))
  return isKnown ? raw : withheld(raw)
}

const withheld = (text: string): string => `: [${text.length} characters]\n\n`

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
