import type { Provenance } from '@contract/assets'
import type { AssetId } from '@contract/ids'
import type { AssetRef } from '@contract/message'
import type { Database } from 'better-sqlite3'
import { assetNotFound } from '../core/assets/asset-not-found'
import type { AssetRecord, AssetStore, NewAsset } from '../ports/asset-store'
import { assetGraph } from './asset-graph'
import { assetIndex } from './asset-index'
import type { FileRow, RecordRow } from './asset-records'
import { detailsOf, kindOf, originOf, recordColumns, toAssetRecord } from './asset-records'
import { atomically } from './atomically'
import { listAssets } from './list-assets'

interface RefRow extends Pick<AssetRef, 'asset_id' | 'media_type' | 'file_name' | 'byte_length'> {
  readonly sha256: string
  readonly width: number | null
  readonly height: number | null
  readonly duration_ms: number | null
  readonly text_byte_length: number | null
}

/** The rows of what the daemon owns (contract 7). The bytes are not in here. */
export function assets(db: Database): AssetStore {
  const index = assetIndex(db)
  const select = (where: string) => `SELECT ${recordColumns} FROM asset a WHERE ${where}`
  const get = db.prepare<[string], RecordRow>(select(`a.asset_id = ?`))
  const find = db.prepare<[string, string], RecordRow>(select(`a.sha256 = ? AND a.media_type = ?`))
  const page = db.prepare<[string, number], RecordRow>(select(`a.asset_id > ? ORDER BY a.asset_id LIMIT ?`))
  const files = db.prepare<[string], FileRow>(
    `SELECT role, sha256, byte_length, media_type, is_cut FROM asset_file WHERE asset_id = ?`,
  )
  const provenanceOf = db
    .prepare<[string], string>(`SELECT record FROM asset_provenance WHERE asset_id = ? ORDER BY number`)
    .pluck()
  const ref = db.prepare<[string], RefRow>(
    `SELECT asset_id, media_type, file_name, byte_length, sha256, width, height, duration_ms,
            (SELECT f.byte_length FROM asset_file f WHERE f.asset_id = a.asset_id AND f.role = 'text') AS text_byte_length
       FROM asset a WHERE asset_id = ?`,
  )
  const insert = db.prepare<[ReturnType<typeof toColumns>]>(
    `INSERT INTO asset (asset_id, media_type, sha256, byte_length, file_name, created_at_ms, added_at_ms, kind, origin, width,
       height, duration_ms, source_media_type, source_byte_length, details, haystack, is_part)
     VALUES (@asset_id, @media_type, @sha256, @byte_length, @file_name, @created_at_ms, @created_at_ms, @kind, @origin, @width,
       @height, @duration_ms, @source_media_type, @source_byte_length, @details, @haystack, @is_part)`,
  )
  const addFile = db.prepare<[FileRow & { asset_id: AssetId }]>(
    `INSERT INTO asset_file (asset_id, role, sha256, byte_length, media_type, is_cut)
     VALUES (@asset_id, @role, @sha256, @byte_length, @media_type, @is_cut)`,
  )
  const dropFiles = db.prepare<[string]>(`DELETE FROM asset_file WHERE asset_id = ?`)
  const insertProvenance = db.prepare<[{ asset_id: AssetId; record: string }]>(
    `INSERT INTO asset_provenance (asset_id, number, record)
     SELECT @asset_id, coalesce(max(number), 0) + 1, @record FROM asset_provenance WHERE asset_id = @asset_id`,
  )
  const addSource = db.prepare<[AssetId, AssetId]>(
    `INSERT OR IGNORE INTO asset_source (asset_id, source_id) VALUES (?, ?)`,
  )
  const quarantine = db.prepare<[number, string]>(`UPDATE asset SET is_quarantined = ? WHERE asset_id = ?`)
  const addAgain = db.prepare<[number, string]>(`UPDATE asset SET added_at_ms = ? WHERE asset_id = ?`)
  const list = db.prepare<[string], { place: number; haystack: string; file_name: string }>(
    `UPDATE asset SET is_part = 0 WHERE asset_id = ? AND is_part = 1 RETURNING place, haystack, file_name`,
  )
  const tombstone = db.prepare<[AssetId, number, string]>(
    `INSERT INTO asset_tombstone (asset_id, buried_at_ms, files) VALUES (?, ?, ?)`,
  )
  const remove = db.prepare<[string]>(`DELETE FROM asset WHERE asset_id = ?`)
  const unfinished = db.prepare<[], { asset_id: AssetId; files: string }>(
    `SELECT asset_id, files FROM asset_tombstone WHERE files IS NOT NULL ORDER BY asset_id`,
  )
  const finish = db.prepare<[string]>(`UPDATE asset_tombstone SET files = NULL WHERE asset_id = ?`)
  const holds = db
    .prepare<[{ sha256: string; beside: string }], number>(
      `SELECT EXISTS (SELECT 1 FROM asset WHERE sha256 = @sha256 AND asset_id <> @beside)
           OR EXISTS (SELECT 1 FROM asset_file WHERE sha256 = @sha256 AND asset_id <> @beside)`,
    )
    .pluck()
  const unused = db
    .prepare<[number, number], AssetId>(
      `SELECT asset_id FROM asset a
        WHERE added_at_ms < ?
          AND NOT EXISTS (SELECT 1 FROM message_asset h WHERE h.asset_id = a.asset_id)
          AND NOT EXISTS (SELECT 1 FROM message_speech h WHERE h.asset_id = a.asset_id)
          AND NOT EXISTS (SELECT 1 FROM run_asset h WHERE h.asset_id = a.asset_id)
          AND NOT EXISTS (SELECT 1 FROM draft_asset h WHERE h.asset_id = a.asset_id)
          AND NOT EXISTS (SELECT 1 FROM asset_text h WHERE h.text_asset_id = a.asset_id)
          AND NOT EXISTS (SELECT 1 FROM derivation h
                           WHERE h.result_asset_id = a.asset_id AND h.subject_asset_id IS NOT a.asset_id)
          AND NOT EXISTS (SELECT 1 FROM observation o WHERE o.asset_id = a.asset_id AND o.retention_state = 'active')
          AND NOT EXISTS (SELECT 1 FROM observation o
                           WHERE o.canonical_text_asset_id = a.asset_id AND o.retention_state = 'active')
          AND NOT EXISTS (SELECT 1 FROM recording_segment h JOIN recording r USING (recording_id)
                           WHERE h.asset_id = a.asset_id AND r.taken_at_ms IS NULL)
          AND NOT (is_part = 1 AND EXISTS (SELECT 1 FROM asset_source x WHERE x.source_id = a.asset_id))
        ORDER BY created_at_ms, asset_id LIMIT ?`,
    )
    .pluck()
  const count = db.prepare<[], number>(`SELECT count(*) FROM asset WHERE is_part = 0`).pluck()
  const older = db
    .prepare<[{ before_ms: number }], number>(
      `SELECT (SELECT count(*) FROM asset WHERE is_part = 0 AND created_at_ms < @before_ms)
            + (SELECT count(*) FROM asset WHERE is_part = 1 AND created_at_ms < @before_ms)`,
    )
    .pluck()

  const derivationsOf = db
    .prepare<[string], string>(
      `SELECT derivation_id FROM derivation WHERE subject_asset_id = ? ORDER BY number`,
    )
    .pluck()
  /** Of a recording whose files were derived anew: its text came from elsewhere. */
  const keepText = db.prepare<[string]>(
    `INSERT OR IGNORE INTO asset_file (asset_id, role, sha256, byte_length, media_type, is_cut)
     SELECT t.asset_id, 'text', x.sha256, x.byte_length, x.media_type, 0
       FROM asset_text t JOIN asset x ON x.asset_id = t.text_asset_id
      WHERE t.asset_id = ? AND x.is_quarantined = 0`,
  )

  const madeOf = db
    .prepare<[{ id: AssetId }], AssetId>(
      `SELECT result_asset_id FROM derivation
        WHERE subject_asset_id = @id AND result_asset_id IS NOT NULL AND result_asset_id <> @id
       UNION SELECT text_asset_id FROM asset_text WHERE asset_id = @id
       UNION SELECT canonical_text_asset_id FROM observation
              WHERE asset_id = @id AND canonical_text_asset_id IS NOT NULL`,
    )
    .pluck()
  const dropDerivations = db.prepare<[AssetId]>(`DELETE FROM derivation WHERE subject_asset_id = ?`)

  const toRecord = (row: RecordRow): AssetRecord =>
    toAssetRecord(
      row,
      files.all(row.asset_id),
      derivationsOf.all(row.asset_id),
      provenanceOf.all(row.asset_id).map((record) => JSON.parse(record) as Provenance),
    )

  const found = (id: AssetId): AssetRecord => {
    const row = get.get(id)
    if (row) return toRecord(row)
    throw assetNotFound()
  }

  const derive = (id: AssetId, derived: Pick<NewAsset, 'text' | 'preview' | 'thumbnail'>): void => {
    const { text, preview, thumbnail } = derived
    if (text) addFile.run({ ...text, asset_id: id, role: 'text', is_cut: Number(text.is_cut) })
    if (preview) addFile.run({ ...preview, asset_id: id, role: 'preview', is_cut: 0 })
    if (thumbnail) addFile.run({ ...thumbnail, asset_id: id, role: 'thumbnail', is_cut: 0 })
  }

  const trace = (id: AssetId, provenance: Provenance): void => {
    insertProvenance.run({ asset_id: id, record: JSON.stringify(provenance) })
    for (const source of provenance.source_assets) addSource.run(id, source.asset_id)
    // The mask is part of it, whatever its maker says it was made from.
    if (provenance.region) addSource.run(id, provenance.region.mask_asset_id)
  }

  const graph = assetGraph(db)

  function bury(id: AssetId, at_ms: number): readonly AssetId[] {
    const row = get.get(id)
    if (!row) return []
    const made = madeOf.all({ id })
    tombstone.run(id, at_ms, JSON.stringify(digestsOf(toRecord(row))))
    remove.run(id)
    dropDerivations.run(id)
    return [id, ...made.flatMap((each) => release(each, at_ms))]
  }

  function release(id: AssetId, at_ms: number): readonly AssetId[] {
    const isNeeded = graph.references(id).some(({ hard, domain }) => hard || domain === 'asset_provenance')
    return !isNeeded && get.get(id)?.is_part === 1 ? bury(id, at_ms) : []
  }

  return {
    get: (id) => {
      const row = get.get(id)
      return row && toRecord(row)
    },
    ref: (id) => {
      const row = ref.get(id)
      return row && toRef(row)
    },
    find: (media_type, sha256) => {
      const row = find.get(sha256, media_type)
      return row && toRecord(row)
    },
    list: listAssets(db),
    add: atomically(db, (asset: NewAsset): AssetRecord => {
      const columns = toColumns(asset, index.haystackOf(asset))
      const { lastInsertRowid } = insert.run(columns)
      if (!asset.is_part) index.put(Number(lastInsertRowid), columns.haystack, asset)
      derive(asset.asset_id, asset)
      if (asset.provenance) trace(asset.asset_id, asset.provenance)
      return found(asset.asset_id)
    }),
    addProvenance: atomically(db, (id: AssetId, provenance: Provenance): AssetRecord => {
      found(id)
      trace(id, provenance)
      return found(id)
    }),
    addAgain: (id, at_ms) => void addAgain.run(at_ms, id),
    setQuarantined: (id, is) => void quarantine.run(Number(is), id),
    setListed: atomically(db, (id: AssetId, search_text?: string): void => {
      const row = list.get(id)
      if (row) index.put(row.place, row.haystack, { file_name: row.file_name, search_text })
    }),
    setDerived: atomically(
      db,
      (id: AssetId, derived: Parameters<AssetStore['setDerived']>[1]): AssetRecord => {
        found(id)
        dropFiles.run(id)
        derive(id, derived)
        keepText.run(id)
        return found(id)
      },
    ),
    ...graph,
    bury: atomically(db, bury),
    release: atomically(db, release),
    unfinishedBurials: () =>
      unfinished
        .all()
        .map(({ asset_id, files: left }) => ({ asset_id, files: JSON.parse(left) as readonly string[] })),
    finishBurial: (id) => void finish.run(id),
    holds: (sha256, beside = '' as AssetId) => holds.get({ sha256, beside }) === 1,
    page: (after, limit) => page.all(after ?? '', limit).map(toRecord),
    older: (before_ms) => older.get({ before_ms }) ?? 0,
    unused: (before_ms, limit) => unused.all(before_ms, limit),
    counts: () => ({ assets: count.get() ?? 0 }),
  }
}

/** Each once: a text and its derived text are one file. */
const digestsOf = ({ raw, text, preview, thumbnail }: AssetRecord): readonly string[] => [
  ...new Set([raw, text, preview, thumbnail].flatMap((file) => file?.sha256 ?? [])),
]

function toColumns(asset: NewAsset, haystack: string) {
  const { asset_id, file_name, created_at_ms, raw, source_media_type, source_byte_length } = asset
  return {
    asset_id,
    file_name,
    created_at_ms,
    ...raw,
    kind: kindOf(raw.media_type),
    origin: asset.origin ?? originOf(asset.provenance),
    width: asset.width ?? null,
    height: asset.height ?? null,
    duration_ms: asset.duration_ms ?? null,
    source_media_type,
    source_byte_length,
    details: detailsOf(asset),
    haystack,
    is_part: Number(asset.is_part ?? false),
  }
}

function toRef({ width, height, duration_ms, text_byte_length, ...rest }: RefRow): AssetRef {
  return {
    ...rest,
    ...(width === null ? {} : { width }),
    ...(height === null ? {} : { height }),
    ...(duration_ms === null ? {} : { duration_ms }),
    ...(text_byte_length === null ? {} : { text_byte_length }),
  }
}
