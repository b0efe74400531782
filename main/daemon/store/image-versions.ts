import type { AssetId, MessageId, RunId, SessionId } from '@contract/ids'
import type { ImageVersion } from '@contract/images'
import type { Provenance } from '@contract/assets'
import type { Database } from 'better-sqlite3'
import { assetNotFound } from '../core/assets/asset-not-found'
import type { ImageVersionStore } from '../ports/tool-store'
import type { ListedRow } from './asset-records'
import { listedColumns, toListed } from './asset-records'

interface Row extends ListedRow {
  readonly parent_id: AssetId | null
  readonly record: string | null
  readonly prompt: string | null
  readonly message_id: MessageId | null
  readonly session_id: SessionId | null
}

/** Versions of one tree that are shown at most, and edits of edits that are followed. */
const most = 500
const deepest = 200

// What a picture was made from is the first source of its provenance; the others were given along.
const firstSource = `record ->> '$.source_assets[0].asset_id'`

/** The trees of edits, read off how pictures were made. */
export function imageVersions(db: Database): ImageVersionStore {
  const root = db
    .prepare<[{ id: AssetId }], AssetId>(
      `WITH RECURSIVE up (asset_id, depth) AS (
         SELECT asset_id, 0 FROM asset WHERE asset_id = @id
         UNION
         SELECT a.asset_id, up.depth + 1
           FROM up
           JOIN asset_provenance p ON p.asset_id = up.asset_id AND p.record ->> '$.kind' IN ('image_edit', 'image_mask')
           JOIN asset a ON a.asset_id = p.${firstSource} AND a.kind = 'image'
          -- A picture can be its own source: a model that changed nothing, and bytes that are kept once.
          WHERE up.depth < ${deepest} AND a.asset_id <> up.asset_id
          LIMIT ${most}
       )
       SELECT asset_id FROM up ORDER BY depth DESC LIMIT 1`,
    )
    .pluck()
  const tree = db.prepare<[{ root: AssetId }], Row>(
    `WITH RECURSIVE down (asset_id, parent_id, number, depth) AS (
       SELECT @root, NULL, NULL, 0
       UNION
       SELECT p.asset_id, down.asset_id, p.number, down.depth + 1
         FROM down
         JOIN asset_source s ON s.source_id = down.asset_id
         JOIN asset_provenance p ON p.asset_id = s.asset_id
          AND p.record ->> '$.kind' = 'image_edit' AND p.${firstSource} = down.asset_id
         JOIN asset a ON a.asset_id = p.asset_id AND a.is_part = 0
        WHERE down.depth < ${deepest} AND p.asset_id <> down.asset_id AND p.asset_id <> @root
        LIMIT ${most}
     )
     SELECT ${listedColumns}, down.parent_id, p.record,
            c.arguments ->> '$.prompt' AS prompt, c.message_id, c.session_id
       FROM down
       JOIN asset a ON a.asset_id = down.asset_id
       LEFT JOIN asset_provenance p ON p.asset_id = down.asset_id AND p.number = coalesce(down.number,
              (SELECT min(f.number) FROM asset_provenance f WHERE f.asset_id = down.asset_id))
       LEFT JOIN (SELECT t.run_id, t.call_id, t.message_id, r.session_id,
                         -- What a model wrote may be no JSON at all.
                         iif(json_valid(t.arguments), t.arguments, '{}') AS arguments
                    FROM tool_call t JOIN run r USING (run_id) JOIN session n USING (session_id)
                   WHERE n.deleted_at_ms IS NULL) c
         ON c.run_id = p.record ->> '$.run_id' AND c.call_id = p.record ->> '$.tool_call_id'
      ORDER BY down.depth, a.created_at_ms, a.asset_id`,
  )
  const isMask = db
    .prepare<[string], number>(
      `SELECT EXISTS (SELECT 1 FROM asset_provenance WHERE asset_id = ? AND record ->> '$.kind' = 'image_mask')`,
    )
    .pluck()
  const isPart = db.prepare<[string], number>(`SELECT is_part FROM asset WHERE asset_id = ?`).pluck()

  return {
    tree(id) {
      const top = root.get({ id })
      if (top === undefined) throw assetNotFound()
      const seen = new Set<AssetId>()
      return tree.all({ root: top }).flatMap((row) => {
        // The same bytes may have been made twice, from two pictures.
        if (seen.has(row.asset_id)) return []
        seen.add(row.asset_id)
        return [toVersion(row, (source) => isPart.get(source) !== 1 && isMask.get(source) !== 1)]
      })
    },
  }
}

function toVersion(row: Row, isShown: (id: AssetId) => boolean): ImageVersion {
  const { parent_id, record, prompt, message_id, session_id, ...listed } = row
  const made = record === null ? undefined : (JSON.parse(record) as Provenance)
  const { mask_asset_id, ...proof } = made?.region ?? {}
  const isWhole = made?.region !== undefined
  return {
    asset: toListed(listed),
    parent_id,
    reference_ids: (made?.source_assets ?? [])
      .slice(1)
      .flatMap(({ asset_id }) => (asset_id !== mask_asset_id && isShown(asset_id) ? [asset_id] : [])),
    ...(mask_asset_id === undefined ? {} : { mask_asset_id }),
    ...(isWhole
      ? {
          proof: {
            asset_id: row.asset_id,
            ...(proof as Omit<NonNullable<Provenance['region']>, 'mask_asset_id'>),
          },
        }
      : {}),
    ...(made ? { route_id: made.route_id, model: made.model } : {}),
    ...(prompt === null ? {} : { prompt }),
    ...(made && session_id !== null ? { run_id: made.run_id as RunId, session_id } : {}),
    ...(message_id === null ? {} : { message_id }),
  }
}
