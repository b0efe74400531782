import type { Database } from 'better-sqlite3'
import type { SearchReader } from '../ports/store'
export function search(_db: Database): SearchReader {
  return { search: () => [] }
}
