import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect } from 'vitest'
import { Failure } from '../../core/failure'
import type { MediaResult, MediaWorker } from '../../ports/media'
import { inProcessMediaWorker } from './in-process-media-worker'

/** What became of a file, with the bytes of all that was made. */
export interface Imported extends MediaResult {
  read(role: 'raw' | 'text' | 'preview' | 'thumbnail'): Buffer
}

export interface Bench {
  take(file_name: string, bytes: Uint8Array, media_type?: string): Promise<Imported>
  close(): void
}

/** Imports bytes through a worker, by default in this process, in a folder of its own. */
export function openBench(worker: MediaWorker = inProcessMediaWorker()): Bench {
  const root = mkdtempSync(join(tmpdir(), 'kheish-media-'))
  const signal = new AbortController().signal
  return {
    async take(file_name, bytes, media_type) {
      const out = mkdtempSync(join(root, 'job-'))
      const source = `${out}-source`
      writeFileSync(source, bytes)
      const declared = media_type === undefined ? {} : { media_type }
      const result = await worker.process({ source, file_name, out, ...declared }, signal)
      return { ...result, read: (role) => readFileSync(result[role]?.path ?? `${out}/no ${role}`) }
    },
    close: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** Whatever is done to a good file, it is taken or refused by a rule: the same bytes cut, and with other bits. */
export async function takesOrRefuses(
  bench: Bench,
  name: string,
  bytes: Uint8Array,
  numRuns: number,
): Promise<void> {
  const place = fc.nat({ max: bytes.length - 1 })
  const changes = fc.array(fc.tuple(place, fc.nat({ max: 255 })), { maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(changes, fc.option(place, { freq: 3 }), async (changed, end) => {
      const other = Uint8Array.from(bytes.subarray(0, end ?? bytes.length))
      for (const [at, value] of changed) if (at < other.length) other[at] = value
      await bench.take(name, other).catch((error: unknown) => {
        if (!(error instanceof Failure)) throw error
        expect(['asset_invalid', 'asset_empty', 'unsupported_media_type']).toContain(error.fault.code)
      })
    }),
    { seed: 20_261_128, numRuns },
  )
}
