import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { AssetId, RecordingId } from '@contract/ids'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { answer } from '../core/failure'
import { canMount, openSmallDisk, type SmallDisk } from '../small-disk.suite'
import { tone } from './testing'

let disk: SmallDisk
beforeEach(async () => {
  disk = await openSmallDisk()
})
afterEach(() => disk.close())

const recording_id = 'r' as RecordingId
const asked = (work: () => unknown) =>
  answer(
    async () => work(),
    (surprise) => {
      throw surprise
    },
  )
const speak = (from_sample: number, count: number) =>
  asked(() =>
    disk.daemon.sound.keepSound({ recording_id, segment: 0, from_sample, samples: tone(from_sample, count) }),
  )
const call = (name: 'end' | 'retry' | 'keep') =>
  asked(() => disk.daemon.handlers[`recordings.${name}`]({ recording_id }))
const segment = async () => (await disk.daemon.handlers['recordings.get']({ recording_id })).segments[0]

async function soundOf(id: AssetId): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of (await disk.daemon.assets.open(id, 'raw')).stream) pieces.push(piece)
  return Buffer.concat(pieces)
}

describe.runIf(canMount)('a disk that is full while somebody speaks', () => {
  test.each([0, 4_096, 30_000, 120_000])(
    'with %i bytes left: it is said, what was said stays, and it goes on when there is room',
    async (left) => {
      await disk.daemon.handlers['recordings.begin']({ recording_id, session_id: null, started_at_ms: 1 })
      expect(await speak(0, 16_000)).toMatchObject({ ok: true })
      await disk.fill(left)
      expect(await speak(16_000, 100_000)).toMatchObject({ ok: false, fault: { code: 'storage_full' } })
      await disk.free()
      // The repeat of a piece that was not answered begins where that one did.
      expect(await speak(16_000, 100_000)).toMatchObject({ ok: true })

      await disk.fill(left)
      const ended = await call('end')
      if (!ended.ok) expect(ended.fault.code).toBe('storage_full')
      // It waits for whoever tries to store it, finds no room, and may have no room to note that either.
      expect(await call('keep')).toMatchObject({ ok: false, fault: { code: 'recording_invalid' } })
      const full = await segment()
      expect([full?.asset_id, full?.fault?.code ?? 'storage_full']).toEqual([undefined, 'storage_full'])
      expect(await readdir(join(disk.root, 'recordings/r'))).toEqual(['0.pcm'])
      await disk.free()
      expect(await call('end')).toMatchObject({ ok: true })
      await expect
        .poll(async () => {
          const { asset_id, state } = (await segment()) ?? {}
          if (asset_id === undefined) await call('retry')
          return asset_id !== undefined && state === 'failed'
        })
        .toBe(true)
      const { asset_id = '' as AssetId } = (await segment()) ?? {}
      expect((await soundOf(asset_id)).subarray(44)).toEqual(Buffer.from(tone(0, 116_000)))
      expect(await readdir(join(disk.root, 'recordings/r'))).toEqual([])
    },
  )
})
