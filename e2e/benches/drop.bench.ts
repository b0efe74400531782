import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import type { Page } from 'playwright'
import { projectRoot, startElectron, usableAfter } from './lib/electron.ts'
import { memoryOfTree } from './lib/processes.ts'
import type { Provider } from './lib/provider.ts'
import { makeStateRoot } from './lib/state-root.ts'
import { median, rounded, type Row } from './lib/stats.ts'
import { watchFrames } from './lib/watch-frames.ts'

const files = 200
const imports = 500

/** The window while 200 files are dropped at once, and the memory of all processes before and after 500 imports. */
export async function benchDrop(provider: Provider): Promise<readonly Row[]> {
  const root = await makeStateRoot(provider.prefix, { chats: 1, messages: 2 })
  const running = await startElectron(projectRoot, { KHEISH_STATE_ROOT: root })
  await usableAfter(running)
  const { page } = running
  await page.waitForTimeout(3_000)
  const rootPid = running.child.pid ?? 0
  const taken = () => ({ all: memoryOfTree(rootPid), own: memoryOfTree(rootPid, 'Pss_Anon') })
  const start = taken()
  const dropped = makePictures(join(root, 'dropped'), files)

  const watch = await watchFrames(page)
  const begun = performance.now()
  await drop(page, dropped)
  await untilStored(page, files)
  const took = performance.now() - begun
  await page.waitForTimeout(500)
  const { gaps, tasks } = await watch()
  const worst = Math.max(...gaps)
  const bare = await dropOnBlank(dropped)

  await importMany(page, imports - files)
  await untilStored(page, imports)
  await page.waitForTimeout(5_000)
  const end = taken()
  // The process that looked at the files ends after a minute without work.
  await page.waitForTimeout(65_000)
  const rested = taken()
  await running.close()
  return [
    {
      bench: 'drop',
      figure: `longest frame of the window while ${files} pictures are dropped at once`,
      measured: rounded(worst, 0),
      reference: rounded(bare, 0),
      unit: 'ms',
      goal: '≤ 50',
      reached: worst <= 50,
      note: `${tasks.length} tasks over 50 ms (${rounded(Math.max(0, ...tasks), 0)} ms at most); all stored after ${rounded(took / 1000, 1)} s, ${rounded(median(gaps), 1)} ms the median frame; bare: a blank window that takes the files and does nothing with them`,
    },
    {
      bench: 'drop',
      figure: `memory (PSS of all processes) after ${imports} imports against the start`,
      measured: rounded(end.all / start.all),
      unit: '×',
      goal: '≤ 1.5',
      reached: end.all / start.all <= 1.5,
      note: `${told(start)} at the start, ${told(end)} five seconds after the last one, ${told(rested)} a minute later`,
    },
  ]
}

/** The longest frame in which the runtime alone hands so many files to a page. Milliseconds. */
async function dropOnBlank(paths: readonly string[]): Promise<number> {
  const blank = await startElectron(join(import.meta.dirname, 'blank'))
  await usableAfter(blank)
  const { page } = blank
  try {
    await page.evaluate(() => {
      addEventListener('dragover', (event) => event.preventDefault())
      addEventListener('drop', (event) => {
        event.preventDefault()
        Object.assign(window, { taken: [...(event.dataTransfer?.files ?? [])] })
      })
    })
    await page.waitForTimeout(2_000)
    const watch = await watchFrames(page)
    await drop(page, paths)
    await page.waitForTimeout(1_000)
    const { gaps } = await watch()
    const taken = await page.evaluate(() => (window as unknown as { taken?: unknown[] }).taken?.length)
    if (taken !== paths.length) throw new Error(`${taken} files came to the blank window`)
    return Math.max(...gaps)
  } finally {
    await blank.close()
  }
}

const told = ({ all, own }: { readonly all: number; readonly own: number }): string =>
  `${rounded(all, 0)} MiB (${rounded(own, 0)} without pages of files)`

/** JPEGs of 1,200 × 800, each another one. */
function makePictures(folder: string, count: number): readonly string[] {
  mkdirSync(folder, { recursive: true })
  const canvas = createCanvas(1_200, 800)
  const paint = canvas.getContext('2d')
  return Array.from({ length: count }, (_, at) => {
    paint.fillStyle = `hsl(${(at * 137) % 360} 60% 50%)`
    paint.fillRect(0, 0, 1_200, 800)
    paint.fillStyle = 'white'
    for (let dot = 0; dot < 400; dot += 1) {
      paint.fillRect((dot * (31 + at)) % 1_200, (dot * (17 + at)) % 800, 9, 9)
    }
    const path = join(folder, `picture-${at}.jpg`)
    writeFileSync(path, canvas.toBuffer('image/jpeg', 85))
    return path
  })
}

/** As a file manager drops them: the page gets real files with places of their own. */
async function drop(page: Page, paths: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [...paths], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 500, y: 300, data })
  }
  await session.detach()
}

/** Asked seldom, so that asking is no part of what is measured. */
async function untilStored(page: Page, count: number): Promise<void> {
  const until = Date.now() + 240_000
  for (;;) {
    const total = await page.evaluate(async () => {
      const answer = await window.kheish.ask('assets.list', { limit: 1 })
      return answer.ok ? (answer.value as { readonly total: number }).total : 0
    })
    if (total >= count) return
    if (Date.now() > until) throw new Error(`only ${total} of ${count} pictures were stored`)
    await page.waitForTimeout(500)
  }
}

/** One after the other, as pasted pictures: made in the page, without a place on the disk. */
async function importMany(page: Page, count: number): Promise<void> {
  await page.evaluate(async (length) => {
    const canvas = new OffscreenCanvas(1_600, 1_200)
    const paint = canvas.getContext('2d')
    if (!paint) throw new Error('no canvas')
    for (let at = 0; at < length; at += 1) {
      paint.fillStyle = `hsl(${(at * 97) % 360} 70% 40%)`
      paint.fillRect(0, 0, 1_600, 1_200)
      paint.fillStyle = 'black'
      for (let dot = 0; dot < 300; dot += 1) {
        paint.fillRect((dot * (13 + at)) % 1_600, (dot * (29 + at)) % 1_200, 11, 11)
      }
      const blob = await canvas.convertToBlob({ type: 'image/png' })
      const file = new File([blob], `pasted-${at}.png`, { type: 'image/png' })
      const answer = await window.kheish.importFile(file, `bench-${at}`)
      if (!answer.ok) throw new Error(answer.fault.code)
    }
  }, count)
}
