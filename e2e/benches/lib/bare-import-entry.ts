/** The least that could be done with a file, in a process like the one in which the app looks at files. */
import { createHash } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'
import { createCanvas, loadImage } from '@napi-rs/canvas'

/** What is to be done with which file, and where what comes of it goes. */
export interface BareImport {
  readonly does: 'picture' | 'copy'
  readonly path: string
  readonly to: string
}

process.on('message', (asked: BareImport) => {
  void (asked.does === 'picture' ? decode(asked) : copy(asked)).then(() => process.send?.('done'))
})

/** Read, decoded, scaled, encoded, written. */
async function decode({ path, to }: BareImport): Promise<void> {
  const image = await loadImage(await readFile(path))
  const canvas = createCanvas(2_048, 1_365)
  const context = canvas.getContext('2d')
  context.imageSmoothingQuality = 'medium'
  context.drawImage(image, 0, 0, 2_048, 1_365)
  await writeSynced(to, await canvas.encode('jpeg', 85))
}

async function copy({ path, to }: BareImport): Promise<void> {
  const bytes = await readFile(path)
  createHash('sha256').update(bytes).digest('hex')
  await writeSynced(to, bytes)
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w')
  await file.writeFile(bytes)
  await file.datasync()
  await file.close()
}
