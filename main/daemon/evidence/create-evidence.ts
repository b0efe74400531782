import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeptLevel } from '../core/evidence/at-level'
import { Failure } from '../core/failure'
import type { Digest } from '../core/redaction/media'
import type { TranscriptRules } from '../core/redaction/scrub'
import type { Clock } from '../ports/clock'
import type { CaptureState, Evidence } from '../ports/evidence'
import type { Keyring } from '../ports/keyring'
import type { Log } from '../ports/log'
import type { RunRecord, Store } from '../ports/store'
import { folderOf } from './artifact-file'
import { createEvidenceKey } from './evidence-key'
import { readArtifacts } from './read-artifacts'
import { createRunCapture } from './run-capture'

interface Needs {
  /** Absolute; made when the first thing is kept. */
  readonly folder: string
  readonly store: Pick<Store, 'evidence' | 'runtime'>
  readonly keyring: Pick<Keyring, 'find' | 'read' | 'write'>
  readonly clock: Clock
  readonly log: Log
  readonly rules: TranscriptRules
  readonly digest: Digest
  /** What a run was resolved to: route, driver, model, capabilities, scope. */
  readonly resolve: (run: RunRecord) => object
  /** The owner's own words to take out could not be read: nothing may be kept. */
  readonly tokensUnreadable?: boolean
  /** Bytes of plain text that one artifact may have; default 16 MiB. */
  readonly limit?: number
}

/** Evidence as files below one folder: a folder for each run, for their owner only (contract 15). */
export function createEvidence(on: Needs): Evidence {
  const { folder, clock, log } = on
  const store = on.store.evidence
  const key = createEvidenceKey(on)
  const reading = readArtifacts({ folder, store, key })
  let isKeyBad = false

  function state(): CaptureState {
    const { debug_level: level, debug_encrypt: encrypted } = on.store.runtime.get()
    const blocked = on.tokensUnreadable
      ? 'tokens_unreadable'
      : encrypted && isKeyBad
        ? 'key_invalid'
        : undefined
    return { level, encrypted, ...(blocked ? { blocked } : {}) }
  }

  /** The key in hand, read once; whoever comes later waits for nothing. */
  async function keyInHand() {
    const held = key.held()
    if (held) return held
    try {
      const read = await key.read()
      isKeyBad = false
      return read
    } catch (error) {
      isKeyBad = true
      throw error
    }
  }

  const lost = (run: RunRecord, error: unknown) => {
    log.warn('evidence lost', { run_id: run.run_id, code: codeOf(error) })
  }
  const ports = {
    folder,
    store,
    clock,
    rules: on.rules,
    digest: on.digest,
    resolve: on.resolve,
    limit: on.limit ?? 16 * 1024 * 1024,
    lost,
  }

  async function removeFolder(path: string): Promise<number> {
    const bytes = await sizeOf(path)
    await rm(path, { recursive: true, force: true })
    return bytes
  }

  return {
    state,
    levelNow: () => {
      const { level, blocked } = state()
      return blocked ? 'off' : level
    },
    async open(run) {
      const level = run.debug_level ?? 'off'
      if (level === 'off' || on.tokensUnreadable) return undefined
      try {
        const { encrypted } = state()
        return createRunCapture(
          ports,
          run,
          level satisfies KeptLevel,
          encrypted ? await keyInHand() : undefined,
        )
      } catch (error) {
        lost(run, error)
        return undefined
      }
    },
    async provideKey() {
      await key.provide()
      isKeyBad = false
    },
    async look() {
      const { level, encrypted } = state()
      if (level !== 'off' && encrypted) await keyInHand().catch(() => undefined)
    },
    list: reading.list,
    read: reading.read,
    async prune(at_ms, limit) {
      let pruned_bytes = 0
      const runs = store.endedBefore(at_ms, limit)
      for (const run of runs) {
        // The files first: rows without files are pruned again, files without rows would be nobody's.
        pruned_bytes += await removeFolder(folderOf(folder, run))
        store.remove(run)
      }
      return { pruned_runs: runs.length, pruned_bytes }
    },
    async sweep() {
      const kept = new Set(store.runs().map((run) => folderOf(folder, run)))
      for (const name of await namesIn(folder)) {
        const path = join(folder, name)
        // Asked again: a run may have begun to be kept meanwhile.
        if (!kept.has(path) && !store.runs().some((run) => folderOf(folder, run) === path)) {
          await removeFolder(path)
        }
      }
    },
    async removeAll() {
      for (const run of store.runs()) store.remove(run)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch {
    return []
  }
}

async function sizeOf(folder: string): Promise<number> {
  const files = await namesIn(folder)
  const sizes = await Promise.all(
    files.map((name) =>
      stat(join(folder, name)).then(
        (found) => found.size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** The system's word for it; messages name paths. */
function codeOf(error: unknown): string {
  if (error instanceof Failure) return error.fault.code
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
