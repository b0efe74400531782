/** Pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** In pixels of a picture. */
export interface Box extends Size {
  readonly x: number
  readonly y: number
}

/** Four bytes a pixel, not premultiplied: red, green, blue, alpha. */
export interface Pixels extends Size {
  readonly data: Uint8ClampedArray
}

/** One byte a pixel: how much of it may change. */
export interface Mask extends Size {
  readonly data: Uint8Array
}

export const whole = ({ width, height }: Size): Box => ({ x: 0, y: 0, width, height })

export const isWithin = (box: Box, { width, height }: Size): boolean =>
  Math.min(box.x, box.y) >= 0 &&
  Math.min(box.width, box.height) > 0 &&
  box.x + box.width <= width &&
  box.y + box.height <= height
