import type { Database } from 'better-sqlite3'

interface Row {
  readonly state_root_id: string
  readonly closed: number
}

export interface StateRoot {
  readonly state_root_id: string
  /** Whether the daemon before this one put everything down in order. */
  readonly wasClosed: boolean
  close(): void
}

/** Reads who this state root is, or makes it; from here until `close` it counts as open. */
export function stateRoot(db: Database, newRootId: () => string, now: () => number): StateRoot {
  const get = db.prepare<[], Row>(`SELECT state_root_id, closed FROM state_root`)
  const mark = db.prepare<[number]>(`UPDATE state_root SET closed = ?`)
  let row = get.get()
  if (!row) {
    row = { state_root_id: newRootId(), closed: 1 }
    db.prepare<[string, number]>(
      `INSERT INTO state_root (one, state_root_id, created_at_ms, closed) VALUES (1, ?, ?, 0)`,
    ).run(row.state_root_id, now())
  } else if (row.closed === 1) mark.run(0)
  return {
    state_root_id: row.state_root_id,
    wasClosed: row.closed === 1,
    close: () => void mark.run(1),
  }
}
