import type { SKRSContext2D } from '@napi-rs/canvas'

/** The words of an order in a narrow band along the lower edge. */
export function caption(on: SKRSContext2D, text: string, width: number, height: number): void {
  const size = Math.max(8, Math.round(Math.min(width, height) * 0.035))
  const line = text.replace(/\s+/g, ' ').trim()
  const most = Math.max(8, Math.floor(width / (size * 0.62)))
  on.fillStyle = 'rgba(0,0,0,0.45)'
  on.fillRect(0, height - size * 2, width, size * 2)
  on.fillStyle = '#ffffff'
  on.font = `${size}px sans-serif`
  on.textBaseline = 'middle'
  on.fillText(line.length > most ? `${line.slice(0, most - 1)}…` : line, size * 0.8, height - size)
}
