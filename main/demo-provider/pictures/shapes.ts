import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Shape } from './words'

interface Place {
  /** Centre and half of the height, in pixels. */
  readonly x: number
  readonly y: number
  readonly r: number
  readonly colour: string
  readonly width: number
  readonly height: number
}
type Draw = (on: SKRSContext2D, place: Place) => void

const polygon = (on: SKRSContext2D, points: readonly (readonly [number, number])[]) => {
  on.beginPath()
  points.forEach(([x, y], at) => (at === 0 ? on.moveTo(x, y) : on.lineTo(x, y)))
  on.closePath()
  on.fill()
}
const disc = (on: SKRSContext2D, x: number, y: number, r: number) => {
  on.beginPath()
  on.arc(x, y, r, 0, Math.PI * 2)
  on.fill()
}
const around = (count: number, x: number, y: number, radius: (at: number) => number) =>
  Array.from({ length: count }, (_, at) => {
    const angle = (at / count) * Math.PI * 2 - Math.PI / 2
    return [x + Math.cos(angle) * radius(at), y + Math.sin(angle) * radius(at)] as const
  })

/** How each thing is drawn, in the colour that is set. */
export const drawings: Readonly<Record<Shape, Draw>> = {
  circle: (on, { x, y, r }) => disc(on, x, y, r),
  square: (on, { x, y, r }) => on.fillRect(x - r, y - r, r * 2, r * 2),
  triangle: (on, { x, y, r }) =>
    polygon(on, [
      [x, y - r],
      [x + r, y + r],
      [x - r, y + r],
    ]),
  star: (on, { x, y, r }) =>
    polygon(
      on,
      around(10, x, y, (at) => (at % 2 === 0 ? r : r * 0.42)),
    ),
  sun: (on, { x, y, r }) => {
    polygon(
      on,
      around(32, x, y, (at) => (at % 2 === 0 ? r : r * 0.72)),
    )
    disc(on, x, y, r * 0.7)
  },
  moon: (on, { x, y, r }) => {
    on.beginPath()
    on.arc(x, y, r, 0.35 * Math.PI, 1.65 * Math.PI)
    on.arc(x + r * 0.55, y, r * 0.9, 1.5 * Math.PI, 0.5 * Math.PI, true)
    on.fill()
  },
  mountain: (on, { x, y, r, width, height }) => {
    polygon(on, [
      [x - width * 0.45, height],
      [x - r * 0.6, y - r * 0.4],
      [x, y + r * 0.3],
      [x + r * 0.7, y - r],
      [x + width * 0.45, height],
    ])
  },
  tree: (on, { x, y, r }) => {
    for (const step of [0, 1, 2]) {
      const top = y - r + step * r * 0.45
      const half = r * (0.45 + step * 0.15)
      polygon(on, [
        [x, top],
        [x + half, top + r * 0.7],
        [x - half, top + r * 0.7],
      ])
    }
    on.fillStyle = '#6b4a30'
    on.fillRect(x - r * 0.1, y + r * 0.6, r * 0.2, r * 0.4)
  },
  house: (on, { x, y, r }) => {
    on.fillRect(x - r * 0.7, y - r * 0.2, r * 1.4, r * 1.2)
    on.fillStyle = '#5a2f2a'
    polygon(on, [
      [x - r * 0.9, y - r * 0.2],
      [x, y - r],
      [x + r * 0.9, y - r * 0.2],
    ])
  },
  sea: (on, { width, height }) => on.fillRect(0, height * 0.66, width, height * 0.34),
  flower: (on, { x, y, r }) => {
    for (const [px, py] of around(6, x, y, () => r * 0.55)) disc(on, px, py, r * 0.4)
    on.fillStyle = '#f2c431'
    disc(on, x, y, r * 0.35)
  },
  cat: (on, { x, y, r }) => {
    disc(on, x, y, r * 0.8)
    for (const side of [-1, 1]) {
      polygon(on, [
        [x + side * r * 0.75, y - r],
        [x + side * r * 0.8, y - r * 0.2],
        [x + side * r * 0.15, y - r * 0.7],
      ])
    }
    on.fillStyle = '#17181c'
    for (const side of [-1, 1]) disc(on, x + side * r * 0.32, y - r * 0.12, r * 0.1)
  },
}

/** In which colour a thing is drawn that has none of its own. */
export const ownColours: Readonly<Record<Shape, string>> = {
  circle: '#d03a2b',
  square: '#2f6fd0',
  triangle: '#2f9e5f',
  star: '#f2c431',
  sun: '#f7b733',
  moon: '#f4ecc6',
  mountain: '#6a7486',
  tree: '#2f7d4f',
  house: '#c98b5e',
  sea: '#256a9e',
  flower: '#e86aa6',
  cat: '#7d6a58',
}
