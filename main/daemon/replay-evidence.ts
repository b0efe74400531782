import type { DebugLevel } from '@contract/evidence'
import { fault, type Fault } from '@contract/fault'
import { fold, type Growing } from '@contract/fold'
import type { Part } from '@contract/message'
import type { Receipt } from '@contract/runs'
import { readAttemptArtifact, type AttemptKind } from './core/evidence/artifact-ids'
import { linesOf, readDocument, type DocumentArtifact, type EvidenceDocument } from './core/evidence/document'
import { Failure } from './core/failure'
import { marker } from './core/redaction/marker'
import { nextRequest, receiptOf, type Gathered } from './core/runs/receipt'
import { placeTurn, type Place } from './core/tools/place-turn'
import { replayAnswer } from './openrouter/replay'
import type { ChatEvent } from './ports/driver'
import { systemHash } from './system/hash'

/** One request within a replay, as far as its evidence says. Milliseconds. */
export interface ReplayedAttempt {
  readonly turn: number
  readonly attempt: number
  /** HTTP; absent when there was no answer. */
  readonly status?: number
  readonly events: number
  readonly duration_ms?: number
  readonly fault?: Fault
}

/** What an exported run comes to when it is read again. */
export interface Replay {
  /** Every hash holds and the events make the answer that was stored. */
  readonly verified: boolean
  /** `evidence_invalid`, one for each thing that is wrong. Nothing else of an unverified file is told. */
  readonly faults: readonly Fault[]
  readonly run_id?: string
  readonly level?: DebugLevel
  readonly parts: readonly Part[]
  readonly receipt: Partial<Receipt>
  readonly attempts: readonly ReplayedAttempt[]
  /** What the file can't show, in sentences. */
  readonly withheld: readonly string[]
}

const sha256 = (text: string) => systemHash(text, 'hex')

/** Reads an exported run again, offline: its raw events through the driver's own reader and the fold. Never throws. */
export async function replayEvidence(text: string): Promise<Replay> {
  const { document, wrong } = readDocument(text, sha256)
  if (!document || wrong.length > 0) return refused(wrong)
  try {
    return await replay(document)
  } catch {
    return refused(['What it holds does not fit together.'])
  }
}

const refused = (wrong: readonly string[]): Replay => ({
  verified: false,
  faults: wrong.map((what) => fault('evidence_invalid', what)),
  parts: [],
  receipt: {},
  attempts: [],
  withheld: [],
})

type Pieces = Partial<Record<AttemptKind, DocumentArtifact>> & {
  readonly turn: number
  readonly attempt: number
}

async function replay(document: EvidenceDocument): Promise<Replay> {
  const { run_id, level } = document
  const attempts = attemptsOf(document)
  const told: ReplayedAttempt[] = []
  const withheld = withheldIn(document)
  const parts: Part[] = []
  const used = new Set<string>()
  let gathered: Gathered | undefined
  let before: Gathered['before']
  for (const each of attempts) {
    const heard = await hear(each)
    told.push(heard.attempt)
    // An attempt that was followed by another of its turn had shown nothing.
    const grown = heard.fold({ base: 0, turn: each.turn, used }).parts
    parts.push(...grown)
    if (each.attempt === 1 && gathered) before = nextRequest(gathered).before
    gathered = { ...heard.gathered, ...(before ? { before } : {}) }
    const stored = fieldsOf(each['model-response'])
    const isWhole = level === 'full' && stored['ended'] !== 'stopped' && withheld.length === 0
    if (
      isWhole &&
      stored['parts'] !== undefined &&
      JSON.stringify(stored['parts']) !== JSON.stringify(grown)
    ) {
      return refused(['The events do not make the answer that was stored.'])
    }
  }
  return {
    verified: true,
    faults: [],
    run_id,
    level,
    parts,
    receipt: gathered ? factsOf(gathered) : {},
    attempts: told,
    withheld,
  }
}

function attemptsOf({ artifacts }: EvidenceDocument): readonly Pieces[] {
  const found = new Map<string, Pieces>()
  for (const artifact of artifacts) {
    const of = readAttemptArtifact(artifact.artifact_id)
    if (!of) continue
    const key = `${of.turn}/${of.attempt}`
    const { kind, ...place } = of
    found.set(key, { ...(found.get(key) ?? place), [kind]: artifact })
  }
  return [...found.values()].toSorted((a, b) => a.turn - b.turn || a.attempt - b.attempt)
}

const fieldsOf = (artifact: DocumentArtifact | undefined): Readonly<Record<string, unknown>> =>
  Object(artifact?.content) as Record<string, unknown>

async function hear(pieces: Pieces) {
  const response = fieldsOf(pieces['provider-response'])
  const sent = fieldsOf(pieces['model-request'])
  const lines = linesOf(pieces['provider-events']?.content)
  const events: ChatEvent[] = []
  let gathered: Gathered = {
    route_id: textIn(sent['route_id']),
    model: textIn(sent['model']),
    started_at_ms: 0,
  }
  let why: Fault | undefined
  const status = typeof response['status'] === 'number' ? response['status'] : undefined
  if (status !== undefined) {
    const raw = lines.map((line) => textIn(line['raw']))
    const { body = '' } = response
    try {
      const answer = replayAnswer({
        status,
        headers: Object(response['headers']) as Record<string, string>,
        pieces: raw.length > 0 ? raw : [typeof body === 'string' ? body : JSON.stringify(body)],
        route_id: gathered.route_id,
        model: gathered.model,
      })
      for await (const event of answer) {
        events.push(event)
        gathered = learn(gathered, event)
      }
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      why = error.fault
    }
  } else why = (response['fault'] ?? fieldsOf(pieces['model-response'])['fault']) as Fault | undefined
  const duration = response['duration_ms']
  const attempt: ReplayedAttempt = {
    turn: pieces.turn,
    attempt: pieces.attempt,
    ...(status === undefined ? {} : { status }),
    events: lines.length,
    ...(typeof duration === 'number' ? { duration_ms: duration } : {}),
    ...(why ? { fault: why } : {}),
  }
  return { attempt, gathered, fold: (place: Place) => foldAll(place, events) }
}

function learn(gathered: Gathered, event: ChatEvent): Gathered {
  switch (event.is) {
    case 'accepted':
      return event.generation_id === undefined
        ? gathered
        : { ...gathered, generation_id: event.generation_id }
    case 'served':
      return {
        ...gathered,
        ...(event.generation_id === undefined ? {} : { generation_id: event.generation_id }),
        ...(event.model === undefined ? {} : { served_model: event.model }),
        ...(event.provider === undefined ? {} : { served_provider: event.provider }),
      }
    case 'usage':
      return { ...gathered, usage: { ...gathered.usage, ...event.usage } }
    case 'finished':
      return { ...gathered, finish_reason: gathered.finish_reason ?? event.reason }
    default:
      return gathered
  }
}

/** As the message grew. */
function foldAll(place: Place, events: readonly ChatEvent[]): Growing {
  let now: Growing = { parts: [], seen: 0 }
  for (const event of events) {
    if (event.is !== 'grew' || event.deltas.length === 0) continue
    const deltas = placeTurn(event.deltas, place)
    const batch = { from: now.seen + 1, upto: now.seen + deltas.length, deltas }
    const next = fold(now, batch)
    if (next !== 'gap') now = next
  }
  return now
}

/** Without the times, which are not in the events. */
function factsOf(gathered: Gathered): Partial<Receipt> {
  const { duration_ms: _, first_token_ms: __, ...facts } = receiptOf(gathered, 0)
  return facts
}

function withheldIn({ level, artifacts, unreadable }: EvidenceDocument): readonly string[] {
  if (level === 'on') return ['Kept at level "on": only sizes and digests, no content.']
  const out: string[] = []
  if (level === 'redacted') out.push('Kept at level "redacted": the words of the conversation are not in it.')
  for (const id of unreadable) out.push(`${id} could not be read when the file was written.`)
  for (const { artifact_id: id, truncated, content } of artifacts) {
    const kind = readAttemptArtifact(id)?.kind
    if (kind !== 'provider-events' && kind !== 'provider-response' && kind !== 'model-response') continue
    if (truncated) out.push(`${id} was longer than what is kept of one piece.`)
    const text = JSON.stringify(content)
    if (level === 'full' && kind !== 'provider-response' && text.includes(marker)) {
      out.push(`${id}: secrets were taken out.`)
    }
    if (
      level === 'full' &&
      kind !== 'provider-response' &&
      /"encoded_length\\*":|\d+ characters, \d+ bytes/.test(text)
    ) {
      out.push(`${id}: media and long encoded data were taken out.`)
    }
  }
  return out
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')
