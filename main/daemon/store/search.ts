import type { MessageId, SessionId } from '@contract/ids'
import type { Part, Role } from '@contract/message'
import type { SearchHit } from '@contract/sessions'
import type { Database } from 'better-sqlite3'
import type { SearchReader } from '../ports/store'
import { excerptOf, marksIn } from './excerpt'
import { heardWords } from './heard-words'
import type { Wanted } from './search-words'
import { wanted } from './search-words'

interface TitleRow {
  readonly session_id: SessionId
  readonly title: string
  readonly at_ms: number
}

interface TextRow extends TitleRow {
  readonly place: number
  readonly message_id: MessageId
  readonly role: Role
  readonly parts: string
}

interface Asked {
  readonly session_id: SessionId | null
  readonly limit: number
}

/** LIKE patterns; three sort out enough. */
interface Pieces {
  readonly first: string
  readonly second: string
  readonly third: string
}

/** Reading texts takes 0.8 µs each: how many of the newest are read. */
const newest = 30_000

/**
 * Titles, what was written, what files are called and what is said in recordings, newest first. Words are looked up in the
 * index in the order of `place`, so that a common one costs no more than a rare one; where it knows nothing (the middle of a
 * word, signs) the newest texts are read, but not those of recordings.
 */
export function search(db: Database): SearchReader {
  const titles = db.prepare<[], TitleRow>(
    `SELECT session_id, title, updated_at_ms AS at_ms FROM session
      WHERE deleted_at_ms IS NULL AND title <> ''
      ORDER BY updated_at_ms DESC, session_id DESC`,
  )
  const text = `m.place, m.message_id, m.session_id, m.role, m.created_at_ms AS at_ms, s.title, m.parts`
  // CROSS JOIN keeps the order of the tables: the newest entries of the index first, until there are enough.
  const withWord = `SELECT ${text} FROM message_index i
      CROSS JOIN message m ON m.place = i.rowid
      CROSS JOIN session s ON s.session_id = m.session_id
      WHERE message_index MATCH @match AND s.deleted_at_ms IS NULL`
  const withPiece = `SELECT ${text} FROM message m
      CROSS JOIN session s ON s.session_id = m.session_id
      WHERE m.parts LIKE @first ESCAPE '\\' AND m.parts LIKE @second ESCAPE '\\' AND m.parts LIKE @third ESCAPE '\\'
        AND s.deleted_at_ms IS NULL`
  const placesOf = (which: string) => `(SELECT ${which}(place) FROM message WHERE session_id = @session_id)`
  const newestWords = `ORDER BY i.rowid DESC LIMIT @limit`
  const byWord = {
    everywhere: db.prepare<[Asked & { match: string }], TextRow>(`${withWord} ${newestWords}`),
    inSession: db.prepare<[Asked & { match: string }], TextRow>(
      `${withWord} AND m.session_id = @session_id
         AND i.rowid BETWEEN ${placesOf('min')} AND ${placesOf('max')} ${newestWords}`,
    ),
  }
  const byPiece = {
    everywhere: db.prepare<[Asked & Pieces], TextRow>(
      `${withPiece} AND m.place > (SELECT max(place) FROM message) - ${newest} ORDER BY m.place DESC`,
    ),
    inSession: db.prepare<[Asked & Pieces], TextRow>(
      `${withPiece} AND m.session_id = @session_id ORDER BY m.place DESC`,
    ),
  }
  const heard = heardWords(db)
  const scope = ({ session_id }: Asked) => (session_id === null ? 'everywhere' : 'inSession')

  const inTitles = (asked: Wanted, limit: number): SearchHit[] => {
    const hits: SearchHit[] = []
    for (const row of titles.iterate()) {
      const marks = marksIn(row.title, asked.pieces)
      if (marks) hits.push({ ...row, message_id: null, role: 'title', ...excerptOf(row.title, marks) })
      if (hits.length === limit) break
    }
    return hits
  }

  const inWords = (asked: Wanted, where: Asked): SearchHit[] => {
    if (asked.match === null) return []
    return byWord[scope(where)].all({ match: asked.match, ...where }).map((row) => {
      const said = heard.findable(row.place, JSON.parse(row.parts) as readonly Part[])
      return toHit(row, said, marksIn(said, asked.words) ?? [])
    })
  }

  const inPieces = (asked: Wanted, where: Asked): SearchHit[] => {
    const hits: SearchHit[] = []
    for (const row of byPiece[scope(where)].iterate({ ...piecesOf(asked), ...where })) {
      // The row's JSON also holds reasoning and tool calls: only what the reader sees counts.
      const said = heard.findable(row.place, JSON.parse(row.parts) as readonly Part[])
      const marks = marksIn(said, asked.pieces)
      if (marks) hits.push(toHit(row, said, marks))
      if (hits.length === where.limit) break
    }
    return hits
  }

  return {
    search: ({ query, session_id = null, limit }) => {
      const asked = wanted(query)
      if (!asked) return []
      const named = session_id === null ? inTitles(asked, limit) : []
      let said = inWords(asked, { session_id, limit })
      if (said.length === 0) said = inPieces(asked, { session_id, limit })
      // A title counts for more than a mention: up to half of the places are kept for them.
      const kept = named.slice(0, Math.max(Math.ceil(limit / 2), limit - said.length))
      return [...kept, ...said.slice(0, limit - kept.length)].sort((a, b) => b.at_ms - a.at_ms)
    },
  }
}

function toHit(row: TextRow, said: string, marks: SearchHit['marks']): SearchHit {
  const { session_id, message_id, title, at_ms, role } = row
  return { session_id, message_id, title, at_ms, role, ...excerptOf(said, marks) }
}

function piecesOf({ typed }: Wanted): Pieces {
  const [first = '%', second = '%', third = '%'] = typed.map(likeInJson)
  return { first, second, third }
}

/** A LIKE pattern for a piece of text as it stands inside a JSON string. */
function likeInJson(piece: string): string {
  const inJson = JSON.stringify(piece).slice(1, -1)
  return `%${inJson.replace(/[\\%_]/gu, String.raw`\$&`)}%`
}
