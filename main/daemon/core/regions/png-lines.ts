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
    for (let x = 0; x < step; x += 1) to[x + 1] = (own[x] as number) - (above[x] as number)
    for (let x = step; x < line; x += 1) {
      const guess = nearest(own[x - step] as number, above[x] as number, above[x - step] as number)
      to[x + 1] = (own[x] as number) - guess
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
    for (let x = 0; x < step; x += 1) own[x] = (own[x] as number) + (above[x] as number)
    for (let x = step; x < own.length; x += 1) {
      const guess = nearest(own[x - step] as number, above[x] as number, above[x - step] as number)
      own[x] = (own[x] as number) + guess
    }
  },
]

function nearest(left: number, up: number, corner: number): number {
  let byLeft = up - corner
  let byUp = left - corner
  let byCorner = byLeft + byUp
  if (byLeft < 0) byLeft = -byLeft
  if (byUp < 0) byUp = -byUp
  if (byCorner < 0) byCorner = -byCorner
  if (byLeft <= byUp && byLeft <= byCorner) return left
  return byUp <= byCorner ? up : corner
}
