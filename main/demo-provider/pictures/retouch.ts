import type { Canvas, Image } from '@napi-rs/canvas'
import { caption } from './caption'
import { colourOf } from './words'

export interface RetouchOrder {
  readonly instruction: string
  readonly width: number
  readonly height: number
}

type Pixel = (r: number, g: number, b: number, y: number) => readonly [number, number, number]

const brightness = (r: number, g: number, b: number) => 0.299 * r + 0.587 * g + 0.114 * b
const scaled =
  (factor: number): Pixel =>
  (r, g, b) => [r * factor, g * factor, b * factor]

/** `y` is 0 at the upper edge and 1 at the lower one. */
const effects: readonly { readonly is: RegExp; readonly to: Pixel }[] = [
  {
    is: /black (and|&) white|gr[ae]yscale|monochrome|schwarz[- ]?wei(ß|ss)|graustufen/i,
    to: (r, g, b) => {
      const grey = brightness(r, g, b)
      return [grey, grey, grey]
    },
  },
  { is: /invert|negative|negativ|umkehren/i, to: (r, g, b) => [255 - r, 255 - g, 255 - b] },
  { is: /bright|lighter|heller|aufhellen/i, to: (r, g, b) => [r + 60, g + 60, b + 60] },
  { is: /dark|dunkler|abdunkeln|night|nacht/i, to: scaled(0.5) },
  {
    is: /sepia|vintage|old photo|alt\w* foto/i,
    to: (r, g, b) => {
      const grey = brightness(r, g, b)
      return [grey * 1.07 + 20, grey * 0.95 + 8, grey * 0.72]
    },
  },
]

/** Nothing that is known was asked for: the colours change places, so that everybody sees it. */
const shiftHue: Pixel = (r, g, b) => [b, r, g]

/** Lays a colour over the picture; over its upper part where the sky is meant. */
function tint(hex: string, isSky: boolean): Pixel {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16))
  return (r, g, b, y) => {
    const share = isSky ? Math.max(0, 0.75 - y) : 0.55
    const mix = (from: number, to: number) => from + (to - from) * share
    return [mix(r, red), mix(g, green), mix(b, blue)]
  }
}

function effectOf(instruction: string): Pixel | 'blur' {
  const found = effects.find(({ is }) => is.test(instruction))
  if (found) return found.to
  if (/blur|soft|unscharf|weichzeichnen|verwischen/i.test(instruction)) return 'blur'
  const colour = (instruction.match(/\p{L}+/gu) ?? []).map(colourOf).find((one) => one !== undefined)
  return colour ? tint(colour, /\b(sky|himmel)\b/i.test(instruction)) : shiftHue
}

/** Changes a picture as the instruction's words say, scales it to fill the size, and writes the instruction below. */
export async function retouch(source: Image, { instruction, width, height }: RetouchOrder): Promise<Canvas> {
  const { createCanvas } = await import('@napi-rs/canvas')
  const canvas = createCanvas(width, height)
  const on = canvas.getContext('2d')
  const effect = effectOf(instruction)
  const scale = Math.max(width / source.width, height / source.height)
  const [across, down] = [source.width * scale, source.height * scale]
  if (effect === 'blur') on.filter = `blur(${Math.max(2, Math.round(Math.min(width, height) * 0.02))}px)`
  on.drawImage(source, (width - across) / 2, (height - down) / 2, across, down)
  on.filter = 'none'
  if (effect !== 'blur') {
    const pixels = on.getImageData(0, 0, width, height)
    const { data } = pixels
    for (let at = 0; at < data.length; at += 4) {
      const [r, g, b] = effect(
        data[at] ?? 0,
        data[at + 1] ?? 0,
        data[at + 2] ?? 0,
        Math.floor(at / 4 / width) / height,
      )
      data[at] = r
      data[at + 1] = g
      data[at + 2] = b
    }
    on.putImageData(pixels, 0, 0)
  }
  caption(on, instruction, width, height)
  return canvas
}
