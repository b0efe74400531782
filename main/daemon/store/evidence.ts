import type { RunId } from '@contract/ids'
import type { Database } from 'better-sqlite3'
import type { ArtifactRecord, EvidenceStore } from '../ports/evidence-store'

interface Row {
  readonly run_id: RunId
  readonly artifact_id: string
  readonly format: ArtifactRecord['format']
  readonly encrypted: number
  readonly updated_at_ms: number
  readonly bytes: number | null
  readonly plaintext_bytes: number | null
  readonly sha256: string | null
  readonly truncated: number
  readonly original_bytes: number | null
}

/** What the evidence files of each run must be (contract 15). The files themselves are not in here. */
export function evidence(db: Database): EvidenceStore {
  const put = db.prepare<[Row]>(
    `INSERT INTO evidence_artifact (run_id, artifact_id, format, encrypted, updated_at_ms, bytes, plaintext_bytes,
       sha256, truncated, original_bytes)
     VALUES (@run_id, @artifact_id, @format, @encrypted, @updated_at_ms, @bytes, @plaintext_bytes,
       @sha256, @truncated, @original_bytes)
     ON CONFLICT (run_id, artifact_id) DO UPDATE SET
       format = excluded.format, encrypted = excluded.encrypted, updated_at_ms = excluded.updated_at_ms,
       bytes = excluded.bytes, plaintext_bytes = excluded.plaintext_bytes, sha256 = excluded.sha256,
       truncated = excluded.truncated, original_bytes = excluded.original_bytes`,
  )
  const list = db.prepare<[string], Row>(
    `SELECT * FROM evidence_artifact WHERE run_id = ? ORDER BY artifact_id`,
  )
  const ended = db
    .prepare<[number, number], RunId>(
      // From the evidence to the runs, whatever the planner thinks: of most runs there is none.
      `SELECT run_id FROM (SELECT DISTINCT run_id FROM evidence_artifact) CROSS JOIN run USING (run_id)
        WHERE status IN ('completed', 'failed', 'interrupted', 'cancelled')
          AND coalesce(finished_at_ms, updated_at_ms) < ?
        ORDER BY coalesce(finished_at_ms, updated_at_ms), run_id LIMIT ?`,
    )
    .pluck()
  const kept = db.prepare<[], RunId>(`SELECT DISTINCT run_id FROM evidence_artifact`).pluck()
  const remove = db.prepare<[string]>(`DELETE FROM evidence_artifact WHERE run_id = ?`)
  return {
    put: (record) => void put.run(toRow(record)),
    list: (run) => list.all(run).map(toRecord),
    endedBefore: (at_ms, limit) => ended.all(at_ms, limit),
    runs: () => kept.all(),
    remove: (run) => void remove.run(run),
  }
}

function toRow({ finished, ...record }: ArtifactRecord): Row {
  return {
    ...record,
    encrypted: Number(record.encrypted),
    truncated: Number(record.truncated),
    bytes: finished?.bytes ?? null,
    plaintext_bytes: finished?.plaintext_bytes ?? null,
    sha256: finished?.sha256 ?? null,
    original_bytes: record.original_bytes ?? null,
  }
}

function toRecord(row: Row): ArtifactRecord {
  const { bytes, plaintext_bytes, sha256, original_bytes, ...rest } = row
  return {
    ...rest,
    encrypted: row.encrypted === 1,
    truncated: row.truncated === 1,
    ...(bytes === null || plaintext_bytes === null || sha256 === null
      ? {}
      : { finished: { bytes, plaintext_bytes, sha256 } }),
    ...(original_bytes === null ? {} : { original_bytes }),
  }
}
