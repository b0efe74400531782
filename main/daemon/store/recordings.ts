import type { Fault } from '@contract/fault'
import type { AssetId, ObservationId, RecordingId, SessionId } from '@contract/ids'
import type { Database } from 'better-sqlite3'
import type { RecordingRecord, RecordingStore, SegmentRecord } from '../ports/recordings'

interface Row {
  readonly recording_id: RecordingId
  readonly session_id: SessionId | null
  readonly started_at_ms: number
  readonly is_ended: number
  readonly kept_asset_id: AssetId | null
  readonly taken_at_ms: number | null
}
interface SegmentRow {
  readonly number: number
  readonly state: SegmentRecord['state']
  readonly samples: number
  readonly observation_id: ObservationId | null
  readonly asset_id: AssetId | null
  readonly text: string | null
  readonly fault: string | null
  readonly asked: number
}

/** What was dictated, and how far each segment has come (contract 11). */
export function recordings(db: Database): RecordingStore {
  const columns = 'recording_id, session_id, started_at_ms, is_ended, kept_asset_id, taken_at_ms'
  const one = db.prepare<[RecordingId], Row>(`SELECT ${columns} FROM recording WHERE recording_id = ?`)
  const open = db.prepare<[], Row>(
    `SELECT ${columns} FROM recording WHERE taken_at_ms IS NULL ORDER BY number`,
  )
  const segments = db.prepare<[RecordingId], SegmentRow>(
    `SELECT number, state, samples, observation_id, asset_id, text, fault, asked
       FROM recording_segment WHERE recording_id = ? ORDER BY number`,
  )
  const insert = db.prepare<[Row]>(
    `INSERT INTO recording (recording_id, number, session_id, started_at_ms, is_ended, kept_asset_id, taken_at_ms)
     SELECT @recording_id, coalesce(max(number), 0) + 1, @session_id, @started_at_ms, @is_ended, @kept_asset_id,
            @taken_at_ms
       FROM recording`,
  )
  const update = db.prepare<
    [Pick<Row, 'recording_id' | 'kept_asset_id' | 'taken_at_ms'> & { is_ended: number | null }]
  >(
    `UPDATE recording
        SET is_ended = coalesce(@is_ended, is_ended), kept_asset_id = coalesce(@kept_asset_id, kept_asset_id),
            taken_at_ms = coalesce(@taken_at_ms, taken_at_ms)
      WHERE recording_id = @recording_id`,
  )
  const put = db.prepare<[SegmentRow & { recording_id: RecordingId }]>(
    `INSERT OR REPLACE INTO recording_segment
       (recording_id, number, state, samples, observation_id, asset_id, text, fault, asked)
     VALUES (@recording_id, @number, @state, @samples, @observation_id, @asset_id, @text, @fault, @asked)`,
  )
  const remove = db.prepare<[RecordingId]>(`DELETE FROM recording WHERE recording_id = ?`)
  const forget = db.prepare<[number]>(`DELETE FROM recording WHERE taken_at_ms < ?`)

  const toRecord = (row: Row): RecordingRecord => ({
    recording_id: row.recording_id,
    session_id: row.session_id,
    started_at_ms: row.started_at_ms,
    is_ended: row.is_ended === 1,
    ...(row.kept_asset_id === null ? {} : { kept_asset_id: row.kept_asset_id }),
    ...(row.taken_at_ms === null ? {} : { taken_at_ms: row.taken_at_ms }),
    segments: segments.all(row.recording_id).map(toSegment),
  })

  return {
    get: (id) => {
      const row = one.get(id)
      return row && toRecord(row)
    },
    open: () => open.all().map(toRecord),
    add: ({ is_ended, kept_asset_id = null, taken_at_ms = null, ...rest }) => {
      insert.run({ ...rest, is_ended: Number(is_ended), kept_asset_id, taken_at_ms })
    },
    update: (recording_id, { is_ended, kept_asset_id = null, taken_at_ms = null }) => {
      const ended = is_ended === undefined ? null : Number(is_ended)
      update.run({ recording_id, is_ended: ended, kept_asset_id, taken_at_ms })
    },
    putSegment: (recording_id, segment) => {
      const { number, state, samples, fault } = segment
      put.run({
        recording_id,
        number,
        state,
        samples,
        observation_id: segment.observation_id ?? null,
        asset_id: segment.asset_id ?? null,
        text: segment.text ?? null,
        fault: fault === undefined ? null : JSON.stringify(fault),
        asked: segment.asked ?? 0,
      })
    },
    remove: (id) => void remove.run(id),
    forget: (before) => void forget.run(before),
  }
}

const toSegment = ({ observation_id, asset_id, text, fault, asked, ...row }: SegmentRow): SegmentRecord => ({
  ...row,
  ...(observation_id === null ? {} : { observation_id }),
  ...(asset_id === null ? {} : { asset_id }),
  ...(text === null ? {} : { text }),
  ...(fault === null ? {} : { fault: JSON.parse(fault) as Fault }),
  ...(asked === 0 ? {} : { asked }),
})
