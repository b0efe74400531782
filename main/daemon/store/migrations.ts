import stateRoot from './migrations/0010-state-root.sql?raw'
import chats from './migrations/0020-chats.sql?raw'
import settings from './migrations/0030-settings.sql?raw'
import search from './migrations/0040-search.sql?raw'
import evidence from './migrations/0050-evidence.sql?raw'
import spending from './migrations/0060-spending.sql?raw'
import stream from './migrations/0065-stream.sql?raw'
import assets from './migrations/0070-assets.sql?raw'
import tools from './migrations/0080-tools.sql?raw'
import audio from './migrations/0090-audio.sql?raw'

export interface Migration {
  /** What `PRAGMA user_version` says afterwards. In tens, so that a fix can be put between two. */
  readonly number: number
  readonly name: string
  readonly sql: string
}

/** Append only: a text that was released never changes again; `migrate` refuses a database that saw another one. */
export const migrations: readonly Migration[] = [
  { number: 10, name: 'state-root', sql: stateRoot },
  { number: 20, name: 'chats', sql: chats },
  { number: 30, name: 'settings', sql: settings },
  { number: 40, name: 'search', sql: search },
  { number: 50, name: 'evidence', sql: evidence },
  { number: 60, name: 'spending', sql: spending },
  { number: 65, name: 'stream', sql: stream },
  { number: 70, name: 'assets', sql: assets },
  { number: 80, name: 'tools', sql: tools },
  { number: 90, name: 'audio', sql: audio },
]
