import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AssetView } from '@contract/assets'
import { connected, lastAnswer, messageBox } from '../driver/chat'
import { dropFiles, writeTestFile } from '../driver/files'
import { assetNamed, brushOver, editFromLibrary, editorOf, versionsOf } from '../driver/image-editor'
import { landscape } from '../driver/landscape'
import { expect, test } from '../driver/test'

test('a dropped photo is brushed, edited, compared, edited again, and its tree outlives a restart', async ({
  launch,
  provider,
}) => {
  test.setTimeout(180_000)
  await provider.clear()
  const app = await launch(connected(provider))
  const { page } = app
  const editor = editorOf(page)

  await test.step('drop a photo and open it', async () => {
    await messageBox(page).click()
    await dropFiles(page, [writeTestFile('photo.png', await landscape(page, 205, 900, 600))])
    const tile = page.getByRole('list', { name: 'Attachments' }).getByRole('listitem')
    await tile.hover()
    await tile.getByRole('button', { name: 'Edit photo.png' }).click()
    await expect(editor.stage).toBeVisible()
    await expect(editor.versions).toHaveCount(1)
  })

  await test.step('brush, take it back, brush again', async () => {
    await brushOver(page, editor)
    await expect(editor.region).toContainText('Only the marked region changes')
    await editor.button('Undo').click()
    await expect(editor.region).toContainText('The whole picture may change')
    await editor.button('Redo').click()
    await editor.button('Clear mask').click()
    await expect(editor.region).toContainText('The whole picture may change')
    await brushOver(page, editor)
    await expect(editor.region).toContainText('Only the marked region changes')
  })

  await test.step('the result stands beside its source, and nothing outside the region has changed', async () => {
    await editor.instruction.fill('A red balloon in the sky')
    // What is half made waits for the page that takes this one's place.
    await page.waitForFunction(() => window.name.includes('balloon'))
    await page.reload()
    await editFromLibrary(page, 'photo.png')
    await expect(editor.instruction).toHaveValue('A red balloon in the sky')
    await expect(editor.region).toContainText('Only the marked region changes')
    await editor.button('Apply edit').click()
    await expect(editor.versions).toHaveCount(2, { timeout: 30_000 })
    await expect(editor.versions.nth(1)).toContainText(/Outside the region: 0 of [\d,]+ pixels changed/)
    const [, made] = await versionsOf(app, await assetNamed(app, 'photo.png'))
    expect(made?.proof).toMatchObject({ width: 900, height: 600, outside_changed: 0 })
    expect(made?.proof?.outside_pixels).toBeGreaterThan(300_000)
    expect(made?.proof?.outside_pixels).toBeLessThan(540_000)
    expect(made?.mask_asset_id).toBeDefined()
  })

  await test.step('compare with keys and side by side, then go on from the result', async () => {
    const slider = editor.region.getByRole('slider', { name: 'Compare before and after' })
    await expect(slider).toHaveAttribute('aria-valuenow', '50')
    await slider.press('ArrowLeft')
    await expect(slider).toHaveAttribute('aria-valuenow', '48')
    await editor.region.getByRole('radio', { name: 'Side by side' }).click()
    await expect(editor.region.getByRole('img', { name: /^(Before|After): / })).toHaveCount(2)
    await editor.button('Use result').click()
    await expect(editor.versions.nth(1)).toContainText('Source')
    await expect(editor.stage).toBeVisible()
    await expect(editor.instruction).toHaveValue('')
  })

  await test.step('one edit is stopped while another goes on, and goes on through a reload', async () => {
    await provider.script({ on: 'images', delay_ms: 120_000 }, { on: 'images', delay_ms: 8_000 })
    await editor.instruction.fill('An edit that is stopped')
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(editor.jobs).toHaveCount(1)
    await expect
      .poll(async () => (await provider.requests()).filter(({ path }) => path.endsWith('/images')).length)
      .toBe(2)
    await editor.instruction.fill('Golden light')
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(editor.jobs).toHaveCount(2)
    await editor.region.getByRole('button', { name: 'Stop: An edit that is stopped' }).click()
    await expect(editor.jobs).toHaveCount(1)
    await expect(editor.jobs).toContainText('Golden light')
    await page.reload()
    await editFromLibrary(page, 'photo.png')
    await expect(editor.versions).toHaveCount(3, { timeout: 30_000 })
    await expect(editor.jobs).toHaveCount(0)
    await expect(editor.versions.nth(2)).toContainText('Golden light')
  })

  await test.step('after a restart the tree is there, and the keyboard alone makes one more', async () => {
    await app.quit()
    const again = await launch(connected(provider, { stateRoot: app.stateRoot }))
    const { keyboard } = again.page
    const now = editorOf(again.page)
    await messageBox(again.page).click()
    await keyboard.press('ControlOrMeta+Alt+ArrowDown')
    await expect(lastAnswer(again.page)).toBeVisible()
    await keyboard.press('ControlOrMeta+K')
    await keyboard.type('Edit the newest picture')
    await keyboard.press('Enter')
    await expect(now.versions).toHaveCount(3)
    await expect(now.instruction).toBeFocused()
    await keyboard.type('A ship on the water')
    await keyboard.press('Escape')
    await expect(now.stage).toBeFocused()
    for (const key of ['R', 'Enter', 'Shift+ArrowRight', 'Shift+ArrowDown', 'Enter'])
      await keyboard.press(key)
    await expect(now.region).toContainText('Only the marked region changes')
    await keyboard.press('ControlOrMeta+Enter')
    await expect(now.versions).toHaveCount(4, { timeout: 30_000 })
    await expect(now.region.getByRole('slider', { name: 'Compare before and after' })).toBeVisible()
    await keyboard.press('Escape')
    await expect(now.stage).toBeVisible()
    await keyboard.press('Escape')
    await expect(now.region).toHaveCount(0)
    await expect(messageBox(again.page)).toBeFocused()
  })
})

test('a picture dropped on the editor is the next to be edited; on the references it goes along', async ({
  launch,
  provider,
}) => {
  await provider.clear()
  const app = await launch(connected(provider))
  const { page } = app
  const editor = editorOf(page)
  await messageBox(page).click()
  await dropFiles(page, [writeTestFile('first.png', await landscape(page, 30, 300, 200))])
  const tile = page.getByRole('list', { name: 'Attachments' }).getByRole('listitem')
  await tile.hover()
  await tile.getByRole('button', { name: 'Edit first.png' }).click()
  await expect(editor.stage).toBeVisible()
  await editor.instruction.fill('Kept for later')

  const chosen = page.waitForEvent('filechooser')
  await editor.button('Add reference').click()
  await (await chosen).setFiles(writeTestFile('along.png', await landscape(page, 80, 200, 200)))
  await expect(editor.region.getByRole('button', { name: 'Remove along.png' })).toBeVisible()

  await dropFiles(page, [
    writeTestFile('second.png', await landscape(page, 120, 200, 300)),
    writeTestFile('third.png', await landscape(page, 160, 200, 300)),
  ])
  await expect(editor.region).toContainText('second.png')
  await expect(editor.instruction).toHaveValue('')
  await expect(editor.region.getByRole('button', { name: 'Remove third.png' })).toBeVisible()
  await editor.button('Close editor').click()
  await tile.hover()
  await tile.getByRole('button', { name: 'Edit first.png' }).click()
  await expect(editor.instruction).toHaveValue('Kept for later')
  await expect(editor.region.getByRole('button', { name: 'Remove along.png' })).toBeVisible()

  await provider.script({
    on: 'images',
    status: 402,
    body: { error: { code: 402, message: 'Not enough credits' } },
  })
  await editor.button('Apply edit').click()
  await expect(editor.jobs.getByRole('button', { name: 'Retry: Kept for later' })).toBeVisible({
    timeout: 30_000,
  })
  await editor.jobs.getByRole('button', { name: 'Retry: Kept for later' }).click()
  await expect(editor.versions).toHaveCount(2, { timeout: 30_000 })
  await expect(editor.jobs).toHaveCount(0)
})

test('lasso, rectangle and eraser mark what they were drawn around, and the inverse all else', async ({
  launch,
  provider,
}) => {
  await provider.clear()
  const app = await launch(connected(provider))
  const { page } = app
  const editor = editorOf(page)
  const [width, height] = [900, 600]
  await messageBox(page).click()
  await dropFiles(page, [writeTestFile('marked.png', await landscape(page, 205, width, height))])
  const tile = page.getByRole('list', { name: 'Attachments' }).getByRole('listitem')
  await tile.hover()
  await tile.getByRole('button', { name: 'Edit marked.png' }).click()
  await expect(editor.stage).toBeVisible()
  const box = await editor.stage.boundingBox()
  if (!box) throw new Error('there is no stage')
  // The picture lies in the middle, 20 pixels from the edges at the least.
  const scale = Math.min(1, (box.width - 40) / width, (box.height - 40) / height)
  const at = ([x, y]: readonly [number, number]) =>
    [
      box.x + box.width / 2 + (x - width / 2) * scale,
      box.y + box.height / 2 + (y - height / 2) * scale,
    ] as const
  const along = async (...spots: readonly (readonly [number, number])[]) => {
    const [first = [0, 0], ...rest] = spots
    await page.mouse.move(...at(first))
    await page.mouse.down()
    for (const spot of rest) await page.mouse.move(...at(spot), { steps: 8 })
    await page.mouse.up()
  }

  // A pen that hardly presses draws a thinner line than the mouse.
  await along([500, 100], [700, 100])
  const pen = await page.context().newCDPSession(page)
  for (const [type, x] of [
    ['mousePressed', 500],
    ['mouseMoved', 600],
    ['mouseMoved', 700],
    ['mouseReleased', 700],
  ] as const) {
    const [across, down] = at([x, 200])
    const touch = { pointerType: 'pen', force: 0.1, button: 'left', buttons: 1, clickCount: 1 } as const
    await pen.send('Input.dispatchMouseEvent', { type, x: across, y: down, ...touch })
  }

  await editor.button('Lasso').click()
  await along([100, 100], [400, 100], [100, 400])
  await editor.button('Rectangle').click()
  await along([500, 300], [800, 500])
  await editor.button('Eraser').click()
  await along([600, 400], [700, 400])
  await editor.button('Invert').click()
  await editor.region.getByRole('slider', { name: 'Feather' }).press('Home')
  await editor.instruction.fill('A red balloon')
  await editor.button('Apply edit').click()
  await expect(editor.versions).toHaveCount(2, { timeout: 30_000 })
  await expect(editor.versions.nth(1)).toContainText(/Outside the region: 0 of/)

  const [, made] = await versionsOf(app, await assetNamed(app, 'marked.png'))
  const mask = await app.ask('assets.get', { asset_id: made?.mask_asset_id })
  if (!mask.ok) throw new Error(mask.fault.code)
  const { sha256 } = mask.value as AssetView
  const files = readdirSync(join(app.stateRoot, 'assets'), { recursive: true, encoding: 'utf8' })
  const file = files.find((name) => name.includes(sha256)) ?? ''
  const bytes = readFileSync(join(app.stateRoot, 'assets', file)).toString('base64')
  const spots = { lasso: [150, 150], rectangle: [550, 350], erased: [650, 400], beside: [350, 350] } as const
  const marked = await page.evaluate(
    async ([base64, places]) => {
      const data = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))
      const picture = await createImageBitmap(new Blob([data], { type: 'image/png' }))
      const canvas = new OffscreenCanvas(picture.width, picture.height)
      const context = canvas.getContext('2d')
      context?.drawImage(picture, 0, 0)
      const isMarked = (x: number, y: number) => context?.getImageData(x, y, 1, 1).data[0] === 255
      // The inverse was chosen: a line is what is not marked.
      const widthAt = (line: number) =>
        Array.from({ length: 99 }, (_, row) => isMarked(600, line - 49 + row)).filter((each) => !each).length
      return {
        spots: Object.entries(places).map(([name, [x, y]]) => [name, isMarked(x, y)]),
        lines: { mouse: widthAt(100), pen: widthAt(200) },
      }
    },
    [bytes, spots] as const,
  )
  expect(marked.lines.pen).toBeGreaterThan(0)
  expect(marked.lines.pen).toBeLessThan(marked.lines.mouse * 0.6)
  expect(marked.spots).toEqual([
    ['lasso', false],
    ['rectangle', false],
    ['erased', true],
    ['beside', true],
  ])
})
