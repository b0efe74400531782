import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { _electron, type Locator } from '@playwright/test'
import type { AssetRow } from '@contract/assets'
import { connected } from '../driver/chat'
import { dropFiles, solidPng, writeTestFile } from '../driver/files'
import { editorOf } from '../driver/image-editor'
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

/** Into the other window and through it, as a hand does. */
const overTarget: readonly (readonly [number, number])[] = [
  [1_160, 100],
  [1_300, 200],
  [1_310, 210],
]

test.skip(!canPress(), 'Nothing here moves the mouse of the display.')

test('assets are dragged out of the library and the editor into another application, as their own files', async ({
  launch,
  provider,
}) => {
  const app = await launch(connected(provider))
  const { page } = app
  await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0, width: 1100, height: 780 }),
  )
  const other = await _electron.launch({
    args: [join(import.meta.dirname, '../driver/drop-target')],
    ...(electronBinary ? { executablePath: electronBinary } : {}),
    chromiumSandbox: false,
  })
  const target = await other.firstWindow()
  await target.waitForLoadState()

  const stepTo = async (x: number, y: number) => {
    await mouse.to(Math.round(x), Math.round(y))
    await page.waitForTimeout(60)
  }
  /** Answers the name and the digest of what arrived. */
  async function dragOut(from: Locator, count: number) {
    const box = await from.boundingBox()
    const origin = await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getContentBounds(),
    )
    if (!box || !origin) throw new Error('What is dragged is not in view.')
    const [x, y] = [origin.x + box.x + box.width / 2, origin.y + box.y + box.height / 2]
    await stepTo(x, y)
    await mouse.press()
    for (let step = 1; step <= 5; step++) await stepTo(x + step * 8, y)
    await expect(async () => {
      for (const spot of overTarget) await stepTo(...spot)
      await mouse.release()
      await expect.poll(() => target.evaluate('dropped.length'), { timeout: 1_000 }).toBe(count)
    }).toPass({ timeout: 5_000 })
    const { name, bytes } = (await target.evaluate('dropped.at(-1)')) as { name: string; bytes: number[] }
    return { name, sha256: createHash('sha256').update(Buffer.from(bytes)).digest('hex') }
  }
  const newest = async () => {
    const listed = await app.ask('assets.list', { limit: 1 })
    if (!listed.ok) throw new Error(listed.fault.code)
    const [row] = (listed.value as { readonly assets: readonly AssetRow[] }).assets
    return row && { name: row.file_name, sha256: row.sha256 }
  }

  await page.keyboard.press('ControlOrMeta+Shift+L')
  await dropFiles(page, [writeTestFile('meadow.png', solidPng(300, 200, [90, 160, 60]))])
  const cell = page.locator('[data-asset]', { hasText: 'meadow.png' })
  await cell.waitFor()
  const dropped = await dragOut(cell, 1)
  expect(dropped.name).toBe('meadow.png')
  expect(dropped).toEqual(await newest())

  await cell.click()
  await page.getByRole('region', { name: 'Library' }).getByRole('button', { name: 'Edit image' }).click()
  const editor = editorOf(page)
  await editor.instruction.fill('A red balloon')
  await editor.button('Apply edit').click()
  await editor.region.getByRole('radio', { name: 'Side by side' }).click({ timeout: 30_000 })
  expect(await dragOut(editor.region.getByRole('img', { name: /^After: / }), 2)).toEqual(await newest())
  await other.close()
})
