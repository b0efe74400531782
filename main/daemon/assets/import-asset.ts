import { open } from 'node:fs/promises'
import type { AssetView } from '@contract/assets'
import type { AssetId } from '@contract/ids'
import { largestFile } from '@contract/names'
import { cleanFileName } from '../core/assets/clean-file-name'
import type { AssetRecord, NewAsset } from '../ports/asset-store'
import type { ImportSource } from '../ports/assets'
import type { Clock } from '../ports/clock'
import type { Publish } from '../ports/events'
import type { Ids } from '../ports/ids'
import type { MadeFile, MediaResult, MediaWorker } from '../ports/media'
import type { Store } from '../ports/store'
import type { AssetFiles } from './asset-files'
import { cancelled, writeFailure } from './asset-failures'
import { copySource } from './copy-source'
import { derivedOf, filesOf, madeFilesOf } from './made-files'
import type { InTurn, Slots } from './turns'
import type { ImportWatch } from './watch-imports'

export interface ImportPorts {
  readonly files: AssetFiles
  readonly store: Pick<Store, 'assets'>
  readonly media: MediaWorker
  readonly clock: Clock
  readonly ids: Pick<Ids, 'next'>
  readonly publish: Publish
  readonly watch: ImportWatch
  /** Whatever changes rows and their files does so one after the other. */
  readonly inTurn: InTurn
  /** Sources that are read at a time; a stream waits for nobody, it may never end. */
  readonly reading: Slots
  readonly checking: Slots
}

/** Bytes of the text that are searched. */
const searched = 16 * 1024

/**
 * Source, copy, look, files, row, event: whoever fails on the way leaves nothing. Bytes that are there already answer
 * their record; what was missing of them is put back.
 */
export const importAsset =
  (on: ImportPorts) =>
  async (source: ImportSource, signal?: AbortSignal): Promise<AssetView> => {
    const watched = on.watch.begin(source.import_id, signal)
    const file_name = cleanFileName(source.file_name)
    const giveBack: (() => void | Promise<void>)[] = [() => watched.end()]
    try {
      const job = await on.files.newJob()
      giveBack.push(() => job.remove())
      const stopReading = 'stream' in source ? undefined : await enter(on.reading)
      if (stopReading) giveBack.push(stopReading)
      watched.tell('reading')
      // Whatever it is going to be; what each kind may have is the look's affair (contract 7.3).
      await copySource(source, job.source, largestFile, watched.signal, (done, all) =>
        watched.tell('reading', done, all),
      )
      stopReading?.()
      giveBack.push(await enter(on.checking))
      watched.tell('checking')
      const { media_type } = source
      const made = await on.media.process(
        {
          source: job.source,
          file_name,
          ...(media_type === undefined ? {} : { media_type }),
          ...(source.keeps_bytes ? { keeps_bytes: true } : {}),
          out: job.out,
        },
        watched.signal,
        (done, all) => watched.tell('checking', done, all),
      )
      job.own(madeFilesOf(made))
      source.check?.(made.raw.media_type)
      const search_text = await beginningOf(made)
      return await on.inTurn(() => {
        watched.signal.throwIfAborted()
        watched.tell('storing')
        return keep(on, { ...source, file_name, made, search_text })
      })
    } catch (error) {
      throw watched.signal.aborted ? cancelled() : writeFailure(error)
    } finally {
      for (const give of giveBack.toReversed()) await give()
    }

    function enter(slots: Slots): Promise<() => void> {
      if (slots.areTaken()) watched.tell('waiting')
      return slots.take(watched.signal)
    }
  }

interface Kept {
  readonly file_name: string
  readonly made: MediaResult
  readonly search_text: string
  readonly provenance?: ImportSource['provenance']
  readonly is_part?: ImportSource['is_part']
  readonly origin?: ImportSource['origin']
}

async function keep(
  on: ImportPorts,
  { file_name, made, search_text, provenance, is_part, origin }: Kept,
): Promise<AssetView> {
  const { store, publish } = on
  const known = store.assets.find(made.raw.media_type, made.raw.sha256)
  const isWhole = known && !known.view.is_quarantined && (await areThere(on.files, known))
  const isFound = known?.is_part && !is_part
  if (known && isWhole && !provenance && !isFound && store.assets.get(known.view.asset_id)) {
    store.assets.addAgain(known.view.asset_id, on.clock.now())
    return known.view
  }
  const { raw, text, preview, thumbnail, ...facts } = made
  const row: NewAsset = {
    asset_id: on.ids.next('asset') as AssetId,
    file_name,
    created_at_ms: on.clock.now(),
    raw: { sha256: raw.sha256, byte_length: raw.byte_length, media_type: raw.media_type },
    ...derivedOf({ text, preview, thumbnail }),
    ...facts,
    ...(provenance ? { provenance } : {}),
    ...(search_text === '' ? {} : { search_text }),
    ...(is_part ? { is_part } : {}),
    ...(origin ? { origin } : {}),
  }
  // One that was buried meanwhile is added anew, and its files with it.
  const isKept = known && isWhole && store.assets.get(known.view.asset_id) !== undefined
  const { type, asset } = await putFiles(on, isKept ? [] : madeFilesOf(made), () => {
    const found = store.assets.find(raw.media_type, raw.sha256)
    if (!found) return { type: 'asset.added' as const, asset: store.assets.add(row).view }
    const { asset_id } = found.view
    store.assets.addAgain(asset_id, row.created_at_ms)
    if (!isWhole) {
      store.assets.setDerived(asset_id, derivedOf(made))
      store.assets.setQuarantined(asset_id, false)
    }
    if (provenance) store.assets.addProvenance(asset_id, provenance)
    if (isFound) store.assets.setListed(asset_id, search_text)
    return {
      type: isFound ? ('asset.added' as const) : ('asset.changed' as const),
      asset: store.assets.get(asset_id)?.view ?? found.view,
    }
  })
  // Nobody has a list in which a part would be.
  if (!(is_part && type === 'asset.added')) publish({ type, asset })
  return asset
}

/** The files first, then what says so; when that fails, files that nobody holds go again. */
async function putFiles<T>(
  { files, store }: ImportPorts,
  made: readonly MadeFile[],
  write: () => T,
): Promise<T> {
  try {
    await files.publish(made)
    return write()
  } catch (error) {
    for (const { sha256 } of made) if (!store.assets.holds(sha256)) await files.remove(sha256)
    throw error
  }
}

async function areThere(files: AssetFiles, record: AssetRecord): Promise<boolean> {
  for (const { sha256, byte_length } of filesOf(record)) {
    if ((await files.sizeOf(sha256)) !== byte_length) return false
  }
  return true
}

/** Of the derived text, cut where a character ends. */
async function beginningOf({ text }: MediaResult): Promise<string> {
  if (!text) return ''
  const handle = await open(text.path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(searched), 0, searched, 0)
    return new TextDecoder().decode(buffer.subarray(0, bytesRead), { stream: true })
  } finally {
    await handle.close()
  }
}
