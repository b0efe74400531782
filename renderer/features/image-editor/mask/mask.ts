import { createHistory } from './history'
import { around, clipped, isNothing, nothing, type Rect, type Spot, union } from './rect'
import { tileRect, tileSide, tilesUnder } from './tiles'

/** Where a picture may change: a canvas of its own size, opaque inside the region and empty outside. */
export interface Mask {
  readonly width: number
  readonly height: number
  /** For drawing only; whoever paints does so through this mask. */
  readonly canvas: OffscreenCanvas
  /** Changes with every finished deed. */
  readonly revision: number
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** Something is marked. */
  readonly isMarked: boolean
  /** A line of this width with round ends; answers the pixels it may have changed. */
  line(from: Spot, to: Spot, width: number, isErasing: boolean): Rect
  /** The area within these corners. */
  fill(corners: readonly Spot[], isErasing: boolean): Rect
  /** The deed that `line` and `fill` belong to is done. */
  close(): void
  invert(): void
  clear(): void
  undo(): void
  redo(): void
  /** Black, and white where it may change. */
  toPng(): Promise<Blob>
  /** Called after every finished deed. Returns the undo. */
  subscribe(hear: () => void): () => void
}

export function createMask(width: number, height: number): Mask {
  const canvas = new OffscreenCanvas(width, height)
  const brush = contextOf(canvas)
  brush.lineCap = 'round'
  brush.lineJoin = 'round'
  const whole: Rect = { x: 0, y: 0, width, height }
  const hearers = new Set<() => void>()
  let revision = 0
  let isMarked = false
  /** What may hold something; everything else is empty. */
  let reach = nothing

  const invert = (): void => {
    brush.globalCompositeOperation = 'xor'
    brush.fillRect(0, 0, width, height)
    brush.globalCompositeOperation = 'source-over'
    reach = whole
  }
  const history = createHistory<OffscreenCanvas>({
    width,
    height,
    copy(tile) {
      const { x, y, width: across, height: down } = tileRect(tile, width, height)
      const patch = new OffscreenCanvas(across, down)
      contextOf(patch).drawImage(canvas, -x, -y)
      return patch
    },
    put(tile, patch) {
      const { x, y, width: across, height: down } = tileRect(tile, width, height)
      brush.clearRect(x, y, across, down)
      brush.drawImage(patch, x, y)
      reach = union(reach, { x, y, width: across, height: down })
    },
    invert,
  })

  const changed = (): void => {
    isMarked = hasMarks(canvas, tilesUnder(reach, width, height))
    if (!isMarked) reach = nothing
    revision += 1
    for (const hear of hearers) hear()
  }

  function paint(touched: Rect, isErasing: boolean, draw: () => void): Rect {
    const rect = clipped(touched, width, height)
    if (isNothing(rect)) return nothing
    history.keep(tilesUnder(rect, width, height))
    brush.globalCompositeOperation = isErasing ? 'destination-out' : 'source-over'
    draw()
    brush.globalCompositeOperation = 'source-over'
    if (!isErasing) reach = union(reach, rect)
    return rect
  }

  return {
    width,
    height,
    canvas,
    get revision() {
      return revision
    },
    get canUndo() {
      return history.canUndo
    },
    get canRedo() {
      return history.canRedo
    },
    get isMarked() {
      return isMarked
    },
    line: (from, to, size, isErasing) =>
      paint(around([from, to], size / 2), isErasing, () => {
        brush.lineWidth = size
        brush.beginPath()
        brush.moveTo(from.x, from.y)
        // A line to where it begins would draw nothing.
        brush.lineTo(to.x + (from.x === to.x && from.y === to.y ? 0.01 : 0), to.y)
        brush.stroke()
      }),
    fill: (corners, isErasing) =>
      paint(around(corners, 0), isErasing, () => {
        brush.beginPath()
        for (const { x, y } of corners) brush.lineTo(x, y)
        brush.closePath()
        brush.fill()
      }),
    close() {
      history.close()
      changed()
    },
    invert() {
      invert()
      history.inverted()
      changed()
    },
    clear() {
      history.keep(tilesUnder(reach, width, height))
      brush.clearRect(0, 0, width, height)
      history.close()
      reach = nothing
      changed()
    },
    undo() {
      history.undo()
      changed()
    },
    redo() {
      history.redo()
      changed()
    },
    toPng() {
      const page = new OffscreenCanvas(width, height)
      const paper = contextOf(page)
      paper.drawImage(canvas, 0, 0)
      paper.globalCompositeOperation = 'source-in'
      paper.fillStyle = 'white'
      paper.fillRect(0, 0, width, height)
      paper.globalCompositeOperation = 'destination-over'
      paper.fillStyle = 'black'
      paper.fillRect(0, 0, width, height)
      return page.convertToBlob({ type: 'image/png' })
    },
    subscribe(hear) {
      hearers.add(hear)
      return () => hearers.delete(hear)
    },
  }
}

/**
 * Looks tile by tile and stops at the first mark. From a canvas of its own: one whose pixels are read is drawn by the
 * processor from then on.
 */
function hasMarks(canvas: OffscreenCanvas, tiles: readonly number[]): boolean {
  const reader = new OffscreenCanvas(tileSide, tileSide).getContext('2d', { willReadFrequently: true })
  return tiles.some((tile) => {
    const { x, y, width, height } = tileRect(tile, canvas.width, canvas.height)
    reader?.clearRect(0, 0, tileSide, tileSide)
    reader?.drawImage(canvas, -x, -y)
    const pixels = reader && new Uint32Array(reader.getImageData(0, 0, width, height).data.buffer)
    return pixels?.some((pixel) => pixel !== 0)
  })
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This window has no canvas')
  return context
}
