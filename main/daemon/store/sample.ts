import type { AssetId, MessageId, RunId, SessionId } from '@contract/ids'
import type { Part } from '@contract/message'
import Sqlite from 'better-sqlite3'
import type { NewAsset } from '../ports/asset-store'
import type { NewMessage, RunRecord, Store } from '../ports/store'
import { openStore } from './open-store'

/** A store in memory for tests. */
export const memoryStore = (): Store =>
  openStore({ file: ':memory:', now: () => 1_000, newRootId: () => 'root_sample' })

export const sessionId = (id: string) => id as SessionId
export const messageId = (id: string) => id as MessageId
export const runId = (id: string) => id as RunId

export const aMessage = (id: string, more: Partial<NewMessage> = {}): NewMessage => ({
  message_id: messageId(id),
  session_id: sessionId('s1'),
  parent_id: null,
  role: 'user',
  parts: [{ kind: 'text', text: `text of ${id}` }],
  created_at_ms: 1_000,
  run_id: null,
  ...more,
})

export const aRun = (id: string, more: Partial<RunRecord> = {}): RunRecord => ({
  run_id: runId(id),
  session_id: sessionId('s1'),
  kind: 'input',
  status: 'queued',
  submitted_at_ms: 1_000,
  updated_at_ms: 1_000,
  position: 1,
  source_kind: 'window',
  route_id: 'openrouter',
  model: 'acme/one',
  generation: {},
  input: [{ kind: 'text', text: `input of ${id}` }],
  user_message_id: null,
  assistant_message_id: null,
  key_hash: `key of ${id}`,
  fingerprint: 'v1:0',
  ...more,
})

export const assetId = (id: string) => id as AssetId

/** A text; its digest is made of its id. */
export const anAsset = (id: string, more: Partial<NewAsset> = {}): NewAsset => ({
  asset_id: assetId(id),
  file_name: `${id}.txt`,
  created_at_ms: 1_000,
  raw: { sha256: `digest-of-${id}`, byte_length: 10, media_type: 'text/plain' },
  source_media_type: 'text/plain',
  source_byte_length: 10,
  ...more,
})

export const attached = (id: string): Part => ({
  kind: 'attachment',
  asset: { asset_id: assetId(id), media_type: 'text/plain', file_name: `${id}.txt`, byte_length: 10 },
})

/** Somebody else reads the file, a backup program for instance; answers the end of it. */
export function readMeanwhile(file: string): () => void {
  const db = new Sqlite(file, { readonly: true })
  db.exec('BEGIN')
  db.prepare('SELECT count(*) FROM session').get()
  return () => void db.close()
}
