import {
  diagramLimits,
  type DiagramAnswer,
  type DiagramColours,
  type DiagramPicture,
  type DiagramTask,
} from '../../lib/diagram-task'
import type { DiagramFrame, OpenDiagramFrame } from './diagram-frame'

export interface DiagramLook {
  readonly isDark: boolean
  readonly colours: DiagramColours
}

/** A picture, or why there is none. `unavailable` is never remembered: another time it may work. */
export type Drawing =
  | { readonly kind: 'drawn'; readonly picture: DiagramPicture }
  | { readonly kind: 'wrong' | 'tooLong' | 'tooSlow' | 'unavailable' }

export interface DiagramDrawer {
  draw(source: string, look: DiagramLook): Promise<Drawing>
  /** What was drawn before, without waiting. */
  drawn(source: string, look: DiagramLook): Drawing | undefined
}

/** From the first call until the frame's script has run; it is megabytes. */
export const loadMs = 10_000
/** For one diagram. Then the frame goes, and with it whatever kept it busy. */
export const drawMs = 4_000
/** An unused frame is a process of its own. */
export const idleMs = 20_000
/** Characters of pictures that are remembered for rows that scroll back into view. */
const remembered = 4_000_000
const widest = 16_384

interface Waiting {
  readonly task: DiagramTask
  readonly key: string
  readonly settle: (drawing: Drawing) => void
}

/** Draws one diagram after the other in a frame that is opened for the first and closed when nobody needs it. */
export function createDiagramDrawer(open: OpenDiagramFrame): DiagramDrawer {
  const cache = new Map<string, Drawing>()
  const pending = new Map<string, Promise<Drawing>>()
  let cached = 0
  let lastId = 0
  let queue: readonly Waiting[] = []
  let frame: DiagramFrame | null = null
  let isReady = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const close = (): void => {
    clearTimeout(timer)
    frame?.close()
    frame = null
    isReady = false
  }
  const finish = (drawing: Drawing): void => {
    const [first, ...rest] = queue
    if (!first) return
    queue = rest
    pending.delete(first.key)
    if (drawing.kind !== 'unavailable') remember(first.key, drawing)
    first.settle(drawing)
    next()
  }
  const next = (): void => {
    clearTimeout(timer)
    const [first] = queue
    if (!first) {
      if (frame) timer = setTimeout(close, idleMs)
      return
    }
    frame ??= open(hear)
    timer = setTimeout(giveUp, isReady ? drawMs : loadMs)
    if (isReady) frame.send(first.task)
  }
  const giveUp = (): void => {
    const drawing: Drawing = { kind: isReady ? 'tooSlow' : 'unavailable' }
    close()
    finish(drawing)
  }
  const hear = (said: unknown): void => {
    if (!isAnswer(said)) return
    if (said.kind === 'ready') {
      if (isReady) return
      isReady = true
      next()
    } else if (said.id === queue[0]?.task.id) {
      finish(said.kind === 'drawn' ? taken(said) : { kind: 'wrong' })
    }
  }
  const remember = (key: string, drawing: Drawing): void => {
    cache.set(key, drawing)
    cached += weightOf(key, drawing)
    for (const [oldest, old] of cache) {
      if (cached <= remembered) break
      cache.delete(oldest)
      cached -= weightOf(oldest, old)
    }
  }

  return {
    drawn: (source, look) => cache.get(keyOf(source, look)),
    draw(source, look) {
      if (source.length > diagramLimits.characters) return Promise.resolve({ kind: 'tooLong' })
      const key = keyOf(source, look)
      const known = cache.get(key)
      if (known) return Promise.resolve(known)
      const awaited =
        pending.get(key) ??
        new Promise<Drawing>((settle) => {
          queue = [...queue, { task: { id: ++lastId, source, ...look }, key, settle }]
        })
      pending.set(key, awaited)
      if (queue.length === 1) next()
      return awaited
    },
  }
}

const keyOf = (source: string, { isDark, colours }: DiagramLook): string =>
  `${isDark ? 'dark' : 'light'} ${Object.values(colours).join()}\n${source}`

const weightOf = (key: string, drawing: Drawing): number =>
  key.length + (drawing.kind === 'drawn' ? drawing.picture.svg.length : 0)

function taken({ svg, width, height, title }: DiagramPicture): Drawing {
  if (svg.length > diagramLimits.svgCharacters || width > widest || height > widest)
    return { kind: 'tooLong' }
  return { kind: 'drawn', picture: { svg, width, height, title: title.slice(0, 200) } }
}

/** The frame runs a library over text of a stranger: what it says is checked like any input. */
function isAnswer(said: unknown): said is DiagramAnswer {
  if (typeof said !== 'object' || said === null) return false
  const { kind, id, svg, width, height, title } = said as Readonly<Record<string, unknown>>
  if (kind === 'ready') return true
  if (typeof id !== 'number') return false
  if (kind === 'wrong') return true
  return (
    kind === 'drawn' &&
    typeof svg === 'string' &&
    typeof title === 'string' &&
    [width, height].every((size) => typeof size === 'number' && size > 0 && Number.isFinite(size))
  )
}
