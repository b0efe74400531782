import { chained, chainStart, type Sha256 } from '../core/evidence/chain'
import type { KeptLevel } from '../core/evidence/at-level'
import { createEventFilter, type CleanEvent } from '../core/evidence/event-filter'
import { createEventSplitter } from '../core/evidence/split-events'
import type { Digest } from '../core/redaction/media'
import type { TranscriptRules } from '../core/redaction/scrub'
import type { GrowingFile } from './artifact-file'

interface Needs {
  readonly level: KeptLevel
  readonly rules: TranscriptRules
  readonly digest: Digest
  /** Bytes of plain text. */
  readonly limit: number
  readonly run_id: string
  readonly artifact_id: string
  readonly file: GrowingFile
}

/** The events of one answer, one line each: place, time since the request, raw text, running hash. */
export interface EventFile {
  /** Throws what the disk says. */
  take(text: string, at_ms: number): void
  finish(): EventFacts
}

export interface EventFacts {
  readonly events: number
  readonly chain: string
  readonly truncated: boolean
  /** Bytes of the lines there would have been. */
  readonly original_bytes: number
}

export function createEventFile({ level, rules, digest, limit, file, ...of }: Needs): EventFile {
  const sha256: Sha256 = (text) => digest(text, 'utf8')
  const splitter = createEventSplitter()
  const filter = createEventFilter(level, rules, digest)
  let chain = chainStart(sha256, of.run_id, of.artifact_id)
  let events = 0
  let written = 0
  let original = 0
  let truncated = false
  let last_at_ms = 0

  function keep(ready: readonly CleanEvent[]): void {
    let lines = ''
    for (const { raw, at_ms } of ready) {
      events += 1
      const size = Buffer.byteLength(raw)
      const shown = level === 'on' ? { bytes: size, sha256: sha256(raw) } : { raw }
      const line = chained(sha256, chain, { n: events, at_ms, ...shown })
      const text = `${JSON.stringify(line)}\n`
      const bytes = Buffer.byteLength(text)
      original += bytes
      if (truncated || written + bytes > limit) {
        truncated = true
        continue
      }
      chain = line.chain
      written += bytes
      lines += text
    }
    // One write for one read of the network.
    if (lines !== '') file.append(lines)
  }

  return {
    take(text, at_ms) {
      last_at_ms = at_ms
      keep(splitter.take(text).flatMap((raw) => filter.take(raw, at_ms)))
      // An event without end is no event.
      if (splitter.waiting > limit) keep(filter.take(splitter.rest(), at_ms))
    },
    finish() {
      const rest = splitter.rest()
      keep([...(rest === '' ? [] : filter.take(rest, last_at_ms)), ...filter.flush()])
      return { events, chain, truncated, original_bytes: original }
    },
  }
}
