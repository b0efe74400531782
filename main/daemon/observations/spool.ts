import { constants } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { fault } from '@contract/fault'
import type { SegmentType } from '@contract/recordings'
import { Failure } from '../core/failure'

/**
 * So many bytes, a second of sound, are synced at once: a killed process costs nothing of what was answered, a machine
 * whose power fails costs that much at most. To sync every piece keeps a disk, and what it draws, awake.
 */
const unsynced = 32_000

/** A segment is written down in one request at most: 25 MiB (contract 10.3), 13 minutes. */
export const longestSegment = 25 * 1024 * 1024

const endings = { 'audio/webm': '.webm', 'audio/wav': '.wav' } as const satisfies Record<SegmentType, string>

/** Sound on its way: one folder for each recording, in it one file of samples for each segment. */
export interface Spool {
  /** Answers once the piece is in its file. Faults: recording_invalid for a hole, storage_full. */
  append(recording: string, segment: number, from_sample: number, samples: Uint8Array): Promise<void>
  /** It ends there: what was given beyond belongs to another. */
  cut(recording: string, segment: number, samples: number): Promise<void>
  /** Whole and on the disk, or not there. Fault: storage_full. */
  putEncoded(recording: string, segment: number, type: SegmentType, bytes: Uint8Array): Promise<void>
  /** Samples of a segment that are on the disk, as far as this process has asked or written. */
  samples(recording: string, segment: number): number | undefined
  /** What there is of a segment; nothing is written to it any more. */
  read(recording: string, segment: number): Promise<Spooled>
  removeSegment(recording: string, segment: number): Promise<void>
  removeRecording(recording: string): Promise<void>
  /** Names of the recordings that have a folder. */
  recordings(): Promise<readonly string[]>
  /** Of what is in a recording's folder, in order; `samples` knows them from then on. */
  segments(recording: string): Promise<readonly number[]>
  close(): Promise<void>
}
export interface Spooled {
  /** Whole samples: what a killed process left of a last one is not among them. */
  readonly samples: Uint8Array
  readonly encoded?: { readonly media_type: SegmentType; readonly bytes: Uint8Array }
}

interface Writing {
  readonly handle: FileHandle
  /** Bytes that were answered, and those of them that are surely on the disk. */
  length: number
  synced: number
}

export function createSpool(root: string): Spool {
  const writing = new Map<string, Promise<Writing>>()
  const lengths = new Map<string, number>()
  const folderOf = (recording: string) => join(root, recording)
  const fileOf = (recording: string, segment: number, ending = '.pcm') =>
    join(folderOf(recording), `${String(segment)}${ending}`)
  const keyOf = (recording: string, segment: number) => `${recording}/${String(segment)}`

  async function begin(recording: string, segment: number): Promise<Writing> {
    const made = await mkdir(folderOf(recording), { recursive: true })
    const handle = await open(fileOf(recording, segment), constants.O_RDWR | constants.O_CREAT)
    try {
      const { size } = await handle.stat()
      // A name is as much a part of what was promised as the bytes are.
      if (made !== undefined) await syncFolders(made, folderOf(recording))
      else await syncFolder(folderOf(recording))
      return { handle, length: size - (size % 2), synced: -unsynced }
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  function writerOf(recording: string, segment: number): Promise<Writing> {
    const key = keyOf(recording, segment)
    const open = writing.get(key)
    if (open) return open
    const begun = begin(recording, segment)
    writing.set(key, begun)
    begun.catch(() => writing.delete(key))
    return begun
  }

  async function finish(recording: string, segment: number): Promise<void> {
    const key = keyOf(recording, segment)
    const open = await writing.get(key)?.catch(() => undefined)
    writing.delete(key)
    if (open) await shut(open)
  }

  async function shut({ handle, length, synced }: Writing): Promise<void> {
    try {
      if (length > synced) await handle.datasync()
    } finally {
      await handle.close()
    }
  }

  return {
    append: (recording, segment, from_sample, samples) =>
      speaking(async () => {
        const file = await writerOf(recording, segment)
        const from = from_sample * 2
        if (from > file.length) throw hole()
        const known = file.length - from
        if (known < samples.byteLength) {
          const fresh = samples.subarray(known)
          if (file.length + fresh.byteLength > longestSegment) throw tooLong()
          // A piece that did not fit is written over by its repeat: what counts is `length`.
          await writeWhole(file.handle, fresh, file.length)
          const end = file.length + fresh.byteLength
          if (end - file.synced >= unsynced) {
            await file.handle.datasync()
            file.synced = end
          }
          file.length = end
        }
        lengths.set(keyOf(recording, segment), file.length / 2)
      }),

    async cut(recording, segment, samples) {
      const file = await writerOf(recording, segment)
      if (file.length <= samples * 2) return
      await file.handle.truncate(samples * 2)
      file.length = samples * 2
      // Its new end is not on the disk yet.
      file.synced = -unsynced
      lengths.set(keyOf(recording, segment), samples)
    },

    putEncoded: (recording, segment, type, bytes) =>
      speaking(async () => {
        await mkdir(folderOf(recording), { recursive: true })
        const path = fileOf(recording, segment, endings[type])
        const handle = await open(`${path}.part`, 'w')
        try {
          await writeWhole(handle, bytes, 0)
          await handle.sync()
        } finally {
          await handle.close()
        }
        await rename(`${path}.part`, path)
        await syncFolder(folderOf(recording))
      }),

    samples: (recording, segment) => lengths.get(keyOf(recording, segment)),

    async read(recording, segment) {
      await finish(recording, segment)
      const pcm = (await readIfThere(fileOf(recording, segment))) ?? new Uint8Array(0)
      // Beyond that, a write was under way whose end nobody was told of: what there is of it is sound all the same.
      const samples = pcm.subarray(0, pcm.byteLength - (pcm.byteLength % 2))
      lengths.set(keyOf(recording, segment), samples.byteLength / 2)
      for (const media_type of ['audio/webm', 'audio/wav'] as const) {
        const bytes = await readIfThere(fileOf(recording, segment, endings[media_type]))
        if (bytes) return { samples, encoded: { media_type, bytes } }
      }
      return { samples }
    },

    async removeSegment(recording, segment) {
      await finish(recording, segment)
      lengths.delete(keyOf(recording, segment))
      for (const ending of ['.pcm', '.webm', '.wav', '.webm.part', '.wav.part'])
        await rm(fileOf(recording, segment, ending), { force: true })
    },

    async removeRecording(recording) {
      for (const key of writing.keys()) {
        const [name, segment] = key.split('/')
        if (name === recording) await finish(recording, Number(segment))
      }
      for (const key of lengths.keys()) if (key.startsWith(`${recording}/`)) lengths.delete(key)
      await rm(folderOf(recording), { recursive: true, force: true })
    },

    recordings: async () =>
      (await entriesOf(root)).filter((entry) => entry.isDirectory()).map(({ name }) => name),

    async segments(recording) {
      const names = (await entriesOf(folderOf(recording))).map(({ name }) =>
        /^(\d+)\.(?:pcm|webm|wav)$/.exec(name),
      )
      const numbers = new Set(names.flatMap((found) => (found?.[1] === undefined ? [] : [Number(found[1])])))
      for (const segment of numbers) {
        const { size } = await stat(fileOf(recording, segment)).catch(() => ({ size: 0 }))
        lengths.set(keyOf(recording, segment), Math.floor(size / 2))
      }
      return [...numbers].toSorted((a, b) => a - b)
    },

    async close() {
      const open = [...writing.values()]
      writing.clear()
      for (const each of open) {
        const file = await each.catch(() => undefined)
        if (file) await shut(file)
      }
    },
  }
}

async function writeWhole(handle: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.byteLength;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, at + done)
    done += bytesWritten
  }
}

/** From the folder that holds the first new one down to the last. */
async function syncFolders(first: string, last: string): Promise<void> {
  await syncFolder(join(first, '..'))
  for (let at = last; at.length >= first.length; at = join(at, '..')) await syncFolder(at)
}

/** Windows has no such thing, and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const isAbsent = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT'

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw error
  }
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    if (isAbsent(error)) return []
    throw error
  }
}

async function speaking<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!/^(ENOSPC|EDQUOT)$/.test(String((error as NodeJS.ErrnoException).code))) throw error
    const detail = 'The disk is full. What was said until now is safe; free some space and go on.'
    throw new Failure(fault('storage_full', detail), { cause: error })
  }
}

const invalid = (detail: string) => new Failure(fault('recording_invalid', detail))
const hole = () => invalid('A piece of the recording is missing before this one.')
const tooLong = () => invalid('This segment is too long; a new one has to begin.')
