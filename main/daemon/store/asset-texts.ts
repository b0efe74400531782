import type { Database } from 'better-sqlite3'
import type { AssetTextStore } from '../ports/transcription'

// PENDING: its owner fills this in.
export const assetTexts = (_db: Database): AssetTextStore => ({}) as AssetTextStore
