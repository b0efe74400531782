import type { RendererClient } from '../../../client/client'
import { soundUri, type Recording } from '../../../lib/sound/recording'
import { fromBase64, toBase64 } from './base64'
import type { PeaksTask, PeaksWord } from './peaks-task'

export type PeaksOf = (recording: Recording) => Promise<Uint8Array | null>

/** As they were kept, or drawn once: the daemon keeps them, and this window while it is open. */
export function createPeaks(client: RendererClient, draw: PeaksOf = drawInWorker): PeaksOf {
  const known = new Map<string, Promise<Uint8Array | null>>()
  let before: Promise<unknown> = Promise.resolve()

  async function find(recording: Recording): Promise<Uint8Array | null> {
    const { asset_id } = recording
    const kept = await client.ask['audio.peaks']({ asset_id })
    if (kept.ok && kept.value.peaks !== null) return fromBase64(kept.value.peaks)
    // One after the other: nobody waits for them, and each is all of a core.
    const drawn = before.then(() => draw(recording))
    before = drawn.catch(() => undefined)
    const peaks = await drawn
    if (peaks) void client.ask['audio.keepPeaks']({ asset_id, peaks: toBase64(peaks) })
    return peaks
  }

  return (recording) => {
    const found = known.get(recording.asset_id) ?? find(recording).catch(() => null)
    known.set(recording.asset_id, found)
    return found
  }
}

let worker: Worker | null = null
let lastId = 0
const drawing = new Map<
  number,
  { readonly recording: Recording; readonly end: (peaks: Uint8Array | null) => void }
>()

function drawInWorker(recording: Recording): Promise<Uint8Array | null> {
  worker ??= openWorker()
  const id = ++lastId
  tell({ is: 'draw', id, size: recording.byte_length, durationS: (recording.duration_ms ?? 0) / 1000 })
  return new Promise((end) => drawing.set(id, { recording, end }))
}

const tell = (task: PeaksTask, moved: Transferable[] = []): void => worker?.postMessage(task, moved)

function openWorker(): Worker {
  const opened = new Worker(new URL('./peaks-worker.ts', import.meta.url), { type: 'module' })
  opened.addEventListener('message', ({ data }: MessageEvent<PeaksWord>) => {
    const task = drawing.get(data.id)
    if (!task) return
    if (data.is === 'read') return void answer(task.recording, data)
    drawing.delete(data.id)
    task.end(data.peaks)
  })
  opened.addEventListener('error', () => {
    // The next recording gets another.
    opened.terminate()
    worker = null
    for (const { end } of drawing.values()) end(null)
    drawing.clear()
  })
  return opened
}

async function answer(recording: Recording, ask: Extract<PeaksWord, { is: 'read' }>): Promise<void> {
  const bytes = await rangeOf(recording, ask.from, ask.to).catch(() => null)
  tell({ is: 'bytes', ask: ask.ask, bytes }, bytes ? [bytes] : [])
}

async function rangeOf({ asset_id }: Recording, from: number, to: number): Promise<ArrayBuffer | null> {
  const response = await fetch(soundUri(asset_id), { headers: { range: `bytes=${from}-${to - 1}` } })
  return response.status === 206 ? response.arrayBuffer() : null
}
