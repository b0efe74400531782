import type { AssetGraph, AssetNeighbour, AssetReference } from '@contract/assets'
import type { Database } from 'better-sqlite3'
import type { AssetStore } from '../ports/asset-store'
import type { ListedRow } from './asset-records'
import { listedColumns, toListed } from './asset-records'

interface ReferenceRow {
  readonly domain: AssetReference['domain']
  readonly owner_id: string
  readonly role: AssetReference['role']
  readonly hard: number
  readonly parent_id: string | null
  readonly title: string | null
}

interface NeighbourRow extends ListedRow {
  readonly is_part: number
  readonly is_mask: number
}

/** Neighbours and uses that are shown at most. */
const most = 200

/** Who names an asset, and what it is made from and into (contract 7.6). */
export function assetGraph(db: Database): Pick<AssetStore, 'references' | 'graph'> {
  const references = db.prepare<[{ id: string }], ReferenceRow>(
    // Chats that may still be restored count, too. What was derived of an asset goes with it, and holds it not.
    `SELECT 'session_message' AS domain, m.message_id AS owner_id, iif(m.role = 'user', 'input', 'output') AS role,
            1 AS hard, m.session_id AS parent_id, s.title
       FROM message_asset h JOIN message m USING (message_id) JOIN session s ON s.session_id = m.session_id
      WHERE h.asset_id = @id
     UNION ALL
     SELECT DISTINCT 'session_message', m.message_id, 'speech', 1, m.session_id, s.title
       FROM message_speech h JOIN message m USING (message_id) JOIN session s ON s.session_id = m.session_id
      WHERE h.asset_id = @id
     UNION ALL
     SELECT 'run_input', r.run_id, 'input', 1, r.session_id, s.title
       FROM run_asset h JOIN run r USING (run_id) JOIN session s ON s.session_id = r.session_id
      WHERE h.asset_id = @id
     UNION ALL
     SELECT DISTINCT 'session_draft', s.session_id, 'draft', 1, s.session_id, s.title
       FROM draft_asset h JOIN session s USING (session_id)
      WHERE h.asset_id = @id
     UNION ALL
     SELECT 'asset_text', asset_id, 'text', 1, NULL, NULL FROM asset_text WHERE text_asset_id = @id
     UNION ALL
     SELECT 'derivation', derivation_id, 'subject', 0, NULL, NULL FROM derivation WHERE subject_asset_id = @id
     UNION ALL
     SELECT 'derivation', derivation_id, 'result', subject_asset_id IS NOT @id, NULL, NULL
       FROM derivation WHERE result_asset_id = @id
     UNION ALL
     SELECT 'observation', observation_id, 'raw', retention_state = 'active', NULL, NULL
       FROM observation WHERE asset_id = @id
     UNION ALL
     SELECT 'observation', observation_id, 'text', retention_state = 'active', NULL, NULL
       FROM observation WHERE canonical_text_asset_id = @id
     UNION ALL
     SELECT DISTINCT 'recording', g.recording_id, 'raw', 1, r.session_id, NULL
       FROM recording_segment g JOIN recording r USING (recording_id)
      WHERE g.asset_id = @id AND r.taken_at_ms IS NULL
     UNION ALL
     SELECT 'asset_provenance', asset_id, 'source', 0, NULL, NULL FROM asset_source WHERE source_id = @id`,
  )
  const neighbours = (from: string, to: string) =>
    db.prepare<[{ id: string }], NeighbourRow>(
      `WITH RECURSIVE near (asset_id, depth) AS (
         SELECT @id, 0
         UNION
         SELECT x.${to}, near.depth + 1 FROM near JOIN asset_source x ON x.${from} = near.asset_id
          -- Nothing is made from itself, but a record may say so.
          WHERE near.depth < 20
         LIMIT 1000
       )
       SELECT ${listedColumns}, a.is_part,
              EXISTS (SELECT 1 FROM asset_provenance p
                       WHERE p.asset_id = a.asset_id AND p.record ->> '$.kind' = 'image_mask') AS is_mask
         FROM asset a
         JOIN (SELECT asset_id, min(depth) AS depth FROM near GROUP BY asset_id) n ON n.asset_id = a.asset_id
        WHERE n.depth > 0
        ORDER BY n.depth, a.created_at_ms DESC, a.asset_id DESC LIMIT ${most}`,
    )
  const madeFrom = neighbours('asset_id', 'source_id')
  const madeInto = neighbours('source_id', 'asset_id')
  const usedIn = db.prepare<[{ id: string }], AssetGraph['used_in'][number]>(
    `SELECT m.session_id, s.title, m.message_id, m.role, m.created_at_ms AS at_ms
       FROM (SELECT message_id FROM message_asset WHERE asset_id = @id
             UNION SELECT message_id FROM message_speech WHERE asset_id = @id) h
       JOIN message m USING (message_id) JOIN session s ON s.session_id = m.session_id
      WHERE s.deleted_at_ms IS NULL
      ORDER BY m.place DESC LIMIT ${most}`,
  )
  return {
    references: (id) => references.all({ id }).map(toReference),
    graph: (id) => ({
      made_from: madeFrom.all({ id }).map(toNeighbour),
      made_into: madeInto.all({ id }).map(toNeighbour),
      used_in: usedIn.all({ id }),
    }),
  }
}

const toNeighbour = ({ is_part, is_mask, ...row }: NeighbourRow): AssetNeighbour => ({
  ...toListed(row),
  ...(is_part === 0 ? {} : { part: is_mask === 1 ? 'mask' : 'answer' }),
})

const toReference = ({ hard, parent_id, title, ...rest }: ReferenceRow): AssetReference => ({
  ...rest,
  hard: hard === 1,
  ...(parent_id === null ? {} : { parent_id }),
  ...(title === null ? {} : { title }),
})
