import { drawWav } from './draw-wav'
import type { PeaksTask, PeaksWord, Read } from './peaks-task'

/**
 * Listens to recordings away from the window's thread. Bytes come from the page: only our page itself is handed any
 * (`mayShow`), and a piece is moved here, not copied.
 */
const asked = new Map<number, (bytes: ArrayBuffer | null) => void>()
let lastAsk = 0
const tell = (word: PeaksWord): void => self.postMessage(word)

self.addEventListener('message', ({ data }: MessageEvent<PeaksTask>) => {
  if (data.is === 'bytes') {
    asked.get(data.ask)?.(data.bytes)
    asked.delete(data.ask)
    return
  }
  void draw(data).then(
    (peaks) => tell({ is: 'drawn', id: data.id, peaks }),
    () => tell({ is: 'drawn', id: data.id, peaks: null }),
  )
})

async function draw(task: Extract<PeaksTask, { is: 'draw' }>): Promise<Uint8Array> {
  const read: Read = async (from, to) => {
    const ask = ++lastAsk
    const bytes = await new Promise<ArrayBuffer | null>((resolve) => {
      asked.set(ask, resolve)
      tell({ is: 'read', id: task.id, ask, from, to })
    })
    if (!bytes) throw new Error('its bytes can’t be read')
    return new Uint8Array(bytes)
  }
  const plain = await drawWav(read, task.size)
  if (plain) return plain
  // Read when something is to be decoded at all.
  const { drawDecoded } = await import('./draw-decoded')
  return drawDecoded(read, task.size, task.durationS)
}
