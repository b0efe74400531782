import type { AssetId, DerivationId, SessionId } from '@contract/ids'
import { fault } from '@contract/fault'
import type { Database } from 'better-sqlite3'
import type { DerivationRecord, DerivationStore } from '../ports/derivations'
import { atomically } from './atomically'

/** What was derived of what, and what came of it (contract 10.5). Of several of one key one counts. */
export function derivations(db: Database): DerivationStore {
  const read = (record: string, isPreferred: number): DerivationRecord => ({
    ...(JSON.parse(record) as DerivationRecord),
    is_preferred: isPreferred === 1,
  })
  const rows = <Given extends unknown[]>(where: string) => {
    const statement = db.prepare<Given, { record: string; is_preferred: number }>(
      `SELECT record, is_preferred FROM derivation ${where}`,
    )
    return (...given: Given): readonly DerivationRecord[] =>
      statement.all(...given).map(({ record, is_preferred }) => read(record, is_preferred))
  }
  const byId = rows<[string]>(`WHERE derivation_id = ?`)
  const byKey = rows<[string]>(`WHERE cache_key = ? AND is_preferred = 1`)
  const newest = rows<[number]>(`ORDER BY number DESC LIMIT ?`)
  const ofSubject = rows<[string, number]>(`WHERE subject_key = ? ORDER BY number DESC LIMIT ?`)
  const orphans = rows<[]>(
    `WHERE status = 'completed' AND result_asset_id IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM asset a WHERE a.asset_id = result_asset_id)`,
  )
  const step = db.prepare<[string]>(
    `UPDATE derivation SET is_preferred = 0 WHERE cache_key = ? AND is_preferred = 1`,
  )
  const insert = db.prepare<
    [
      Pick<DerivationRecord, 'derivation_id' | 'subject_key' | 'cache_key' | 'status' | 'created_at_ms'> & {
        subject_asset_id: AssetId | null
        result_asset_id: AssetId | null
        record: string
      },
    ]
  >(
    `INSERT INTO derivation (derivation_id, number, subject_key, cache_key, status, is_preferred, subject_asset_id,
       result_asset_id, created_at_ms, record)
     SELECT @derivation_id, coalesce(max(number), 0) + 1, @subject_key, @cache_key, @status, 1, @subject_asset_id,
       @result_asset_id, @created_at_ms, @record FROM derivation`,
  )
  const fail = db.prepare<[string, DerivationId]>(
    `UPDATE derivation SET status = 'failed', result_asset_id = NULL, record = ? WHERE derivation_id = ?`,
  )
  // From the colon behind the chat's id up to the sign after the colon: the index finds them.
  const removeOf = db
    .prepare<[SessionId, SessionId], AssetId | null>(
      `DELETE FROM derivation
        WHERE subject_key >= 'session_input:' || ? || ':' AND subject_key < 'session_input:' || ? || ';'
       RETURNING result_asset_id`,
    )
    .pluck()
  const of = db
    .prepare<[AssetId], DerivationId>(
      `SELECT derivation_id FROM derivation WHERE subject_asset_id = ? ORDER BY number`,
    )
    .pluck()
  return {
    get: (id) => byId(id)[0],
    preferred: (cacheKey) => byKey(cacheKey)[0],
    list: ({ subject_key, limit }) =>
      subject_key === undefined ? newest(limit) : ofSubject(subject_key, limit),
    add: atomically(db, (record: DerivationRecord): void => {
      step.run(record.cache_key)
      const { derivation_id, subject_key, cache_key, status, created_at_ms } = record
      insert.run({
        derivation_id,
        subject_key,
        cache_key,
        status,
        created_at_ms,
        subject_asset_id: record.subject_asset_id ?? null,
        result_asset_id: record.result_asset_id ?? null,
        record: JSON.stringify(record),
      })
    }),
    failOrphans: atomically(db, (): number => {
      const gone = orphans()
      for (const { result_asset_id: _, ...record } of gone) {
        const why = fault('asset_not_found', 'The text that was derived is not here any more.')
        fail.run(JSON.stringify({ ...record, status: 'failed', fault: why }), record.derivation_id)
      }
      return gone.length
    }),
    removeOf: (session) => removeOf.all(session, session).flatMap((id) => id ?? []),
    of: (asset) => of.all(asset),
  }
}
