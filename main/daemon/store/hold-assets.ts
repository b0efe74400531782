import type { AssetId, MessageId, RunId, SessionId } from '@contract/ids'
import type { Part } from '@contract/message'
import type { Database } from 'better-sqlite3'
import type { NewMessage, RunRecord } from '../ports/store'

/** Writes down who holds which assets; call it inside the transaction that writes the owner. */
export interface AssetHolds {
  message(message: Pick<NewMessage, 'message_id' | 'session_id' | 'parts'>): void
  run(run: Pick<RunRecord, 'run_id' | 'input' | 'context_assets' | 'image'>): void
  /** A copy holds what its original does. */
  copiedRun(from: RunId, to: RunId): void
  /** What was read aloud of a message stays with its copy. */
  copiedSpeech(from: MessageId, to: MessageId, session: SessionId): void
  /** In place of what the draft held before. */
  draft(session: SessionId, assets: readonly AssetId[]): void
}

export function holdAssets(db: Database): AssetHolds {
  const addMessage = db.prepare<[MessageId, AssetId, SessionId]>(
    `INSERT OR IGNORE INTO message_asset (message_id, asset_id, session_id) VALUES (?, ?, ?)`,
  )
  const addRun = db.prepare<[RunId, AssetId]>(
    `INSERT OR IGNORE INTO run_asset (run_id, asset_id) VALUES (?, ?)`,
  )
  const copyRun = db.prepare<[RunId, RunId]>(
    `INSERT INTO run_asset (run_id, asset_id) SELECT ?, asset_id FROM run_asset WHERE run_id = ?`,
  )
  const copySpeech = db.prepare<[MessageId, SessionId, MessageId]>(
    `INSERT INTO message_speech (message_id, number, session_id, asset_id, model, voice, part, parts)
     SELECT ?, number, ?, asset_id, model, voice, part, parts FROM message_speech WHERE message_id = ?`,
  )
  const clearDraft = db.prepare<[SessionId]>(`DELETE FROM draft_asset WHERE session_id = ?`)
  const addDraft = db.prepare<[SessionId, number, AssetId]>(
    `INSERT INTO draft_asset (session_id, place, asset_id) VALUES (?, ?, ?)`,
  )
  return {
    message({ message_id, session_id, parts }) {
      for (const id of attachedTo(parts)) addMessage.run(message_id, id, session_id)
    },
    run({ run_id, input, context_assets = [], image }) {
      const mask = image?.mask_asset_id === undefined ? [] : [image.mask_asset_id]
      const sources = image?.source_asset_ids ?? []
      for (const id of [...attachedTo(input), ...context_assets, ...sources, ...mask]) addRun.run(run_id, id)
    },
    copiedRun: (from, to) => void copyRun.run(to, from),
    copiedSpeech: (from, to, session) => void copySpeech.run(to, session, from),
    draft(session, assets) {
      clearDraft.run(session)
      assets.forEach((id, place) => addDraft.run(session, place, id))
    },
  }
}

const attachedTo = (parts: readonly Part[]): readonly AssetId[] =>
  parts.flatMap((part) => {
    if (part.kind === 'attachment') return [part.asset.asset_id]
    if (part.kind !== 'observed') return []
    return [part.asset.asset_id, ...(part.text_asset_id === undefined ? [] : [part.text_asset_id])]
  })
