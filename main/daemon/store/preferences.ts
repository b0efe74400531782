import { defaultPreferences } from '@contract/default-preferences'
import { Preferences } from '@contract/preferences'
import type { Database } from 'better-sqlite3'
import type { PreferenceStore } from '../ports/store'
import { atomically } from './atomically'

/** What was changed, over the defaults; a stored value that no longer fits falls back on its own. */
export function preferences(db: Database): PreferenceStore {
  const all = db.prepare<[], { name: string; value: string }>(`SELECT name, value FROM preference`)
  const put = db.prepare<[string, string]>(
    `INSERT INTO preference (name, value) VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  )
  const get = (): Preferences => {
    const stored: Record<string, unknown> = {}
    for (const { name, value } of all.all()) {
      const known = Object.hasOwn(Preferences.shape, name)
        ? Preferences.shape[name as keyof Preferences]
        : undefined
      const parsed = known?.safeParse(read(value))
      if (parsed?.success) stored[name] = parsed.data
    }
    return { ...defaultPreferences, ...stored }
  }
  const set = atomically(db, (patch: Partial<Preferences>): Preferences => {
    for (const [name, value] of Object.entries(patch)) {
      if (value !== undefined) put.run(name, JSON.stringify(value))
    }
    return get()
  })
  return { get, set }
}

function read(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}
