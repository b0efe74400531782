import type { AssetId, MessageId } from '@contract/ids'
import type { AssetRef, SpokenRef } from '@contract/message'
import type { Database } from 'better-sqlite3'
import type { SpeechStore } from '../ports/speech'
import { atomically } from './atomically'

type Made = NonNullable<ReturnType<SpeechStore['find']>>
interface Row extends Omit<SpokenRef, 'asset'> {
  readonly asset_id: AssetId
}

/** What was spoken, by what decides how it sounds; what messages keep of it; and how recordings look. */
export function speech(db: Database, ref: (id: AssetId) => AssetRef | undefined): SpeechStore {
  const find = db.prepare<[string], Made>(
    `SELECT asset_id, route_id, model, voice FROM speech WHERE speech_key = ?`,
  )
  const put = db.prepare<[Made & { speech_key: string; at_ms: number }]>(
    `INSERT INTO speech (speech_key, asset_id, route_id, model, voice, created_at_ms)
     VALUES (@speech_key, @asset_id, @route_id, @model, @voice, @at_ms)
     ON CONFLICT (speech_key) DO UPDATE SET asset_id = excluded.asset_id, created_at_ms = excluded.created_at_ms`,
  )
  const drop = db.prepare<[Row & { message_id: MessageId }]>(
    `DELETE FROM message_speech
      WHERE message_id = @message_id AND model = @model AND voice = @voice AND part = @part`,
  )
  const keep = db.prepare<[Row & { message_id: MessageId; session_id: string }]>(
    `INSERT INTO message_speech (message_id, number, session_id, asset_id, model, voice, part, parts)
     SELECT @message_id, coalesce(max(number), 0) + 1, @session_id, @asset_id, @model, @voice, @part, @parts
       FROM message_speech WHERE message_id = @message_id`,
  )
  const of = db.prepare<[string], Row>(
    `SELECT asset_id, model, voice, part, parts FROM message_speech WHERE message_id = ? ORDER BY number`,
  )
  const peaks = db.prepare<[string], Buffer>(`SELECT peaks FROM asset_peaks WHERE asset_id = ?`).pluck()
  const keepPeaks = db.prepare<[AssetId, Uint8Array]>(
    `INSERT INTO asset_peaks (asset_id, peaks) VALUES (?, ?)
     ON CONFLICT (asset_id) DO UPDATE SET peaks = excluded.peaks`,
  )
  return {
    find: (key) => find.get(key),
    put: (speech_key, made, at_ms) => void put.run({ speech_key, ...made, at_ms }),
    keep: atomically(db, (session_id, message_id, spoken): void => {
      drop.run({ ...spoken, message_id })
      keep.run({ ...spoken, message_id, session_id })
    }),
    of: (message) =>
      of.all(message).flatMap(({ asset_id, ...rest }) => {
        const asset = ref(asset_id)
        return asset ? [{ asset, ...rest }] : []
      }),
    peaks: (id) => peaks.get(id),
    keepPeaks: (id, bytes) => void keepPeaks.run(id, bytes),
  }
}
