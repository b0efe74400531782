import type { AssetId } from '@contract/ids'
import type { Part } from '@contract/message'
import type { Database } from 'better-sqlite3'
import { heardWords } from './heard-words'
import { spacedOut } from './search-words'

export interface SearchWriter {
  /**
   * Indexes what a message says, the names of its files and what is said in its recordings, in place of what it said
   * before. Reasoning and tools stay out.
   */
  put(place: number, parts: readonly Part[]): void
  /** What is said in a recording is known: every message that holds it is found by it. */
  heard(id: AssetId, words: string): void
}

/** Keeps the word index in step; call it inside the transaction that writes the message or the words. */
export function searchIndex(db: Database): SearchWriter {
  const insert = db.prepare<[number, string]>(
    `INSERT OR REPLACE INTO message_index (rowid, words) VALUES (?, ?)`,
  )
  const heard = heardWords(db)
  const put = (place: number, parts: readonly Part[]) =>
    void insert.run(place, spacedOut(heard.findable(place, parts)))
  return {
    put,
    heard(id, words) {
      for (const { place, parts } of heard.put(id, words)) put(place, parts)
    },
  }
}
