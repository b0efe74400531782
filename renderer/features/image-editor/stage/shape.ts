import type { Spot } from '../mask/rect'
import { corners, type Tool } from './tools'

/** A rectangle or lasso that is being drawn; `loose` follows the pointer or the keys. */
export interface Shape {
  readonly tool: 'rectangle' | 'lasso'
  readonly spots: readonly Spot[]
  readonly loose: Spot
  readonly isErasing: boolean
}

export const isShapeTool = (tool: Tool): tool is Shape['tool'] => tool === 'rectangle' || tool === 'lasso'

/** The area it would mark now. */
export function areaOf({ tool, spots, loose }: Shape): readonly Spot[] {
  const [first] = spots
  if (!first) return []
  return tool === 'rectangle' ? corners(first, loose) : [...spots, loose]
}

/** A lasso takes another corner where the pointer has really moved. */
export function withSpot(shape: Shape, spot: Spot, least: number): Shape {
  const last = shape.spots.at(-1)
  const isFar = !last || Math.hypot(spot.x - last.x, spot.y - last.y) >= least
  return {
    ...shape,
    loose: spot,
    spots: shape.tool === 'lasso' && isFar ? [...shape.spots, spot] : shape.spots,
  }
}
