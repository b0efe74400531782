import type { SettingsScope } from '@contract/request-settings'
import { RequestSettings } from '@contract/request-settings'
import type { Database } from 'better-sqlite3'
import type { RequestSettingsStore } from '../ports/request-settings-store'

/** What each scope says about requests. A session's words go with the session. */
export function requestSettings(db: Database): RequestSettingsStore {
  const get = db
    .prepare<[string, string], string>(
      `SELECT settings FROM request_setting WHERE scope = ? AND scope_id = ?`,
    )
    .pluck()
  const routes = db.prepare<[], { scope_id: string; settings: string }>(
    `SELECT scope_id, settings FROM request_setting WHERE scope = 'route' ORDER BY scope_id`,
  )
  const put = db.prepare<[string, string, string]>(
    `INSERT INTO request_setting (scope, scope_id, settings) VALUES (?, ?, ?)
     ON CONFLICT (scope, scope_id) DO UPDATE SET settings = excluded.settings`,
  )
  const remove = db.prepare<[string, string]>(`DELETE FROM request_setting WHERE scope = ? AND scope_id = ?`)

  return {
    get: (scope) => {
      const stored = get.get(scope.kind, idOf(scope))
      return stored === undefined ? {} : read(stored)
    },
    routes: () =>
      Object.fromEntries(routes.all().map(({ scope_id, settings }) => [scope_id, read(settings)])),
    set: (scope, settings) => {
      const isSilent = Object.keys(settings).length === 0
      if (isSilent) remove.run(scope.kind, idOf(scope))
      else put.run(scope.kind, idOf(scope), JSON.stringify(settings))
    },
  }
}

function idOf(scope: SettingsScope): string {
  switch (scope.kind) {
    case 'everywhere':
      return ''
    case 'route':
      return scope.route_id
    case 'session':
      return scope.session_id
  }
}

/**
 * Settings as they were stored: parsed on the way in, so they fit. Where they don't, something else wrote them, and
 * to go on without them could send what should not be sent.
 */
const read = (stored: string): RequestSettings => RequestSettings.parse(JSON.parse(stored))
