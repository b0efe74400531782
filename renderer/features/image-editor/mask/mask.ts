import { createHistory } from './history'
import { around, clipped, isNothing, nothing, type Rect, type Spot, union } from './rect'
import { createTileCanvases, type Placement, type Target } from './tile-canvases'
import { tileRect, tilesUnder } from './tiles'

export type { Placement }

/** Where a picture may change: opaque inside the region and empty outside, in the picture's own pixels. */
export interface Mask {
  readonly width: number
  readonly height: number
  /** Changes with every finished deed. */
  readonly revision: number
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** Something is marked. */
  readonly isMarked: boolean
  /** Holds everything that is marked; no closer than the tiles are. */
  readonly bounds: Rect
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
  /** Onto a canvas, as far as it lies in this rectangle of the canvas. */
  draw(target: Target, at: Placement, rect: Rect): void
  /** Black, and white where it may change. */
  toPng(): Promise<Blob>
  /** What is marked, as a PNG with alpha, and where it lies; null where that is more than can be kept. */
  toPiece(): Promise<{ readonly blob: Blob; readonly rect: Rect } | null>
  /** Marks what such a piece holds. */
  lay(piece: ImageBitmap, rect: Rect): void
  /** Called after every finished deed. Returns the undo. */
  subscribe(hear: () => void): () => void
}

/** Pixels of a piece. */
const mostPiece = 3 * 2_048 * 2_048

export function createMask(width: number, height: number): Mask {
  const tiles = createTileCanvases(width, height)
  const history = createHistory<OffscreenCanvas | null>(tiles)
  const hearers = new Set<() => void>()
  let revision = 0
  let isMarked = false

  const changed = (): void => {
    isMarked = tiles.hasAny()
    revision += 1
    for (const hear of hearers) hear()
  }

  function paint(touched: Rect, isErasing: boolean, draw: Parameters<typeof tiles.paint>[1]): Rect {
    const rect = clipped(touched, width, height)
    if (isNothing(rect)) return nothing
    const under = tilesUnder(rect, width, height)
    history.keep(under)
    tiles.paint(under, (brush) => {
      brush.globalCompositeOperation = isErasing ? 'destination-out' : 'source-over'
      draw(brush)
    })
    return rect
  }

  return {
    width,
    height,
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
    get bounds() {
      return tiles.filled().reduce((all, tile) => union(all, tileRect(tile, width, height)), nothing)
    },
    line: (from, to, size, isErasing) =>
      paint(around([from, to], size / 2), isErasing, (brush) => {
        brush.lineCap = 'round'
        brush.lineWidth = size
        brush.beginPath()
        brush.moveTo(from.x, from.y)
        // A line to where it begins would draw nothing.
        brush.lineTo(to.x + (from.x === to.x && from.y === to.y ? 0.01 : 0), to.y)
        brush.stroke()
      }),
    fill: (corners, isErasing) =>
      paint(around(corners, 0), isErasing, (brush) => {
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
      tiles.invert()
      history.inverted()
      changed()
    },
    clear() {
      const filled = tiles.filled()
      history.keep(filled)
      for (const tile of filled) tiles.swap(tile, null)
      history.close()
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
    draw: (target, at, rect) => tiles.draw(target, at, rect),
    toPng() {
      const page = new OffscreenCanvas(width, height)
      const paper = page.getContext('2d')
      if (paper) {
        tiles.draw(paper, { scale: 1, x: 0, y: 0 }, { x: 0, y: 0, width, height })
        paper.globalCompositeOperation = 'source-in'
        paper.fillStyle = 'white'
        paper.fillRect(0, 0, width, height)
        paper.globalCompositeOperation = 'destination-over'
        paper.fillStyle = 'black'
        paper.fillRect(0, 0, width, height)
      }
      return page.convertToBlob({ type: 'image/png' })
    },
    async toPiece() {
      const rect = this.bounds
      if (isNothing(rect) || rect.width * rect.height > mostPiece) return null
      const page = new OffscreenCanvas(rect.width, rect.height)
      const paper = page.getContext('2d')
      if (!paper) return null
      tiles.draw(paper, { scale: 1, x: -rect.x, y: -rect.y }, { ...rect, x: 0, y: 0 })
      return { blob: await page.convertToBlob({ type: 'image/png' }), rect }
    },
    lay(piece, rect) {
      paint(rect, false, (brush) => brush.drawImage(piece, rect.x, rect.y))
      history.close()
      changed()
    },
    subscribe(hear) {
      hearers.add(hear)
      return () => hearers.delete(hear)
    },
  }
}
