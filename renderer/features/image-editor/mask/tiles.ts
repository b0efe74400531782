import { clipped, isNothing, type Rect } from './rect'

/** Side of a tile in pixels: a megabyte of canvas. */
export const tileSide = 512

/** The tiles of a picture that a rectangle touches, row by row; one at the edge is cut. */
export function tilesUnder(rect: Rect, width: number, height: number): readonly number[] {
  const inside = clipped(rect, width, height)
  if (isNothing(inside)) return []
  const across = tilesAcross(width)
  const found: number[] = []
  const lastRow = Math.floor((inside.y + inside.height - 1) / tileSide)
  const lastColumn = Math.floor((inside.x + inside.width - 1) / tileSide)
  for (let row = Math.floor(inside.y / tileSide); row <= lastRow; row += 1)
    for (let column = Math.floor(inside.x / tileSide); column <= lastColumn; column += 1)
      found.push(row * across + column)
  return found
}

export function tileRect(tile: number, width: number, height: number): Rect {
  const across = tilesAcross(width)
  const x = (tile % across) * tileSide
  const y = Math.floor(tile / across) * tileSide
  return { x, y, width: Math.min(tileSide, width - x), height: Math.min(tileSide, height - y) }
}

const tilesAcross = (width: number): number => Math.ceil(width / tileSide)
