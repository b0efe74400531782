export const tools = ['brush', 'eraser', 'rectangle', 'lasso'] as const
export type Tool = (typeof tools)[number]

/** How a region is marked; the same for every picture. */
export interface Hand {
  readonly tool: Tool
  /** Place of the slider, 0 to 100. */
  readonly size: number
}

export const toolKeys: Readonly<Record<Tool, string>> = {
  brush: 'B',
  eraser: 'E',
  rectangle: 'R',
  lasso: 'L',
}

/** Corners of the rectangle between two spots. */
export function corners(
  one: { readonly x: number; readonly y: number },
  other: { readonly x: number; readonly y: number },
) {
  return [one, { x: other.x, y: one.y }, other, { x: one.x, y: other.y }] as const
}
