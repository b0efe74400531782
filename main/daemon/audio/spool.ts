import { randomUUID } from 'node:crypto'
import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { wavHeader, wavHeaderLength, type Samples } from '../core/audio/wav-header'
import type { SpeechMade } from '../ports/driver'

/** Sound on its way: in a file that nobody knows until it is whole. */
export interface SoundFile {
  /** Absolute. */
  readonly path: string
  /** What it is made of so far; undefined while it is empty. */
  kind(): Pick<SpeechMade, 'media_type' | 'sample_rate' | 'channels'> | undefined
  /** Writes pieces as they come, to their end. Rejects with what they throw. */
  take(made: SpeechMade): Promise<void>
  /** Closes it; samples get their header. Answers what the file is now. */
  finish(): Promise<{ readonly media_type: 'audio/wav' | 'audio/mpeg'; readonly ending: 'wav' | 'mp3' }>
  /** Closes and removes it. */
  drop(): Promise<void>
}

/** The folder for them, emptied now: what is in it was left by a daemon that was killed. */
export function createSpool(folder: string): () => Promise<SoundFile> {
  const emptied = rm(folder, { recursive: true, force: true }).catch(() => undefined)
  return async () => {
    await emptied
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const path = join(folder, randomUUID())
    return soundFile(path, await open(path, 'wx', 0o600))
  }
}

function soundFile(path: string, handle: Awaited<ReturnType<typeof open>>): SoundFile {
  let kind: ReturnType<SoundFile['kind']>
  let length = 0
  let isOpen = true
  const close = async () => {
    if (isOpen) await handle.close()
    isOpen = false
  }
  return {
    path,
    kind: () => kind,
    async take({ bytes, media_type, sample_rate, channels }) {
      if (!kind && media_type === 'audio/l16') await handle.write(new Uint8Array(wavHeaderLength))
      kind ??= { media_type, sample_rate, channels }
      for await (const piece of bytes) {
        await writeAll(handle, piece)
        length += piece.length
      }
    },
    async finish() {
      const isSamples = kind?.media_type === 'audio/l16'
      if (kind && isSamples)
        await handle.write(wavHeader(kind satisfies Samples, length), 0, wavHeaderLength, 0)
      await close()
      return isSamples
        ? { media_type: 'audio/wav', ending: 'wav' }
        : { media_type: 'audio/mpeg', ending: 'mp3' }
    },
    async drop() {
      await close()
      await rm(path, { force: true })
    },
  }
}

async function writeAll(handle: Awaited<ReturnType<typeof open>>, piece: Uint8Array): Promise<void> {
  for (let at = 0; at < piece.length;) at += (await handle.write(piece, at)).bytesWritten
}
