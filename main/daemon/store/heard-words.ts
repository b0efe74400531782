import type { AssetId } from '@contract/ids'
import type { Part } from '@contract/message'
import type { Database } from 'better-sqlite3'
import { findableText } from '../core/runs/text-of'

/** More than anybody says in a day; keeps a file that is no speech at all small. */
const longest = 1_000_000

/** What was said in recordings, kept for finding the messages that hold them. */
export interface HeardWords {
  /** All that is found of a message: what it says itself, and what is said in its recordings. */
  findable(place: number, parts: readonly Part[]): string
  /** In place of what was known of that recording; answers the messages that hold it. */
  put(id: AssetId, words: string): readonly { readonly place: number; readonly parts: readonly Part[] }[]
}

export function heardWords(db: Database): HeardWords {
  const of = db
    .prepare<[number], string>(
      `SELECT w.words FROM message m
         JOIN message_asset h ON h.message_id = m.message_id
         JOIN asset a ON a.asset_id = h.asset_id
         JOIN asset_words w ON w.asset_id = h.asset_id
        WHERE m.place = ? ORDER BY a.place`,
    )
    .pluck()
  const put = db.prepare<[string, AssetId]>(
    `INSERT INTO asset_words (asset_id, words) SELECT asset_id, ? FROM asset WHERE asset_id = ?
     ON CONFLICT (asset_id) DO UPDATE SET words = excluded.words`,
  )
  const holders = db.prepare<[AssetId], { place: number; parts: string }>(
    `SELECT m.place, m.parts FROM message_asset h JOIN message m ON m.message_id = h.message_id
      WHERE h.asset_id = ? AND m.role = 'user'`,
  )
  return {
    findable: (place, parts) =>
      [findableText(parts), ...of.all(place)].filter((line) => line !== '').join('\n'),
    put(id, words) {
      put.run(words.slice(0, longest), id)
      return holders
        .all(id)
        .map(({ place, parts }) => ({ place, parts: JSON.parse(parts) as readonly Part[] }))
    },
  }
}
