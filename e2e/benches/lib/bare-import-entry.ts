/** The least that could be done with a file, in a process like the one in which the app looks at files. */
import { createHash } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createCanvas, loadImage } from '@napi-rs/canvas'

/** What is to be done with which file, and where what comes of it goes. */
export interface BareImport {
  readonly does: 'picture' | 'copy'
  readonly path: string
  readonly to: string
}

let kept: string | undefined

process.on('message', (asked: BareImport) => {
  void (asked.does === 'picture' ? decode(asked) : copy(asked)).then(async () => {
    process.send?.('done')
    // Not measured, as the deletion of what the app imported is not.
    if (kept) await rm(kept)
    kept = undefined
  })
})

/** Read, decoded, scaled, encoded, written. */
async function decode({ path, to }: BareImport): Promise<void> {
  const image = await loadImage(await readFile(path))
  const canvas = createCanvas(2_048, 1_365)
  const context = canvas.getContext('2d')
  context.imageSmoothingQuality = 'medium'
  context.drawImage(image, 0, 0, 2_048, 1_365)
  await writeSynced(to, await canvas.encode('jpeg', 85))
  kept = to
}

/** A copy that outlives a power cut under its digest: new file, sync, rename, sync of the folder. */
async function copy({ path, to }: BareImport): Promise<void> {
  const bytes = await readFile(path)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await writeSynced(to, bytes)
  const place = `${to}-${sha256}`
  await rename(to, place)
  const folder = await open(dirname(place))
  await folder.sync()
  await folder.close()
  kept = place
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w')
  await file.writeFile(bytes)
  await file.datasync()
  await file.close()
}
