import type { AssetId, ObservationId, SourceId } from '@contract/ids'
import type { ObservationView, SourceAudit } from '@contract/observations'
import type { Database } from 'better-sqlite3'
import type { ObservationStore, SourceRecord } from '../ports/observations'
import { atomically } from './atomically'
import { noted } from './observation-audit'
import {
  observationColumns,
  sourceColumns,
  toObservation,
  toObservationRow,
  toSource,
  toSourceRow,
  type ObservationRow,
  type SourceRow,
} from './observation-rows'
import type { SearchWriter } from './search-index'

interface Latest {
  readonly source_id: string | null
  readonly stream_id: string | null
  readonly capture_group_id: string | null
  readonly from_ms: number
  readonly limit: number
}

/** Sources, what they delivered, and what happened at them (contract 11). */
export function observations(db: Database, search: Pick<SearchWriter, 'heard'>): ObservationStore {
  const names = (columns: string) =>
    columns
      .split(', ')
      .map((name) => `@${name}`)
      .join(', ')
  const source = db.prepare<[string], SourceRow>(`SELECT ${sourceColumns} FROM source WHERE source_id = ?`)
  const sources = db.prepare<[], SourceRow>(`SELECT ${sourceColumns} FROM source ORDER BY number`)
  const putSource = db.prepare<[SourceRow]>(
    // Not a replacement: what hangs on the row stays.
    `INSERT INTO source (number, ${sourceColumns})
     SELECT coalesce(max(number), 0) + 1, ${names(sourceColumns)} FROM source WHERE true
     ON CONFLICT (source_id) DO UPDATE SET ${sourceColumns
       .split(', ')
       .map((name) => `${name} = excluded.${name}`)
       .join(', ')}`,
  )
  const deleteSource = db.prepare<[string]>(`DELETE FROM source WHERE source_id = ?`)
  const tally = db.prepare<[string], { count: number; bytes: number }>(
    `SELECT count(*) AS count, coalesce(sum(byte_length), 0) AS bytes
       FROM observation WHERE source_id = ? AND retention_state = 'active'`,
  )
  const get = db.prepare<[string], ObservationRow>(
    `SELECT ${observationColumns} FROM observation WHERE observation_id = ?`,
  )
  const byKey = db.prepare<[string, string], ObservationRow>(
    `SELECT ${observationColumns} FROM observation WHERE source_id = ? AND idempotency_key = ?`,
  )
  const insert = db.prepare<[ObservationRow]>(
    `INSERT INTO observation (number, ${observationColumns})
     SELECT coalesce(max(number), 0) + 1, ${names(observationColumns)} FROM observation`,
  )
  const purge = db.prepare<[string]>(
    `UPDATE observation SET retention_state = 'purged' WHERE observation_id = ?`,
  )
  const setText = db
    .prepare<[string, string], AssetId>(
      `UPDATE observation SET canonical_text_asset_id = ? WHERE observation_id = ? RETURNING asset_id`,
    )
    .pluck()
  const list = db.prepare<
    [{ source_id: string | null; stream_id: string | null; purged: number; limit: number }],
    ObservationRow
  >(
    `SELECT ${observationColumns} FROM observation
      WHERE (@source_id IS NULL OR source_id = @source_id) AND (@stream_id IS NULL OR stream_id = @stream_id)
        AND (@purged = 1 OR retention_state = 'active')
      ORDER BY captured_at_ms DESC, number DESC LIMIT @limit`,
  )
  const active = db.prepare<[string, number], ObservationRow>(
    `SELECT ${observationColumns} FROM observation
      WHERE source_id = ? AND retention_state = 'active' AND received_at_ms <= ?
      ORDER BY captured_at_ms, number`,
  )
  const latestOf = (which: string) =>
    db.prepare<[Latest], ObservationRow>(
      // Captured in the same millisecond: a stream's own order decides.
      `SELECT ${observationColumns} FROM observation
        WHERE retention_state = 'active' AND captured_at_ms >= @from_ms AND ${which}
        ORDER BY captured_at_ms DESC, coalesce(seq_no, 0) DESC, number DESC LIMIT @limit`,
    )
  const latest = {
    stream: latestOf(`source_id = @source_id AND stream_id = @stream_id`),
    source: latestOf(`source_id = @source_id`),
    group: latestOf(`capture_group_id = @capture_group_id`),
  }
  const receivedLast = db
    .prepare<[AssetId], number | null>(`SELECT max(received_at_ms) FROM observation WHERE asset_id = ?`)
    .pluck()
  const { note, audited } = noted(db)

  return {
    source: (id) => {
      const row = source.get(id)
      return row && toSource(row)
    },
    sources: () => sources.all().map(toSource),
    putSource: (record: SourceRecord) => void putSource.run(toSourceRow(record)),
    deleteSource: (id) => void deleteSource.run(id),
    audit: atomically(db, note),
    audited: (id: SourceId, limit: number): readonly SourceAudit[] => audited(id, limit),
    tally: (id) => tally.get(id) ?? { count: 0, bytes: 0 },
    get: (id) => {
      const row = get.get(id)
      return row && toObservation(row)
    },
    findByKey: (id, key) => {
      const row = byKey.get(id, key)
      return row && toObservation(row)
    },
    add: atomically(db, (observation: ObservationView, words?: string): void => {
      insert.run(toObservationRow(observation))
      if (words !== undefined) search.heard(observation.asset_id, words)
    }),
    setText: atomically(db, (id: ObservationId, text: AssetId, words: string): void => {
      const asset = setText.get(text, id)
      if (asset !== undefined) search.heard(asset, words)
    }),
    purge: (id) => void purge.run(id),
    list: ({ source_id = null, stream_id = null, include_purged, limit }) =>
      list.all({ source_id, stream_id, purged: Number(include_purged), limit }).map(toObservation),
    active: (id, receivedUntil = Number.MAX_SAFE_INTEGER) => active.all(id, receivedUntil).map(toObservation),
    latest: ({ source_id, stream_id, capture_group_id, captured_from_ms = 0, limit }) => {
      const which = capture_group_id !== undefined ? 'group' : stream_id === undefined ? 'source' : 'stream'
      const asked = {
        source_id: source_id ?? null,
        stream_id: stream_id ?? null,
        capture_group_id: capture_group_id ?? null,
        from_ms: captured_from_ms,
        limit,
      }
      return latest[which].all(asked).map(toObservation)
    },
    receivedLast: (id: AssetId) => receivedLast.get(id) ?? undefined,
  }
}
