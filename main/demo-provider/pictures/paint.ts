import type { Canvas } from '@napi-rs/canvas'
import { caption } from './caption'
import { drawings, ownColours } from './shapes'
import { chancesOf, numberOf, readPrompt, type Thing } from './words'

export interface PaintOrder {
  readonly prompt: string
  readonly width: number
  readonly height: number
  readonly seed: number
  /** Nothing behind what is drawn. */
  readonly isTransparent: boolean
}

const palette = ['#274060', '#1b5e63', '#5b3a6b', '#8a4b2f', '#2d4739', '#6a2c46']

/** Draws what a prompt names, in its colours, with its words below. The same order gives the same picture. */
export async function paint({ prompt, width, height, seed, isTransparent }: PaintOrder): Promise<Canvas> {
  // A native library, loaded by whoever wants a picture.
  const { createCanvas } = await import('@napi-rs/canvas')
  const canvas = createCanvas(width, height)
  const on = canvas.getContext('2d')
  const chance = chancesOf(seed)
  const scene = readPrompt(prompt)
  if (!isTransparent) {
    on.fillStyle = scene.background ?? palette[numberOf(prompt) % palette.length] ?? '#274060'
    on.fillRect(0, 0, width, height)
    const light = on.createLinearGradient(0, 0, 0, height)
    light.addColorStop(0, 'rgba(255,255,255,0.14)')
    light.addColorStop(1, 'rgba(0,0,0,0.14)')
    on.fillStyle = light
    on.fillRect(0, 0, width, height)
  }
  const edge = Math.min(width, height)
  for (let dot = 0; dot < 40; dot++) {
    on.fillStyle = `rgba(255,255,255,${(0.05 + chance() * 0.12).toFixed(3)})`
    on.beginPath()
    on.arc(chance() * width, chance() * height, edge * (0.004 + chance() * 0.014), 0, Math.PI * 2)
    on.fill()
  }
  const things: readonly Thing[] =
    scene.things.length > 0
      ? scene.things
      : [{ shape: seed % 2 === 0 ? 'circle' : 'star', colour: '#f4efe4' }]
  // What is far away is drawn first.
  const far = (thing: Thing) => (thing.shape === 'mountain' || thing.shape === 'sea' ? 0 : 1)
  const near = things.filter((thing) => far(thing) === 1)
  for (const thing of [...things].sort((a, b) => far(a) - far(b))) {
    const at = near.indexOf(thing)
    const colour = thing.colour ?? ownColours[thing.shape]
    on.fillStyle = colour
    const share = Math.max(1, near.length)
    drawings[thing.shape](on, {
      x: at < 0 ? width / 2 : (width * (at + 0.5)) / share,
      y: height * 0.48,
      r: Math.min(edge * 0.3, (width / share) * 0.42),
      colour,
      width,
      height,
    })
  }
  caption(on, prompt, width, height)
  return canvas
}
