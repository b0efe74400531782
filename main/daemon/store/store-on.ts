import type { Database } from 'better-sqlite3'
import type { Store } from '../ports/store'
import { approvals } from './approvals'
import { assets } from './assets'
import { costs } from './costs'
import { erase } from './erase'
import { evidence } from './evidence'
import { holdAssets } from './hold-assets'
import type { Inspection } from './inspect-file'
import { imageModels } from './image-models'
import { imageVersions } from './image-versions'
import { inspectFile } from './inspect-file'
import { journal } from './journal'
import { withLazyStatements } from './lazy-statements'
import { messages } from './messages'
import { assertOurs, migrate } from './migrate'
import type { Migration } from './migrations'
import { migrations } from './migrations'
import { models } from './models'
import { outputs } from './outputs'
import { permissionRules } from './permission-rules'
import { preferences } from './preferences'
import { requestSettings } from './request-settings'
import { runs } from './runs'
import { runtime } from './runtime'
import { search } from './search'
import { searchIndex } from './search-index'
import { secrets } from './secrets'
import { sessions } from './sessions'
import { refusalOf, speakingFaults, withFaults } from './sqlite-failure'
import { stateRoot } from './state-root'
import { toolCalls } from './tool-calls'
import { speech } from './speech'
import { assetTexts } from './asset-texts'
import { derivations } from './derivations'
import { observations } from './observations'
import { recordings } from './recordings'
import { upstreams } from './upstreams'

export interface StoreSetup {
  readonly now: () => number
  readonly newRootId: () => string
  /** For tests that stop half-way and walk the rest later. */
  readonly migrations?: readonly Migration[]
  /** For the test that every statement fits the schema. */
  readonly compilesAll?: boolean
}

/** The store on an open connection, migrated and checked. The connection is the store's from now on. */
export function storeOn(connection: Database, setup: StoreSetup): Store {
  const db = setup.compilesAll === true ? connection : withLazyStatements(connection)
  return speakingFaults(() => {
    const known = setup.migrations ?? migrations
    assertOurs(db, known)
    db.pragma('journal_mode = WAL')
    // NORMAL hands every commit to the system but waits for the disk only at checkpoints. A killed process loses
    // nothing; a power cut may take the newest commits back, whole, and never damages what was there before.
    // FULL would wait for the disk at every network read of every stream.
    db.pragma('synchronous = NORMAL')
    db.pragma('foreign_keys = ON')
    migrate(db, known, setup.now)
    const hold = holdAssets(db)
    const index = searchIndex(db)
    const owned = assets(db)
    const spoken = speech(db, owned.ref)
    const aggregates = {
      sessions: withFaults(sessions(db, hold, owned.ref)),
      messages: withFaults(messages(db, index, hold, spoken.of)),
      runs: withFaults(runs(db, hold)),
      secrets: withFaults(secrets(db)),
      assets: withFaults(owned),
      calls: withFaults(toolCalls(db)),
      approvals: withFaults(approvals(db)),
      rules: withFaults(permissionRules(db)),
      outputs: withFaults(outputs(db)),
      imageModels: withFaults(imageModels(db)),
      imageVersions: withFaults(imageVersions(db)),
      models: withFaults(models(db)),
      upstreams: withFaults(upstreams(db)),
      requestSettings: withFaults(requestSettings(db)),
      costs: withFaults(costs(db)),
      speech: withFaults(spoken),
      assetTexts: withFaults(assetTexts(db, index)),
      derivations: withFaults(derivations(db)),
      observations: withFaults(observations(db, index)),
      recordings: withFaults(recordings(db)),
      runtime: withFaults(runtime(db)),
      preferences: withFaults(preferences(db)),
      search: withFaults(search(db)),
      journal: withFaults(journal(db)),
      evidence: withFaults(evidence(db)),
      erase: withFaults(erase(db)),
    }
    const count = db.prepare<[], { chats: number; messages: number }>(
      `SELECT (SELECT count(*) FROM session WHERE deleted_at_ms IS NULL) AS chats,
              (SELECT count(*) FROM message) AS messages`,
    )
    const touch = db.prepare(`UPDATE state_root SET closed = closed`)
    // The first write.
    const root = stateRoot(db, setup.newRootId, setup.now)
    let isSound = root.wasClosed
    let inspection: Inspection | undefined

    return {
      state_root_id: root.state_root_id,
      ...aggregates,
      counts: () => speakingFaults(() => count.get()) ?? { chats: 0, messages: 0 },
      probe: () => {
        try {
          db.exec('BEGIN IMMEDIATE')
          touch.run()
          return undefined
        } catch (error) {
          return refusalOf(error)
        } finally {
          if (db.inTransaction) db.exec('ROLLBACK')
        }
      },
      transaction: (work) => speakingFaults(() => db.transaction(work).immediate()),
      inspect: async () => {
        if (isSound) return 'sound'
        inspection ??= inspectFile(db.name)
        const verdict = await inspection.verdict
        isSound = verdict === 'sound'
        return verdict
      },
      close: () => {
        if (!db.open) return
        inspection?.stop()
        try {
          if (isSound) root.close()
        } finally {
          db.close()
        }
      },
    }
  })
}
