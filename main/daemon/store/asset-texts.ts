import type { AssetId } from '@contract/ids'
import type { Database } from 'better-sqlite3'
import type { AssetText, AssetTextStore } from '../ports/transcription'
import { atomically } from './atomically'
import type { SearchWriter } from './search-index'
import { spacedOut } from './search-words'

interface TextRow {
  readonly text_asset_id: AssetId
  readonly maker: AssetText['maker']
  readonly route_id: string | null
  readonly provider: string | null
  readonly model: string | null
}

/** Texts that did not come with the bytes of their asset: the text's own file is the derived text (contract 10.4). */
export function assetTexts(db: Database, search: Pick<SearchWriter, 'heard'>): AssetTextStore {
  const get = db.prepare<[AssetId], TextRow>(
    // What was derived anew since may have lost it.
    `SELECT t.text_asset_id, t.maker, t.route_id, t.provider, t.model
       FROM asset_text t
       JOIN asset x ON x.asset_id = t.text_asset_id
       JOIN asset_file f ON f.asset_id = t.asset_id AND f.role = 'text' AND f.sha256 = x.sha256
      WHERE t.asset_id = ?`,
  )
  const note = db.prepare<[TextRow & { asset_id: AssetId; noted_at_ms: number }]>(
    `INSERT OR REPLACE INTO asset_text (asset_id, text_asset_id, maker, route_id, provider, model, noted_at_ms)
     VALUES (@asset_id, @text_asset_id, @maker, @route_id, @provider, @model, @noted_at_ms)`,
  )
  const show = db.prepare<[AssetId, AssetId]>(
    `INSERT OR REPLACE INTO asset_file (asset_id, role, sha256, byte_length, media_type, is_cut)
     SELECT ?, 'text', sha256, byte_length, media_type, 0 FROM asset WHERE asset_id = ?`,
  )
  const place = db.prepare<[AssetId], { place: number; file_name: string }>(
    `SELECT place, file_name FROM asset WHERE asset_id = ? AND is_part = 0`,
  )
  const forget = db.prepare<[number]>(`DELETE FROM asset_index WHERE rowid = ?`)
  const index = db.prepare<[number, string]>(`INSERT INTO asset_index (rowid, words) VALUES (?, ?)`)
  return {
    get(id) {
      const row = get.get(id)
      return row && toText(row)
    },
    put: atomically(db, (id: AssetId, text: AssetText, at_ms: number, words?: string): void => {
      const { text_asset_id, maker, route_id = null, provider = null, model = null } = text
      note.run({ asset_id: id, text_asset_id, maker, route_id, provider, model, noted_at_ms: at_ms })
      show.run(id, text_asset_id)
      if (words !== undefined) search.heard(id, words)
      const row = place.get(id)
      if (!row || words === undefined) return
      forget.run(row.place)
      index.run(row.place, spacedOut(`${row.file_name}\n${words}`))
    }),
  }
}

const toText = ({ text_asset_id, maker, route_id, provider, model }: TextRow): AssetText => ({
  text_asset_id,
  maker,
  ...(route_id === null ? {} : { route_id }),
  ...(provider === null ? {} : { provider }),
  ...(model === null ? {} : { model }),
})
