import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { _electron } from '@playwright/test'
import { connected } from '../driver/chat'
import { dropFiles, solidPng, writeTestFile } from '../driver/files'
import { canPress } from '../driver/in-front'
import { electronBinary } from '../driver/launch-app'
import { expect, test } from '../driver/test'

const run = promisify(execFile)

/** The mouse of the display, not of the page: only its moves make a drag of the system. */
const mouse = {
  to: (x: number, y: number) => run('xdotool', ['mousemove', String(x), String(y)]),
  press: () => run('xdotool', ['mousedown', '1']),
  release: () => run('xdotool', ['mouseup', '1']),
}

test.skip(!canPress(), 'Nothing here moves the mouse of the display.')

test('an asset is dragged out of the library into another application, as its own file', async ({
  launch,
  provider,
}) => {
  const app = await launch(connected(provider))
  const { page } = app
  await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0, width: 1100, height: 780 }),
  )
  const file = writeTestFile('meadow.png', solidPng(300, 200, [90, 160, 60]))
  await page.keyboard.press('ControlOrMeta+Shift+L')
  await dropFiles(page, [file])
  const cell = page.locator('[data-asset]', { hasText: 'meadow.png' })
  const box = await cell.boundingBox()
  if (!box) throw new Error('The asset is not in view.')

  const other = await _electron.launch({
    args: [join(import.meta.dirname, '../driver/drop-target')],
    ...(electronBinary ? { executablePath: electronBinary } : {}),
    chromiumSandbox: false,
  })
  const target = await other.firstWindow()
  await target.waitForLoadState()
  const origin = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getContentBounds(),
  )
  const from = { x: (origin?.x ?? 0) + box.x + box.width / 2, y: (origin?.y ?? 0) + box.y + box.height / 2 }
  const stepTo = async (x: number, y: number) => {
    await mouse.to(Math.round(x), Math.round(y))
    await page.waitForTimeout(60)
  }
  await stepTo(from.x, from.y)
  await mouse.press()
  for (let step = 1; step <= 5; step++) await stepTo(from.x + step * 8, from.y)
  await expect(async () => {
    for (const [x, y] of [
      [1_160, 100],
      [1_300, 200],
      [1_310, 210],
    ] as const)
      await stepTo(x, y)
    await mouse.release()
    await expect.poll(() => target.evaluate('dropped.length'), { timeout: 1_000 }).toBe(1)
  }).toPass({ timeout: 5_000 })
  const [dropped] = (await target.evaluate('dropped')) as { name: string; bytes: number[] }[]
  expect(dropped?.name).toBe('meadow.png')
  const listed = await app.ask('assets.list')
  const sha256 = createHash('sha256')
    .update(Buffer.from(dropped?.bytes ?? []))
    .digest('hex')
  expect(listed).toMatchObject({ ok: true, value: { assets: [{ sha256 }] } })
  await other.close()
})
