import type { ImageModelView } from '@contract/images'
import type { Database } from 'better-sqlite3'
import type { ImageModelStore } from '../ports/tool-store'

/** The image catalogue of each route, and which models are asked through the chat endpoint. */
export function imageModels(db: Database): ImageModelStore {
  const all = db.prepare<[], string>(`SELECT record FROM image_model ORDER BY route_id, place`).pluck()
  const one = db
    .prepare<[string], string>(`SELECT record FROM image_model WHERE route_id = ? ORDER BY place`)
    .pluck()
  const clear = db.prepare<[string]>(`DELETE FROM image_model WHERE route_id = ?`)
  const insert = db.prepare<[{ route_id: string; id: string; place: number; record: string }]>(
    `INSERT OR IGNORE INTO image_model (route_id, id, place, record) VALUES (@route_id, @id, @place, @record)`,
  )
  const stamp = db.prepare<[string, number]>(
    `INSERT INTO image_catalogue (route_id, refreshed_at_ms) VALUES (?, ?)
     ON CONFLICT (route_id) DO UPDATE SET refreshed_at_ms = excluded.refreshed_at_ms`,
  )
  const forgetChat = db.prepare<[string]>(`DELETE FROM image_by_chat WHERE route_id = ?`)
  const refreshed = db
    .prepare<[string], number>(`SELECT refreshed_at_ms FROM image_catalogue WHERE route_id = ?`)
    .pluck()
  const byChat = db
    .prepare<[string, string], number>(`SELECT 1 FROM image_by_chat WHERE route_id = ? AND model = ?`)
    .pluck()
  const note = db.prepare<[string, string, number]>(
    `INSERT OR REPLACE INTO image_by_chat (route_id, model, noted_at_ms) VALUES (?, ?, ?)`,
  )
  const replace = db.transaction((route: string, models: readonly ImageModelView[], at_ms: number): void => {
    clear.run(route)
    models.forEach((model, place) =>
      insert.run({ route_id: route, id: model.id, place, record: JSON.stringify(model) }),
    )
    stamp.run(route, at_ms)
    // The provider may have learned it meanwhile.
    if (models.length > 0) forgetChat.run(route)
  })
  const read = (record: string) => JSON.parse(record) as ImageModelView
  return {
    list: (route) => (route === undefined ? all.all() : one.all(route)).map(read),
    replace: (route, models, at_ms) => replace.immediate(route, models, at_ms),
    refreshedAt: (route) => refreshed.get(route) ?? null,
    usesChat: (route, model) => byChat.get(route, model) !== undefined,
    noteChat: (route, model, at_ms) => void note.run(route, model, at_ms),
  }
}
