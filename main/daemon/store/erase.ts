import type { AssetId, SessionId } from '@contract/ids'
import type { Database } from 'better-sqlite3'
import type { Eraser } from '../ports/store'

/** Who this state root is, what its keys are called, and what providers offer. Everything else a person made. */
const kept = [
  'state_root',
  'migration',
  'secret_slot',
  'catalogue',
  'model',
  'upstream',
  'image_model',
  'image_catalogue',
  'image_by_chat',
]

/** Takes everything a person made out of the database, and then every trace of it out of the file. */
export function erase(db: Database): Eraser {
  const some = db
    .prepare<[number], SessionId>(
      `DELETE FROM session WHERE session_id IN (SELECT session_id FROM session LIMIT ?) RETURNING session_id`,
    )
    .pluck()
  const someAssets = db
    .prepare<[number], AssetId>(
      `DELETE FROM asset WHERE asset_id IN (SELECT asset_id FROM asset LIMIT ?) RETURNING asset_id`,
    )
    .pluck()
  const named = (type: string) =>
    db
      .prepare<[string], string>(
        `SELECT name FROM pragma_table_list
          WHERE schema = 'main' AND type = ? AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
      )
      .pluck()
      .all(type)
  const rest = db.transaction((withKeys: boolean) => {
    const going = named('table').filter(
      (name) => !kept.includes(name) || (withKeys && name === 'secret_slot'),
    )
    // Words of what is deleted stay in an index's segments until they are merged.
    for (const name of named('virtual'))
      db.prepare(`INSERT INTO ${name} (${name}) VALUES ('delete-all')`).run()
    for (const name of going) db.prepare(`DELETE FROM ${name}`).run()
  })
  return {
    sessions: (limit) => some.all(limit),
    assets: (limit) => someAssets.all(limit),
    rest: (withKeys) => rest.immediate(withKeys),
    sweep() {
      db.exec('VACUUM')
      const [said] = db.pragma('wal_checkpoint(TRUNCATE)') as readonly { readonly busy: number }[]
      return said?.busy === 0
    },
  }
}
