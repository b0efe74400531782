/**
 * Lines of a PNG as they are packed: each with one byte more, its filter. `step` is the bytes of a pixel, `line` those
 * of a line without that byte (PNG specification, 9.2).
 */
export interface PngLines {
  readonly line: number
  readonly step: number
  readonly height: number
}

export const packedLength = ({ line, height }: PngLines): number => (line + 1) * height

/** Foretells each byte from its three neighbours, which packs photographs well and drawings hardly worse. */
export function foretold(bytes: Uint8Array | Uint8ClampedArray, lines: PngLines): Uint8Array {
  const { line, step, height } = lines
  const packed = new Uint8Array(packedLength(lines))
  const nothing = new Uint8Array(line)
  for (let y = 0; y < height; y += 1) {
    const own = bytes.subarray(y * line, (y + 1) * line)
    const above = y === 0 ? nothing : bytes.subarray((y - 1) * line, y * line)
    const to = packed.subarray(y * (line + 1), (y + 1) * (line + 1))
    to[0] = 4
    for (let channel = 0; channel < step; channel += 1) {
      let [left, corner] = [0, 0]
      for (let x = channel; x < line; x += step) {
        const up = above[x] as number
        const byte = own[x] as number
        to[x + 1] = byte - nearest(left, up, corner)
        left = byte
        corner = up
      }
    }
  }
  return packed
}

/** The bytes without their filters; undefined for a filter that does not exist. */
export function unpacked(packed: Uint8Array, { line, step, height }: PngLines): Uint8Array | undefined {
  const bytes = new Uint8Array(line * height)
  let above: Uint8Array = new Uint8Array(line)
  for (let y = 0; y < height; y += 1) {
    const from = y * (line + 1)
    const own = bytes.subarray(y * line, (y + 1) * line)
    own.set(packed.subarray(from + 1, from + 1 + line))
    const filter = packed[from] as number
    if (filter > 4) return undefined
    undo[filter]?.(own, above, step)
    above = own
  }
  return bytes
}

type Undo = (own: Uint8Array, above: Uint8Array, step: number) => void

/** By the number of the filter: nothing, left, above, their mean, whichever of three is nearest. */
const undo: readonly Undo[] = [
  () => undefined,
  (own, _, step) => {
    for (let x = step; x < own.length; x += 1) own[x] = (own[x] as number) + (own[x - step] as number)
  },
  (own, above) => {
    for (let x = 0; x < own.length; x += 1) own[x] = (own[x] as number) + (above[x] as number)
  },
  (own, above, step) => {
    for (let x = 0; x < own.length; x += 1) {
      const left = x < step ? 0 : (own[x - step] as number)
      own[x] = (own[x] as number) + ((left + (above[x] as number)) >> 1)
    }
  },
  (own, above, step) => {
    for (let channel = 0; channel < step; channel += 1) {
      let [left, corner] = [0, 0]
      for (let x = channel; x < own.length; x += step) {
        const up = above[x] as number
        left = ((own[x] as number) + nearest(left, up, corner)) & 255
        own[x] = left
        corner = up
      }
    }
  },
]

/** Whichever is nearest to left + up − corner, the first of equals. Without branches: noise makes them guesses. */
function nearest(left: number, up: number, corner: number): number {
  const byLeft = size(up - corner)
  const byUp = size(left - corner)
  const byCorner = size(left + up - 2 * corner)
  const isNotLeft = ((byUp - byLeft) | (byCorner - byLeft)) >> 31
  const isNotUp = (byCorner - byUp) >> 31
  return (left & ~isNotLeft) | (isNotLeft & ((up & ~isNotUp) | (corner & isNotUp)))
}

const size = (value: number): number => (value ^ (value >> 31)) - (value >> 31)
