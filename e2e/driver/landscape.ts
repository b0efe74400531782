import type { Page } from '@playwright/test'

/** A landscape of hills under a sun, drawn by the window; a PNG. */
export async function landscape(page: Page, hue: number, width: number, height: number): Promise<Buffer> {
  const address = await page.evaluate(
    ([h, across, down]) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: across, height: down })
      const brush = canvas.getContext('2d')
      if (!brush) throw new Error('no canvas')
      const sky = brush.createLinearGradient(0, 0, 0, down)
      sky.addColorStop(0, `hsl(${h + 20} 60% 60%)`)
      sky.addColorStop(1, `hsl(${h - 10} 70% 88%)`)
      brush.fillStyle = sky
      brush.fillRect(0, 0, across, down)
      brush.fillStyle = `hsl(${h + 10} 90% 95%)`
      brush.arc(across * 0.7, down * 0.3, down / 10, 0, 7)
      brush.fill()
      for (let hill = 0; hill < 4; hill++) {
        brush.fillStyle = `hsl(${h} ${35 + hill * 6}% ${62 - hill * 13}%)`
        brush.beginPath()
        brush.moveTo(0, down)
        for (let x = 0; x <= across; x += 8)
          brush.lineTo(x, down * (0.5 + hill * 0.12 + 0.06 * Math.sin(x / (across / 7) + hill * 2 + h)))
        brush.lineTo(across, down)
        brush.fill()
      }
      return canvas.toDataURL('image/png')
    },
    [hue, width, height] as const,
  )
  return Buffer.from(address.slice(address.indexOf(',') + 1), 'base64')
}
