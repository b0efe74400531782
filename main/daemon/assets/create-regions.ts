import { readFile, writeFile } from 'node:fs/promises'
import type { AssetId } from '@contract/ids'
import { assetNotFound } from '../core/assets/asset-not-found'
import { unsupported } from '../core/media-types/refuse'
import type { MadeFile, MediaWorker } from '../ports/media'
import type { PictureBytes, Regions } from '../ports/regions'
import type { Store } from '../ports/store'
import { mismatch, writeFailure } from './asset-failures'
import type { AssetFiles, Job } from './asset-files'
import type { CheckedReader } from './read-checked'

interface Needs {
  readonly store: Pick<Store, 'assets'>
  readonly files: AssetFiles
  readonly media: MediaWorker
  readonly reader: CheckedReader
  /** Throws when nothing is given any more. */
  readonly serve: () => void
}

/** Regions of stored pictures. The stored file is checked, then only read; everything made lies in a job's own folder. */
export function createRegions({ store, files, media, reader, serve }: Needs): Regions {
  /** Faults: `asset_not_found`, `unsupported_media_type`, `asset_integrity_mismatch`. */
  async function pathOf(id: AssetId): Promise<string> {
    const record = store.assets.get(id)
    if (!record) throw assetNotFound()
    const { raw, view } = record
    if (view.kind !== 'image') throw unsupported(raw.media_type, 'Only pictures can be edited.')
    if (typeof (await reader.check(raw)) === 'string') throw mismatch()
    return files.pathOf(raw.sha256)
  }

  async function inJob<T>(source: AssetId, work: (path: string, job: Job) => Promise<T>): Promise<T> {
    serve()
    const path = await pathOf(source)
    const job = await files.newJob()
    try {
      return await work(path, job)
    } catch (error) {
      throw writeFailure(error)
    } finally {
      await job.remove()
    }
  }

  return {
    prepare: (source, mask, feather_px, signal) =>
      inJob(source, async (path, job) => {
        const given = await put(job, { mask })
        const made = await media.region({ source: path, ...given, feather_px, out: job.out }, signal)
        const read = reading(job)
        return {
          ...made,
          mask: await read(made.mask),
          crop: await read(made.crop),
          marked: await read(made.marked),
        }
      }),
    compose: ({ source, mask, edit, ...asked }, signal) =>
      inJob(source, async (path, job) => {
        const given = await put(job, { mask, edit })
        const { composite, proof } = await media.compose(
          { source: path, ...given, ...asked, out: job.out },
          signal,
        )
        return { composite: await reading(job)(composite), proof }
      }),
  }
}

/** Files of the job beside its source, by their names. */
async function put<Name extends string>(
  job: Job,
  given: Readonly<Record<Name, Uint8Array>>,
): Promise<Record<Name, string>> {
  const paths = Object.entries<Uint8Array>(given).map(async ([name, bytes]) => {
    const path = `${job.source}-${name}`
    await writeFile(path, bytes, { flag: 'wx', mode: 0o600 })
    return [name, path] as const
  })
  return Object.fromEntries(await Promise.all(paths)) as Record<Name, string>
}

const reading =
  (job: Job) =>
  async (made: MadeFile): Promise<PictureBytes> => {
    job.own([made])
    return { bytes: await readFile(made.path), media_type: made.media_type }
  }
