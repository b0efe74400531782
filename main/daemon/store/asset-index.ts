import type { Database } from 'better-sqlite3'
import type { NewAsset } from '../ports/asset-store'
import { folded } from './folded'
import { spacedOut } from './search-words'

interface Said {
  readonly file_name: string
  readonly search_text?: string | undefined
}

interface AssetIndex {
  /** Where pieces of a query are looked for (contract 7.1): id, name, type and digest, without case and accents. */
  haystackOf(asset: NewAsset): string
  put(place: number, haystack: string, said: Said): void
}

/** Keeps both indexes of assets in step; call it inside the transaction that writes the row. */
export function assetIndex(db: Database): AssetIndex {
  const words = db.prepare<[number, string]>(`INSERT INTO asset_index (rowid, words) VALUES (?, ?)`)
  const pieces = db.prepare<[number, string]>(`INSERT INTO asset_piece (rowid, haystack) VALUES (?, ?)`)
  return {
    haystackOf: ({ asset_id, file_name, raw }) =>
      folded([asset_id, file_name, raw.media_type, raw.sha256].join('\n')).text,
    put(place, haystack, { file_name, search_text = '' }) {
      words.run(place, spacedOut(`${file_name}\n${search_text}`))
      pieces.run(place, haystack)
    },
  }
}
