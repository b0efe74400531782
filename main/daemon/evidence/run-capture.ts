import type { KeyObject } from 'node:crypto'
import {
  attemptArtifact,
  freeArtifact,
  routeResolution,
  type AttemptKind,
} from '../core/evidence/artifact-ids'
import { atLevel, type KeptLevel } from '../core/evidence/at-level'
import { keptSummary } from '../core/evidence/media-summary'
import type { Digest } from '../core/redaction/media'
import type { TranscriptRules } from '../core/redaction/scrub'
import { filterWhole } from '../core/redaction/transcript'
import { scrubUrls } from '../core/redaction/urls'
import type { Clock } from '../ports/clock'
import type { ChatTurn, ImageSummary } from '../ports/driver'
import type { AttemptCapture, MediaKind, RunCapture } from '../ports/evidence'
import type { ArtifactRecord, EvidenceStore } from '../ports/evidence-store'
import type { RunRecord } from '../ports/store'
import { growFile, putFile, type GrowingFile, type Named } from './artifact-file'
import { createEventFile, type EventFacts, type EventFile } from './event-file'

export interface CapturePorts {
  /** Absolute. */
  readonly folder: string
  readonly store: EvidenceStore
  readonly clock: Clock
  readonly rules: TranscriptRules
  readonly digest: Digest
  /** Bytes of plain text that one artifact may have. */
  readonly limit: number
  /** What the run was resolved to. */
  readonly resolve: (run: RunRecord) => object
  /** Hears once that nothing more can be kept of a run. */
  readonly lost: (run: RunRecord, error: unknown) => void
}

/**
 * Writes down what a run and its provider say to each other. Whatever goes wrong here (a full disk above all) ends the
 * capture and never the run.
 */
export function createRunCapture(
  on: CapturePorts,
  run: RunRecord,
  level: KeptLevel,
  key: KeyObject | undefined,
): RunCapture {
  let isLost = false
  let attempts = 0
  let newest = 1

  function keep(work: () => void): void {
    if (isLost) return
    try {
      work()
    } catch (error) {
      isLost = true
      on.lost(run, error)
    }
  }

  const named = (artifact_id: string, format: ArtifactRecord['format']): Named => ({
    run_id: run.run_id,
    artifact_id,
    format,
    encrypted: key !== undefined,
  })

  function note(of: Named, more: Pick<ArtifactRecord, 'truncated' | 'finished' | 'original_bytes'>): void {
    on.store.put({ ...of, updated_at_ms: on.clock.now(), ...more })
  }

  /** A record as JSON; what is longer than the limit is kept as the beginning of its text. */
  function put(artifact_id: string, kind: string, value: unknown, at: KeptLevel = level): void {
    const clean = atLevel(at, kind, filterWhole(value, on.rules), on.digest)
    const whole = `${JSON.stringify(clean)}\n`
    const original_bytes = Buffer.byteLength(whole)
    const truncated = original_bytes > on.limit
    // Escapes make text longer, at most six times.
    const head = () => ({ truncated, original_bytes, head: whole.slice(0, Math.floor(on.limit / 8)) })
    const of = named(artifact_id, 'json')
    const finished = putFile(on.folder, of, key, truncated ? `${JSON.stringify(head())}\n` : whole)
    note(of, { finished, truncated, ...(truncated ? { original_bytes } : {}) })
  }

  function attempt(turn: ChatTurn, number = 1): AttemptCapture {
    attempts = number === newest ? attempts + 1 : 1
    newest = number
    const id = (kind: AttemptKind) => attemptArtifact(number, attempts, kind)
    const ids = {
      request: id('model-request'),
      sent: id('provider-request'),
      events: id('provider-events'),
      response: id('provider-response'),
      answer: id('model-response'),
    }
    const began = on.clock.now()
    let answered: { status: number; headers: Readonly<Record<string, string>>; after_ms: number } | undefined
    let said: string | undefined
    let stream: { readonly of: Named; readonly file: GrowingFile; readonly events: EventFile } | undefined
    let isOver = false
    // Long conversations take their time to be written: they are while the provider thinks.
    let waiting: (() => void)[] = []
    const later = (work: () => void) => {
      if (waiting.length === 0) setImmediate(catchUp)
      waiting.push(work)
    }
    function catchUp(): void {
      const works = waiting
      waiting = []
      for (const work of works) keep(work)
    }

    function begin() {
      const of = named(ids.events, 'jsonl')
      note(of, { truncated: false })
      const file = growFile(on.folder, of, key)
      const events = createEventFile({ ...on, level, run_id: run.run_id, artifact_id: ids.events, file })
      return { of, file, events }
    }

    function putResponse(more: object): void {
      if (!answered) return
      put(ids.response, 'provider-response', {
        ...answered,
        ...(said === undefined ? {} : { body: readBody(said) }),
        ...more,
      })
    }

    function finishStream(): EventFacts | undefined {
      if (!stream) return undefined
      const { of, file, events } = stream
      let facts: EventFacts
      let finished: ReturnType<GrowingFile['close']>
      try {
        facts = events.finish()
      } finally {
        finished = file.close()
      }
      const { truncated, original_bytes } = facts
      note(of, { finished, truncated, ...(truncated ? { original_bytes } : {}) })
      return facts
    }

    const { contents: _, pictures, ...asked } = turn
    const shown = pictures?.size ? { pictures: [...pictures] } : {}
    later(() => put(ids.request, 'model-request', { route_id: run.route_id, ...asked, ...shown }))

    return {
      asked: (request) =>
        later(() =>
          put(ids.sent, 'provider-request', {
            ...request,
            url: scrubUrls(request.url),
            asked_at_ms: began,
          }),
        ),
      answered(response) {
        answered = { ...response, after_ms: on.clock.now() - began }
        keep(() => {
          catchUp()
          putResponse({})
        })
      },
      streamed(text) {
        if (isOver) return
        keep(() => {
          stream ??= begin()
          stream.events.take(text, on.clock.now() - began)
        })
      },
      said: (body) => {
        said = body
      },
      ended({ how, fault, parts, receipt }) {
        if (isOver) return
        isOver = true
        catchUp()
        keep(() => {
          const facts = finishStream()
          const end = {
            ended: how,
            duration_ms: on.clock.now() - began,
            ...(fault ? { fault } : {}),
          }
          putResponse({ ...end, ...(facts ? { events: facts.events, chain: facts.chain } : {}) })
          put(ids.answer, 'model-response', { ...end, parts: parts(), receipt })
        })
        // What the disk refused must not keep the file open.
        try {
          stream?.file.close()
        } catch (error) {
          on.lost(run, error)
        }
      },
    }
  }

  const isThere = (id: string): boolean =>
    on.store.list(run.run_id).some(({ artifact_id }) => artifact_id === id)

  function media(kind: MediaKind, summary: ImageSummary): void {
    keep(() => put(freeArtifact(kind, isThere, on.clock.now()), kind, keptSummary(summary), 'full'))
  }

  // A run may be captured from two sides: by its loop, and by a tool that asks for pictures.
  keep(() => {
    if (!isThere(routeResolution)) put(routeResolution, 'route-resolution', on.resolve(run))
  })
  return { attempt, media }
}

/** JSON as the value it is, so that its fields can be looked at. */
function readBody(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
