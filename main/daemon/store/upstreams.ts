import type { Upstream } from '@contract/models'
import type { Database } from 'better-sqlite3'
import type { UpstreamStore } from '../ports/request-settings-store'
import { atomically } from './atomically'

/** The upstreams behind each route, as its provider lists them. */
export function upstreams(db: Database): UpstreamStore {
  const list = db.prepare<[string], Upstream>(
    `SELECT slug, name FROM upstream WHERE route_id = ? ORDER BY name COLLATE NOCASE, slug`,
  )
  const clear = db.prepare<[string]>(`DELETE FROM upstream WHERE route_id = ?`)
  const insert = db.prepare<[string, string, string]>(
    `INSERT INTO upstream (route_id, slug, name) VALUES (?, ?, ?) ON CONFLICT (route_id, slug) DO NOTHING`,
  )
  return {
    list: (routeId) => list.all(routeId),
    replace: atomically(db, (routeId: string, all: readonly Upstream[]) => {
      clear.run(routeId)
      for (const { slug, name } of all) insert.run(routeId, slug, name)
    }),
  }
}
