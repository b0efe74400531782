/** The least that lays one picture over another: the picture library alone, with files in and out. */
import { open, readFile } from 'node:fs/promises'
import { createCanvas, loadImage } from '@napi-rs/canvas'

export interface BareCompose {
  readonly source: string
  readonly edit: string
  readonly to: string
}

process.on('message', (asked: BareCompose) => {
  void compose(asked).then(() => process.send?.('done'))
})

async function compose({ source, edit, to }: BareCompose): Promise<void> {
  const [below, above] = await Promise.all(
    [source, edit].map(async (path) => loadImage(await readFile(path))),
  )
  if (!below || !above) return
  const canvas = createCanvas(below.width, below.height)
  const context = canvas.getContext('2d')
  context.drawImage(below, 0, 0)
  context.beginPath()
  context.arc(below.width / 2, below.height / 2, below.width / 3, 0, 2 * Math.PI)
  context.clip()
  context.drawImage(above, 0, 0, below.width, below.height)
  const file = await open(to, 'w')
  await file.writeFile(await canvas.encode('png'))
  await file.datasync()
  await file.close()
}
