import type { ModelView } from '@contract/models'
import type { Database } from 'better-sqlite3'
import type { ModelStore } from '../ports/store'
import { atomically } from './atomically'

/** The catalogue of each route, in the provider's order, so that it is there without a network. */
export function models(db: Database): ModelStore {
  const list = db
    .prepare<[string], string>(`SELECT view FROM model WHERE route_id = ? ORDER BY place`)
    .pluck()
  const refreshed = db
    .prepare<[string], number>(`SELECT refreshed_at_ms FROM catalogue WHERE route_id = ?`)
    .pluck()
  const find = db
    .prepare<[string, string], string>(`SELECT view FROM model WHERE route_id = ? AND model_id = ?`)
    .pluck()
  const clear = db.prepare<[string]>(`DELETE FROM model WHERE route_id = ?`)
  const stamp = db.prepare<[string, number]>(
    `INSERT INTO catalogue (route_id, refreshed_at_ms) VALUES (?, ?)
     ON CONFLICT (route_id) DO UPDATE SET refreshed_at_ms = excluded.refreshed_at_ms`,
  )
  // A provider that lists a model twice gets its first entry.
  const insert = db.prepare<[string, number, string, string]>(
    `INSERT INTO model (route_id, place, model_id, view) VALUES (?, ?, ?, ?)
     ON CONFLICT (route_id, model_id) DO NOTHING`,
  )
  const replace = atomically(db, (routeId: string, all: readonly ModelView[], at_ms: number) => {
    stamp.run(routeId, at_ms)
    clear.run(routeId)
    all.forEach((model, place) => insert.run(routeId, place, model.id, JSON.stringify(model)))
  })
  const toModel = (view: string) => JSON.parse(view) as ModelView
  return {
    list: (routeId) => ({
      models: list.all(routeId).map(toModel),
      refreshed_at_ms: refreshed.get(routeId) ?? null,
    }),
    find: (routeId, model) => {
      const view = find.get(routeId, model)
      return view === undefined ? undefined : toModel(view)
    },
    replace,
  }
}
