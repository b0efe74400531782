import type { AssetId } from '@contract/ids'
import type { Database } from 'better-sqlite3'
import type { AssetQuery, AssetStore } from '../ports/asset-store'
import type { ListedRow } from './asset-records'
import { listedColumns, toListed } from './asset-records'
import { folded } from './folded'
import { wanted } from './search-words'

interface Asked {
  readonly kind: string | null
  readonly origin: string | null
  readonly session_id: string | null
  readonly from_ms: number
  readonly to_ms: number
  readonly words: string
  readonly pieces: string
  readonly limit: number
  readonly at: number
  readonly id: string
}

const lastMoment = Number.MAX_SAFE_INTEGER
/** With more hits than that the newest rows are walked until a page is full; with fewer the hits are sorted. */
const few = 1_000

/**
 * Assets, newest first, a page at a time, with the number of all. Words are looked up in the text, pieces of three
 * characters and more in the haystack; shorter pieces are too common for an index and the haystacks are read.
 */
export function listAssets(db: Database): AssetStore['list'] {
  const filter = `a.created_at_ms >= @from_ms AND a.created_at_ms < @to_ms
      AND (@kind IS NULL OR a.kind = @kind) AND (@origin IS NULL OR a.origin = @origin)
      AND (@session_id IS NULL OR a.asset_id IN (SELECT asset_id FROM message_asset WHERE session_id = @session_id))`
  const newest = `AND (a.created_at_ms, a.asset_id) < (@at, @id)
      ORDER BY a.created_at_ms DESC, a.asset_id DESC LIMIT @limit`
  const byWord = `SELECT rowid AS place FROM asset_index WHERE asset_index MATCH @words`
  const byPiece = `SELECT rowid AS place FROM asset_piece WHERE asset_piece MATCH @pieces`
  const byReading = `SELECT place FROM asset
      WHERE NOT EXISTS (SELECT 1 FROM json_each(@pieces) WHERE instr(asset.haystack, value) = 0)`
  const both = (one: string) => `${byWord} UNION ${one}`

  const shape = (hits: string) => ({
    count: db.prepare<[Asked], number>(`SELECT count(*) FROM (${hits})`).pluck(),
    countSome: db
      .prepare<[Asked], number>(
        `SELECT count(*) FROM (${hits}) AS hit CROSS JOIN asset a ON a.place = hit.place WHERE ${filter}`,
      )
      .pluck(),
    sorted: db.prepare<[Asked], ListedRow>(
      `SELECT ${listedColumns} FROM (${hits}) AS hit CROSS JOIN asset a ON a.place = hit.place WHERE ${filter} ${newest}`,
    ),
    walked: db.prepare<[Asked], ListedRow>(
      `SELECT ${listedColumns} FROM asset a INDEXED BY asset_by_time WHERE ${filter} AND a.place IN (${hits}) ${newest}`,
    ),
  })
  const everything = {
    count: db.prepare<[], number>(`SELECT count(*) FROM asset`).pluck(),
    countSome: db.prepare<[Asked], number>(`SELECT count(*) FROM asset a WHERE ${filter}`).pluck(),
    walked: db.prepare<[Asked], ListedRow>(
      `SELECT ${listedColumns} FROM asset a INDEXED BY asset_by_time WHERE ${filter} ${newest}`,
    ),
  }
  const shapes = {
    words: shape(byWord),
    pieces: shape(byPiece),
    both: shape(both(byPiece)),
    reading: shape(byReading),
    wordsAndReading: shape(both(byReading)),
  }

  const find = (query: AssetQuery, asked: Asked, isSome: boolean) => {
    const looked = lookFor(query.query ?? '')
    if (!looked) {
      const total = isSome ? everything.countSome.get(asked) : everything.count.get()
      return { total: total ?? 0, rows: everything.walked.all(asked) }
    }
    const { by, words, pieces } = looked
    const given = { ...asked, words, pieces }
    const total = shapes[by][isSome ? 'countSome' : 'count'].get(given) ?? 0
    return { total, rows: shapes[by][total > few ? 'walked' : 'sorted'].all(given) }
  }

  return (query) => {
    const { kind = null, origin = null, session_id = null, from_ms, to_ms, before, limit } = query
    const asked: Asked = {
      kind,
      origin,
      session_id,
      from_ms: from_ms ?? 0,
      to_ms: to_ms ?? lastMoment,
      words: '',
      pieces: '',
      limit: limit + 1,
      at: before?.created_at_ms ?? lastMoment,
      id: before?.asset_id ?? ('' as AssetId),
    }
    const isSome = [kind, origin, session_id, from_ms ?? null, to_ms ?? null].some((given) => given !== null)
    const { total, rows } = find(query, asked, isSome)
    return { assets: rows.slice(0, limit).map(toListed), total, has_more: rows.length > limit }
  }
}

interface Looked {
  readonly by: 'words' | 'pieces' | 'both' | 'reading' | 'wordsAndReading'
  readonly words: string
  readonly pieces: string
}

/** Every thing between spaces must be there, as a word of the text or as a piece of the haystack. */
function lookFor(query: string): Looked | undefined {
  const asked = wanted(query.replace(/\p{Cc}/gu, ' '))
  if (!asked) return undefined
  const pieces = asked.typed.map((thing) => folded(thing).text).filter((piece) => piece !== '')
  const isIndexed = pieces.every((piece) => [...piece].length >= 3)
  const words = asked.match ?? ''
  if (pieces.length === 0) return { by: 'words', words, pieces: '' }
  return {
    by: isIndexed ? (words === '' ? 'pieces' : 'both') : words === '' ? 'reading' : 'wordsAndReading',
    words,
    pieces: isIndexed
      ? pieces.map((piece) => `"${piece.replaceAll('"', '""')}"`).join(' AND ')
      : JSON.stringify(pieces),
  }
}
