import type { Database } from 'better-sqlite3'
import type { SecretRecord, SecretStore } from '../ports/store'

/** Metadata of the secret slots (contract 4.1); never bytes, length, prefix or digest. */
export function secrets(db: Database): SecretStore {
  const list = db.prepare<[], SecretRecord>(
    `SELECT slot_id, provider, mode, updated_at_ms FROM secret_slot ORDER BY slot_id`,
  )
  const get = db.prepare<[string], SecretRecord>(
    `SELECT slot_id, provider, mode, updated_at_ms FROM secret_slot WHERE slot_id = ?`,
  )
  const put = db.prepare<[SecretRecord]>(
    `INSERT INTO secret_slot (slot_id, provider, mode, updated_at_ms)
     VALUES (@slot_id, @provider, @mode, @updated_at_ms)
     ON CONFLICT (slot_id) DO UPDATE SET
       provider = excluded.provider, mode = excluded.mode, updated_at_ms = excluded.updated_at_ms`,
  )
  const remove = db.prepare<[string]>(`DELETE FROM secret_slot WHERE slot_id = ?`)
  return {
    list: () => list.all(),
    get: (slot) => get.get(slot),
    put: ({ slot_id, provider, mode, updated_at_ms }) =>
      void put.run({ slot_id, provider, mode, updated_at_ms }),
    delete: (slot) => remove.run(slot).changes > 0,
  }
}
