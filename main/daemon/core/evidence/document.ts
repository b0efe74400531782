import { evidenceFormat, type DebugArtifact, type DebugLevel } from '@contract/evidence'
import { readAttemptArtifact } from './artifact-ids'
import { brokenAt, chainStart, type Sha256 } from './chain'

/** A piece of evidence within an exported file: `content` is what `body` says, line by line for `jsonl`. */
export interface DocumentArtifact extends Omit<DebugArtifact, 'bytes' | 'encrypted'> {
  readonly content: unknown
}

/** One exported run (contract 15). `sha256` covers everything else. */
export interface EvidenceDocument {
  readonly format: typeof evidenceFormat
  readonly app_version: string
  readonly exported_at_ms: number
  readonly run_id: string
  readonly level: DebugLevel
  readonly run: unknown
  readonly receipt: unknown
  readonly artifacts: readonly DocumentArtifact[]
  /** Pieces that could not be decrypted or verified when this was written. */
  readonly unreadable: readonly string[]
  readonly sha256: string
}

export function writeDocument(document: Omit<EvidenceDocument, 'format' | 'sha256'>, sha256: Sha256): string {
  const whole = { format: evidenceFormat, ...document }
  return `${JSON.stringify({ ...whole, sha256: sha256(JSON.stringify(whole)) }, null, 2)}\n`
}

/** What `body` of an artifact says. Throws when it is no JSON. */
export const contentOf = (format: DebugArtifact['format'], body: string): unknown =>
  format === 'json'
    ? JSON.parse(body)
    : body
        .split('\n')
        .filter((line) => line !== '')
        .map((line): unknown => JSON.parse(line))

const bodyOf = ({ format, content }: DocumentArtifact): string =>
  format === 'json'
    ? `${JSON.stringify(content)}\n`
    : linesOf(content)
        .map((line) => `${JSON.stringify(line)}\n`)
        .join('')

/** The lines of an event file; what is no line is passed over, and then the digest says so. */
export const linesOf = (content: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(content) ? content.filter((line) => typeof line === 'object' && line !== null) : []

type Read =
  | { readonly document: EvidenceDocument; readonly wrong: readonly string[] }
  | { readonly document: undefined; readonly wrong: readonly string[] }

/** Reads an exported file and checks every hash in it; `wrong` says in sentences what does not hold. */
export function readDocument(text: string, sha256: Sha256): Read {
  const document = parse(text)
  if (!document) return { document, wrong: ['It is no evidence that this Kheish can read.'] }
  const { sha256: told, ...rest } = document
  const wrong = [
    ...(sha256(JSON.stringify(rest)) === told ? [] : ['The file was changed after it was written.']),
    ...document.artifacts.flatMap((artifact) => wrongIn(document, artifact, sha256)),
  ]
  return { document, wrong }
}

function wrongIn(
  { run_id, artifacts }: EvidenceDocument,
  artifact: DocumentArtifact,
  sha256: Sha256,
): readonly string[] {
  const { artifact_id: id, content } = artifact
  const wrong = sha256(bodyOf(artifact)) === artifact.sha256 ? [] : [`${id} is not what was kept.`]
  const of = readAttemptArtifact(id)
  if (of?.kind !== 'provider-events') return wrong
  const lines = linesOf(content)
  const broken = brokenAt(sha256, chainStart(sha256, run_id, id), lines)
  if (broken !== undefined) return [...wrong, `${id}: event ${broken} does not follow from those before it.`]
  const end = artifacts.find((other) => {
    const { turn, attempt, kind } = readAttemptArtifact(other.artifact_id) ?? {}
    return turn === of.turn && attempt === of.attempt && kind === 'provider-response'
  })
  const { chain, events } = Object(end?.content) as { chain?: unknown; events?: unknown }
  const isWhole =
    artifact.truncated ||
    chain === undefined ||
    (lines.at(-1)?.['chain'] === chain && lines.length === events)
  return isWhole || lines.length === 0 ? wrong : [...wrong, `${id}: events are missing at the end.`]
}

function parse(text: string): EvidenceDocument | undefined {
  try {
    const value = JSON.parse(text) as Partial<EvidenceDocument> | null
    const isOurs =
      value?.format === evidenceFormat &&
      typeof value.run_id === 'string' &&
      typeof value.sha256 === 'string' &&
      Array.isArray(value.artifacts) &&
      value.artifacts.every((each) => typeof each?.artifact_id === 'string')
    // Checked by hash: what was written by this program has every field.
    return isOurs ? (value as EvidenceDocument) : undefined
  } catch {
    return undefined
  }
}
