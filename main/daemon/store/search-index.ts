import type { Part } from '@contract/message'
import type { Database } from 'better-sqlite3'
import { findableText } from '../core/runs/text-of'
import { spacedOut } from './search-words'

export interface SearchWriter {
  /** Indexes what a message says and the names of its files, in place of what it said before. Reasoning and tools stay out. */
  put(place: number, parts: readonly Part[]): void
}

/** Keeps the word index in step; call it inside the transaction that writes the message. */
export function searchIndex(db: Database): SearchWriter {
  const insert = db.prepare<[number, string]>(
    `INSERT OR REPLACE INTO message_index (rowid, words) VALUES (?, ?)`,
  )
  return { put: (place, parts) => void insert.run(place, spacedOut(findableText(parts))) }
}
