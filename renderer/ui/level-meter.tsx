import { useEffect, useRef } from 'react'

/** Bars of the last moments, newest at the right. */
const bars = 28
/** What assistive technology is told, at most so often (ms). */
const tellMs = 500

/** Draws itself in every frame, without React: it moves as soon as there is sound. */
export function LevelMeter(props: {
  readonly name: string
  readonly level: () => number
  readonly className?: string
}) {
  const { level } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const meter = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const paper = canvas.current?.getContext('2d')
    if (!paper || !canvas.current) return
    const { width, height } = sizeFor(canvas.current)
    const step = width / bars
    const { current: drawn } = canvas
    let colour = getComputedStyle(drawn).color
    const history: number[] = Array.from({ length: bars }, () => 0)
    let toldAt = 0
    let handle = requestAnimationFrame(function draw(at) {
      handle = requestAnimationFrame(draw)
      history.shift()
      history.push(level())
      paper.clearRect(0, 0, width, height)
      paper.fillStyle = colour
      for (const [i, value] of history.entries()) {
        const tall = Math.max(2, value * height)
        paper.fillRect(i * step, (height - tall) / 2, Math.max(1, step - 2), tall)
      }
      if (at - toldAt < tellMs) return
      toldAt = at
      // The theme may be another by now.
      colour = getComputedStyle(drawn).color
      meter.current?.setAttribute('aria-valuenow', String(Math.round(level() * 100)))
    })
    return () => cancelAnimationFrame(handle)
  }, [level])
  return (
    <div
      ref={meter}
      role="meter"
      aria-label={props.name}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
      className={props.className}
    >
      <canvas ref={canvas} aria-hidden="true" className="block h-full w-full" />
    </div>
  )
}

/** As many dots as the screen has. */
function sizeFor(canvas: HTMLCanvasElement): { readonly width: number; readonly height: number } {
  const { width, height } = canvas.getBoundingClientRect()
  canvas.width = Math.round(width * devicePixelRatio)
  canvas.height = Math.round(height * devicePixelRatio)
  return { width: canvas.width, height: canvas.height }
}
