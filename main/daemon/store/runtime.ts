import type { DebugLevel } from '@contract/debug-level'
import type { PermissionMode } from '@contract/routes'
import type { Database } from 'better-sqlite3'
import type { RuntimeSettings, RuntimeStore } from '../ports/store'

interface Row {
  readonly revision: number
  readonly updated_at_ms: number
  readonly default_route: string | null
  readonly models: string
  readonly permission_mode: PermissionMode
  readonly system_prompt: string
  readonly debug_level: DebugLevel
  readonly debug_encrypt: number
}

const untouched: RuntimeSettings = {
  revision: 0,
  updated_at_ms: 0,
  models: {},
  permission_mode: 'default',
  system_prompt: '',
  debug_level: 'off',
  debug_encrypt: false,
}

/** One row of settings with a revision (contract 13.1); revision 0 until somebody changes something. */
export function runtime(db: Database): RuntimeStore {
  const get = db.prepare<[], Row>(
    `SELECT revision, updated_at_ms, default_route, models, permission_mode, system_prompt, debug_level, debug_encrypt
       FROM runtime_setting`,
  )
  const put = db.prepare<[Row & { expected: number }]>(
    `INSERT INTO runtime_setting
       (one, revision, updated_at_ms, default_route, models, permission_mode, system_prompt, debug_level,
        debug_encrypt)
     SELECT 1, @revision, @updated_at_ms, @default_route, @models, @permission_mode, @system_prompt, @debug_level,
            @debug_encrypt
      WHERE @expected = coalesce((SELECT revision FROM runtime_setting), 0)
     ON CONFLICT (one) DO UPDATE SET
       revision = excluded.revision, updated_at_ms = excluded.updated_at_ms,
       default_route = excluded.default_route, models = excluded.models,
       permission_mode = excluded.permission_mode, system_prompt = excluded.system_prompt,
       debug_level = excluded.debug_level, debug_encrypt = excluded.debug_encrypt`,
  )
  return {
    get: () => {
      const row = get.get()
      return row ? toSettings(row) : untouched
    },
    put: (settings, expected) =>
      put.run({
        ...settings,
        default_route: settings.default_route ?? null,
        models: JSON.stringify(settings.models),
        debug_encrypt: Number(settings.debug_encrypt),
        expected,
      }).changes > 0,
  }
}

function toSettings({ default_route, ...row }: Row): RuntimeSettings {
  return {
    ...row,
    models: JSON.parse(row.models) as Record<string, string>,
    debug_encrypt: row.debug_encrypt === 1,
    ...(default_route === null ? {} : { default_route }),
  }
}
