import type { Database } from 'better-sqlite3'
import type { AssetOrder } from '@contract/assets'
import type { AssetQuery, AssetStore } from '../ports/asset-store'
import type { ListedRow } from './asset-records'
import { listedColumns, toListed } from './asset-records'
import { folded } from './folded'
import { wanted } from './search-words'

interface Looked {
  /** An FTS5 expression for the words of names and texts. */
  readonly words: string
  /** One for the pieces of three characters and more that the haystack must have. */
  readonly pieces: string
  /** One shorter piece, and a JSON list of the others. */
  readonly first: string
  readonly short: string
}

interface Asked extends Looked {
  readonly kind: string | null
  readonly origin: string | null
  readonly session_id: string | null
  readonly from_ms: number
  readonly to_ms: number
  readonly order: AssetOrder
  readonly limit: number
  readonly at: number
  readonly id: string
}

const lastMoment = Number.MAX_SAFE_INTEGER
/** With more hits than that the first rows are walked until a page is full; with fewer the hits are sorted. */
const few = 1_000
/** An FTS5 expression that nothing matches. */
const nothing = '""'

/**
 * Assets by time, a page at a time, with the number of all. Words are looked up among those of names and texts,
 * pieces of three characters and more in an index of the haystacks. Shorter ones are in nearly all of them, and where
 * nothing longer is asked for the haystacks are read. Parts of others are in neither index and not in the one by time.
 */
export function listAssets(db: Database): AssetStore['list'] {
  const filter = `a.is_part = 0 AND a.created_at_ms >= @from_ms AND a.created_at_ms < @to_ms
      AND (@kind IS NULL OR a.kind = @kind) AND (@origin IS NULL OR a.origin = @origin)
      AND (@session_id IS NULL OR a.asset_id IN (
        SELECT asset_id FROM message_asset WHERE session_id = @session_id
        UNION ALL SELECT asset_id FROM message_speech WHERE session_id = @session_id))`
  const pages = {
    newest: `AND (a.created_at_ms, a.asset_id) < (@at, @id)
      ORDER BY a.created_at_ms DESC, a.asset_id DESC LIMIT @limit`,
    oldest: `AND (a.created_at_ms, a.asset_id) > (@at, @id)
      ORDER BY a.created_at_ms, a.asset_id LIMIT @limit`,
  }
  const hasShort = `(@short = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(@short) WHERE instr(a.haystack, value) = 0))`
  const byWord = `SELECT rowid AS place FROM asset_index WHERE asset_index MATCH @words`
  const hits = `${byWord} UNION SELECT rowid FROM asset_piece WHERE asset_piece MATCH @pieces
      AND (@short = '[]' OR EXISTS (SELECT 1 FROM asset a WHERE a.place = asset_piece.rowid AND ${hasShort}))`
  const isRead = `((instr(a.haystack, @first) > 0 AND ${hasShort}) OR a.place IN (${byWord}))`
  const walk = `SELECT ${listedColumns} FROM asset a INDEXED BY asset_by_time WHERE ${filter}`
  const rows = (sql: string) => {
    const prepare = (order: AssetOrder) => db.prepare<[Asked], ListedRow>(`${sql} ${pages[order]}`)
    const statements = { newest: prepare('newest'), oldest: prepare('oldest') }
    return (asked: Asked) => statements[asked.order].all(asked)
  }
  const count = (sql: string) => {
    const statement = db.prepare<[Asked], number>(`SELECT count(*) FROM ${sql}`).pluck()
    return (asked: Asked) => statement.get(asked) ?? 0
  }

  const everything = {
    all: count(`asset WHERE is_part = 0`),
    some: count(`asset a WHERE ${filter}`),
    walked: rows(walk),
  }
  const indexed = {
    all: count(`(${hits})`),
    some: count(`(${hits}) AS hit CROSS JOIN asset a ON a.place = hit.place WHERE ${filter}`),
    sorted: rows(
      `SELECT ${listedColumns} FROM (${hits}) AS hit CROSS JOIN asset a ON a.place = hit.place WHERE ${filter}`,
    ),
    walked: rows(`${walk} AND a.place IN (${hits})`),
  }
  const reading = {
    some: count(`asset a WHERE ${filter} AND ${isRead}`),
    walked: rows(`${walk} AND ${isRead}`),
  }

  function find(query: AssetQuery, asked: Asked, isSome: boolean) {
    if (asked.words === nothing && asked.pieces === nothing && asked.first === '') {
      const total = isSome ? everything.some(asked) : everything.all(asked)
      return { total, found: everything.walked(asked) }
    }
    if (asked.first !== '') {
      const found = reading.walked(asked)
      const isAll = !query.before && found.length <= query.limit
      return { total: isAll ? found.length : reading.some(asked), found }
    }
    const total = isSome ? indexed.some(asked) : indexed.all(asked)
    return { total, found: indexed[total > few ? 'walked' : 'sorted'](asked) }
  }

  return (query) => {
    const {
      kind = null,
      origin = null,
      session_id = null,
      from_ms,
      to_ms,
      before,
      limit,
      order = 'newest',
    } = query
    const asked: Asked = {
      ...lookFor(query.query ?? ''),
      kind,
      origin,
      session_id,
      from_ms: from_ms ?? 0,
      to_ms: to_ms ?? lastMoment,
      order,
      limit: limit + 1,
      at: before?.created_at_ms ?? (order === 'newest' ? lastMoment : -1),
      id: before?.asset_id ?? '',
    }
    const isSome = [kind, origin, session_id, from_ms ?? null, to_ms ?? null].some((given) => given !== null)
    const { total, found } = find(query, asked, isSome)
    return { assets: found.slice(0, limit).map(toListed), total, has_more: found.length > limit }
  }
}

/** Every thing between spaces must be there: all of them as words of name and text, or all as pieces of the haystack. */
function lookFor(query: string): Looked {
  const asked = wanted(query.replace(/\p{Cc}/gu, ' '))
  const pieces = (asked?.typed ?? []).map((thing) => folded(thing).text).filter((piece) => piece !== '')
  const isLong = (piece: string) => [...piece].length >= 3
  const long = pieces.filter(isLong).map((piece) => `"${piece.replaceAll('"', '""')}"`)
  const short = pieces.filter((piece) => !isLong(piece))
  const [first = '', ...others] = long.length === 0 ? short : ['', ...short]
  return {
    words: asked?.match ?? nothing,
    pieces: long.length === 0 ? nothing : long.join(' AND '),
    first,
    short: JSON.stringify(others),
  }
}
