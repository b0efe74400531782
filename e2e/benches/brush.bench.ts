import type { Page } from 'playwright'
import { projectRoot, startElectron, usableAfter } from './lib/electron.ts'
import type { Provider } from './lib/provider.ts'
import { makeStateRoot } from './lib/state-root.ts'
import { median, quantile, rounded, type Row } from './lib/stats.ts'
import { watchFrames } from './lib/watch-frames.ts'

const across = 6_000
const down = 4_000
const strokeMs = 4_000

/**
 * Frames of the image editor while a picture of 24 megapixels is brushed over. The store keeps pictures of up to 2,048
 * pixels, so the stage is given a larger one than a person could open: the page's own `Image` loads it in the place of
 * the stored one, and the mask is as large as what was loaded.
 */
export async function benchBrush(provider: Provider): Promise<readonly Row[]> {
  const root = await makeStateRoot(provider.prefix, { chats: 1, messages: 2 })
  const running = await startElectron(projectRoot, { KHEISH_STATE_ROOT: root })
  await usableAfter(running)
  const { page } = running
  try {
    await openLarge(page)
    const rows: Row[] = []
    for (const zoom of ['fitted', 'at its real size'] as const) {
      if (zoom === 'at its real size') await page.keyboard.press('1')
      // The first stroke finds everything cold.
      await stroke(page, 1_000, true)
      const idle = await framesWhile(page, () => stroke(page, strokeMs, false))
      const painting = await framesWhile(page, () => stroke(page, strokeMs, true))
      const { rate, gaps, tasks } = painting
      rows.push({
        bench: 'brush',
        figure: `frames while ${across} × ${down} pixels are brushed over, ${zoom}`,
        measured: rounded(rate, 1),
        reference: rounded(idle.rate, 1),
        unit: '/s',
        goal: '≥ 58',
        reached: rate >= 58,
        note: `frame ${rounded(median(gaps), 1)} ms median, ${rounded(quantile(gaps, 0.95), 1)} ms p95, ${rounded(Math.max(...gaps), 0)} ms at most; ${tasks.length} tasks over 50 ms; the bare figure is the same pointer without painting`,
      })
    }
    return rows
  } finally {
    await running.close()
  }
}

/** Opens a small picture in the editor, and has the large one loaded in its place. */
async function openLarge(page: Page): Promise<void> {
  await page.evaluate(
    async ([width, height]) => {
      const canvas = new OffscreenCanvas(width, height)
      const paint = canvas.getContext('2d')
      if (!paint) throw new Error('no canvas')
      for (let at = 0; at < 600; at += 1) {
        paint.fillStyle = `hsl(${(at * 97) % 360} 60% ${30 + (at % 50)}%)`
        paint.fillRect((at * 613) % width, (at * 397) % height, 700, 500)
      }
      const large = URL.createObjectURL(await canvas.convertToBlob({ type: 'image/jpeg' }))
      const small = new OffscreenCanvas(60, 40)
      small.getContext('2d')?.fillRect(0, 0, 60, 40)
      const file = new File([await small.convertToBlob()], 'bench.png', { type: 'image/png' })
      const answer = await window.kheish.importFile(file, 'bench-brush')
      if (!answer.ok) throw new Error(answer.fault.code)
      const Plain = window.Image
      window.Image = class extends Plain {
        override set src(address: string) {
          super.src = address.startsWith('asset://raw/') ? large : address
        }
        override get src(): string {
          return super.src
        }
      }
    },
    [across, down] as const,
  )
  await page.keyboard.press('ControlOrMeta+Shift+L')
  await page.locator('[data-asset]').first().click()
  await page.getByRole('button', { name: 'Edit image' }).click()
  await page.locator('[data-stage] canvas').first().waitFor()
  const slider = page.getByRole('slider', { name: 'Brush size' })
  await slider.fill('75')
  await page.locator('[data-stage]').focus()
}

/** Round and round over the middle of the stage. */
async function stroke(page: Page, forMs: number, isPainting: boolean): Promise<void> {
  const box = await page.locator('[data-stage]').boundingBox()
  if (!box) throw new Error('there is no stage')
  const to = (turn: number) =>
    page.mouse.move(
      box.x + box.width * (0.5 + 0.35 * Math.cos(turn)),
      box.y + box.height * (0.5 + 0.2 * Math.sin(turn * 1.7)),
    )
  await to(0)
  if (isPainting) await page.mouse.down()
  const begun = performance.now()
  for (let turn = 0; performance.now() - begun < forMs; turn += 0.03) await to(turn)
  if (isPainting) await page.mouse.up()
}

async function framesWhile(page: Page, work: () => Promise<void>) {
  const watch = await watchFrames(page)
  await work()
  const { gaps, tasks } = await watch()
  // The first one began before the work.
  const counted = gaps.slice(1)
  const spent = counted.reduce((sum, gap) => sum + gap, 0)
  return { rate: (counted.length / spent) * 1_000, gaps: counted, tasks }
}
