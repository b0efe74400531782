import type { Mask, Placement } from './mask'
import type { Rect } from './rect'
import type { SoftEdge } from './soft-edge'

export interface Overlay {
  /** Draws the mask anew within this rectangle of the target's own pixels; the tint fades as `soft` does. */
  paint(
    target: CanvasRenderingContext2D,
    mask: Pick<Mask, 'draw'>,
    at: Placement,
    rect: Rect,
    soft?: SoftEdge | null,
  ): void
}

/** Pixels of the edge. */
const edge = 2

/**
 * The region as it lies over the picture: a tint with a hatch, fainter where less of the model's picture will show, and an edge of black and white pieces, so that it shows
 * on any picture and to any eye.
 */
export function createOverlay(): Overlay {
  const region = document.createElement('canvas')
  const ring = document.createElement('canvas')
  const patterns = { hatch: hatchTile(), ants: antsTile() }
  return {
    paint(target, mask, at, rect, soft = null) {
      const { width, height } = target.canvas
      for (const each of [region, ring]) fit(each, width, height)
      const brush = region.getContext('2d')
      const outline = ring.getContext('2d')
      if (!brush || !outline || rect.width <= 0 || rect.height <= 0) return

      within(brush, rect, () => {
        brush.imageSmoothingEnabled = at.scale < 3
        mask.draw(brush, at, rect)
      })
      within(outline, rect, () => {
        for (const [x, y] of [
          [-edge, 0],
          [edge, 0],
          [0, -edge],
          [0, edge],
        ] as const)
          outline.drawImage(region, x, y)
        outline.globalCompositeOperation = 'destination-out'
        outline.drawImage(region, 0, 0)
        fillOver(outline, patterns.ants, rect)
      })
      const veil = (): void => {
        fillOver(brush, patterns.hatch, rect)
        if (soft) keepOf(brush, soft, at)
      }
      within(brush, rect, veil, true)
      within(target, rect, () => {
        target.drawImage(region, 0, 0)
        target.drawImage(ring, 0, 0)
      })
    },
  }
}

/** Of what is there, only the colours change. */
function fillOver(brush: CanvasRenderingContext2D, tile: HTMLCanvasElement, rect: Rect): void {
  brush.setTransform(1, 0, 0, 1, 0, 0)
  brush.globalCompositeOperation = 'source-in'
  brush.fillStyle = brush.createPattern(tile, 'repeat') ?? 'black'
  brush.fillRect(rect.x, rect.y, rect.width, rect.height)
}

/** Of what is there, as much is left as the soft edge says. */
function keepOf(brush: CanvasRenderingContext2D, { canvas, rect }: SoftEdge, at: Placement): void {
  const [x, y] = [at.x + rect.x * at.scale, at.y + rect.y * at.scale]
  brush.globalCompositeOperation = 'destination-in'
  brush.imageSmoothingEnabled = true
  brush.drawImage(canvas, x, y, rect.width * at.scale, rect.height * at.scale)
}

function within(brush: CanvasRenderingContext2D, rect: Rect, draw: () => void, isKept = false): void {
  brush.save()
  brush.setTransform(1, 0, 0, 1, 0, 0)
  brush.beginPath()
  brush.rect(rect.x, rect.y, rect.width, rect.height)
  brush.clip()
  if (!isKept) brush.clearRect(rect.x, rect.y, rect.width, rect.height)
  draw()
  brush.restore()
}

/** Exactly: what is left beyond the edge of a smaller target would be drawn into it. */
function fit(canvas: HTMLCanvasElement, width: number, height: number): void {
  if (canvas.width === width && canvas.height === height) return
  canvas.width = width
  canvas.height = height
}

/** A violet veil, with a light line and a dark one beside it at every eighth pixel. */
function hatchTile(): HTMLCanvasElement {
  return drawn(8, (brush) => {
    brush.fillStyle = 'rgb(98 70 234 / 0.42)'
    brush.fillRect(0, 0, 8, 8)
    for (let at = 0; at < 8; at += 1) {
      brush.fillStyle = 'rgb(255 255 255 / 0.6)'
      brush.fillRect(at, 7 - at, 1, 1)
      brush.fillStyle = 'rgb(20 10 60 / 0.45)'
      brush.fillRect(at, (8 - at) % 8, 1, 1)
    }
  })
}

function antsTile(): HTMLCanvasElement {
  return drawn(10, (brush) => {
    for (let x = 0; x < 10; x += 1)
      for (let y = 0; y < 10; y += 1) {
        brush.fillStyle = x < 5 === y < 5 ? 'white' : 'black'
        brush.fillRect(x, y, 1, 1)
      }
  })
}

function drawn(side: number, draw: (brush: CanvasRenderingContext2D) => void): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side })
  const brush = canvas.getContext('2d')
  if (brush) draw(brush)
  return canvas
}
