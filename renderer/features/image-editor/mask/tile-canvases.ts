import type { Tiled } from './history'
import type { Rect } from './rect'
import { tileRect, tileSide, tilesUnder } from './tiles'

type Brush = OffscreenCanvasRenderingContext2D
type Canvas = OffscreenCanvas
export type Target = Brush | CanvasRenderingContext2D

/** Pixels of the screen per pixel of the picture, and where the picture begins on the screen. */
export interface Placement {
  readonly scale: number
  readonly x: number
  readonly y: number
}

export interface TileCanvases extends Tiled<Canvas | null> {
  /** `draw` is called for each tile, in pixels of the picture. */
  paint(under: readonly number[], draw: (brush: Brush) => void): void
  filled(): readonly number[]
  /** Whether anything is drawn. Tiles that turn out to hold nothing are let go of on the way. */
  hasAny(): boolean
  draw(target: Target, at: Placement, rect: Rect): void
}

/**
 * A canvas of any size in tiles, made where something is drawn. One large canvas would be copied whole whenever
 * something is drawn onto it while a picture of it is still in use, which is at every frame of a stroke.
 */
export function createTileCanvases(width: number, height: number): TileCanvases {
  const tiles = new Map<number, Canvas>()
  /** Drawn on since they were last looked at. */
  const unsure = new Set<number>()
  const all = tilesUnder({ x: 0, y: 0, width, height }, width, height)
  const rectOf = (tile: number): Rect => tileRect(tile, width, height)

  function canvasOf(tile: number): Canvas {
    const kept = tiles.get(tile)
    if (kept) return kept
    const rect = rectOf(tile)
    const made = new OffscreenCanvas(rect.width, rect.height)
    tiles.set(tile, made)
    return made
  }

  function paint(under: readonly number[], draw: (brush: Brush) => void): void {
    for (const tile of under) {
      const brush = canvasOf(tile).getContext('2d')
      const { x, y } = rectOf(tile)
      unsure.add(tile)
      brush?.save()
      brush?.translate(-x, -y)
      if (brush) draw(brush)
      brush?.restore()
    }
  }

  return {
    paint,
    filled: () => [...tiles.keys()],
    keep(tile) {
      const held = tiles.get(tile)
      if (!held) return null
      const copy = new OffscreenCanvas(held.width, held.height)
      copy.getContext('2d')?.drawImage(held, 0, 0)
      tiles.set(tile, copy)
      return held
    },
    swap(tile, patch) {
      const held = tiles.get(tile) ?? null
      if (patch) tiles.set(tile, patch)
      else tiles.delete(tile)
      unsure.add(tile)
      return held
    },
    bytesOf: (patch) => (patch ? patch.width * patch.height * 4 : 0),
    invert: () =>
      paint(all, (brush) => {
        brush.globalCompositeOperation = 'xor'
        brush.fillRect(0, 0, width, height)
      }),
    hasAny() {
      for (const [tile, canvas] of tiles) {
        if (!unsure.has(tile)) return true
        unsure.delete(tile)
        if (!isEmpty(canvas)) return true
        tiles.delete(tile)
      }
      return false
    },
    draw(target, at, rect) {
      // A pixel more on every side: tiles are laid to whole pixels of the screen.
      const seen = {
        x: Math.floor((rect.x - at.x - 1) / at.scale),
        y: Math.floor((rect.y - at.y - 1) / at.scale),
        width: Math.ceil((rect.width + 2) / at.scale) + 1,
        height: Math.ceil((rect.height + 2) / at.scale) + 1,
      }
      for (const tile of tilesUnder(seen, width, height)) {
        const canvas = tiles.get(tile)
        if (!canvas) continue
        const { x, y } = rectOf(tile)
        // To whole pixels of the screen: between two smoothed edges there would be a seam.
        const left = Math.round(at.x + x * at.scale)
        const top = Math.round(at.y + y * at.scale)
        const right = Math.round(at.x + (x + canvas.width) * at.scale)
        const bottom = Math.round(at.y + (y + canvas.height) * at.scale)
        target.drawImage(canvas, left, top, right - left, bottom - top)
      }
    },
  }
}

let reader: Brush | null = null

/** By a canvas of its own: one whose pixels are read is drawn by the processor from then on. */
function isEmpty(canvas: Canvas): boolean {
  reader ??= new OffscreenCanvas(tileSide, tileSide).getContext('2d', { willReadFrequently: true })
  if (!reader) return false
  reader.clearRect(0, 0, tileSide, tileSide)
  reader.drawImage(canvas, 0, 0)
  const pixels = new Uint32Array(reader.getImageData(0, 0, canvas.width, canvas.height).data.buffer)
  return !pixels.some((pixel) => pixel !== 0)
}
