import type { InputOf } from '@contract/define'
import type { DebugView, evidenceCalls } from '@contract/evidence'
import { fault } from '@contract/fault'
import type { RunId } from '@contract/ids'
import { atLevel } from '../core/evidence/at-level'
import { contentOf, writeDocument, type DocumentArtifact } from '../core/evidence/document'
import { Failure } from '../core/failure'
import type { RunRecord } from '../ports/store'
import { findRun } from './find'
import type { World } from './world'

type Calls = typeof evidenceCalls
type Ports = Pick<World, 'store' | 'queue' | 'evidence' | 'clock' | 'hash' | 'scrub' | 'about'>

const sevenDays = 7 * 24 * 60 * 60_000
const atOnce = 10_000

/** `runs.debug`, `runs.debugArtifact`, `runs.evidence`, `runs.prune` (contract 15). */
export function readEvidence(on: Ports) {
  const { store, evidence } = on

  async function debug({ run_id }: { readonly run_id: RunId }): Promise<DebugView> {
    const run = findRun(store, run_id)
    const artifacts = await evidence.list(run_id)
    if (artifacts.length === 0) {
      throw new Failure(
        fault('run_debug_not_found', 'Nothing was kept of this run, or it was removed after seven days.'),
      )
    }
    return { run_id, level: run.debug_level ?? 'off', artifacts }
  }

  async function artifactOf(run: RunId, id: string): Promise<DocumentArtifact> {
    const { artifact, body } = await evidence.read(run, id)
    const { bytes: _, encrypted: __, ...known } = artifact
    return { ...known, content: contentOf(artifact.format, body) }
  }

  /** At the lower levels the record says no more than the evidence. */
  function recordOf(run: RunRecord): unknown {
    const view = on.scrub(on.queue.view(run))
    const digest = (text: string) => on.hash(text, 'hex')
    return run.debug_level === 'full' ? view : atLevel('redacted', 'run', view, digest)
  }

  return {
    debug,

    artifact: ({ run_id, artifact_id }: InputOf<Calls['runs.debugArtifact']>) => {
      findRun(store, run_id)
      return evidence.read(run_id, artifact_id)
    },

    async export({ run_id }: InputOf<Calls['runs.evidence']>) {
      const { level, artifacts } = await debug({ run_id })
      const read = await Promise.allSettled(
        artifacts.map(({ artifact_id }) => artifactOf(run_id, artifact_id)),
      )
      const kept = read.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
      const refused = read.find((each) => each.status === 'rejected')
      if (kept.length === 0 && refused) throw refused.reason
      const run = findRun(store, run_id)
      const document = {
        app_version: on.about.version,
        exported_at_ms: on.clock.now(),
        run_id,
        level,
        run: recordOf(run),
        receipt: on.scrub(run.receipt ?? null),
        artifacts: kept,
        unreadable: artifacts.flatMap(({ artifact_id }, at) =>
          read[at]?.status === 'rejected' ? [artifact_id] : [],
        ),
      }
      return {
        file_name: `kheish-${run_id}.evidence.json`,
        text: writeDocument(document, (text) => on.hash(text, 'hex')),
      }
    },

    prune({ older_than_ms = sevenDays, limit = atOnce }: InputOf<Calls['runs.prune']>) {
      if (!(older_than_ms > 0) || !(limit > 0)) {
        throw new Failure(fault('run_retention_invalid_request', 'Age and number must be more than nothing.'))
      }
      return evidence.prune(on.clock.now() - older_than_ms, Math.ceil(Math.min(limit, atOnce)))
    },
  }
}
