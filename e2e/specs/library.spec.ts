import { basename, join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import Database from 'better-sqlite3'
import type { AssetView } from '@contract/assets'
import { answers, chatList, connected, messageBox } from '../driver/chat'
import { dropFiles, solidPng, writeTestFile } from '../driver/files'
import type { RunningApp } from '../driver/launch-app'
import { importAsset, linePdf, sendAssets, toneWav } from '../driver/sample-assets'
import { openSettings } from '../driver/settings'
import { expect, test } from '../driver/test'

const library = (page: Page) => page.getByRole('region', { name: 'Library' })
const list = (page: Page) => library(page).getByRole('list', { name: 'Assets' })
const items = (page: Page) => list(page).getByRole('listitem')
const cell = (page: Page, name: string) => list(page).locator('[data-asset]', { hasText: name })
const assetPage = (page: Page) => library(page).getByRole('article')
const viewer = (page: Page) => page.getByRole('dialog', { name: /^Viewer: / })
const choose = async (page: Page, name: string, option: string): Promise<void> => {
  await library(page).getByRole('combobox', { name }).click()
  await page.getByRole('option', { name: option }).click()
}

test.beforeEach(({ provider }) => provider.clear())

/** The shared app as it was at its first start. */
async function empty(app: RunningApp): Promise<void> {
  expect(await app.ask('storage.deleteAll', { confirm: 'delete everything' })).toMatchObject({ ok: true })
  await app.page.reload()
  await expect(messageBox(app.page)).toBeVisible()
}

test('the library shows what there is, narrows it, finds words in documents, and follows what happens', async ({
  app,
}) => {
  await empty(app)
  const { page } = app
  await messageBox(page).click()
  await chatList(page).getByRole('button', { name: 'Library' }).click()
  await expect(library(page)).toContainText('Nothing here yet')

  await importAsset(app, 'red.png', solidPng(64, 32, [200, 30, 30]))
  await importAsset(app, 'report.pdf', linePdf('The harvest was plentiful'))
  await importAsset(app, 'tone.wav', toneWav(2))
  await importAsset(app, 'notes.md', '# Notes\n\nThree apples and a marmot.\n')
  await expect(items(page)).toHaveCount(4)
  await expect(library(page)).toContainText('4 files')
  await expect(cell(page, 'red.png').locator('img')).toHaveJSProperty('complete', true)
  expect(
    await cell(page, 'red.png')
      .locator('img')
      .evaluate((img: HTMLImageElement) => img.naturalWidth),
  ).toBeGreaterThan(0)
  await expect(cell(page, 'tone.wav')).toContainText('2 s')

  await choose(page, 'Type', 'Audio')
  await expect(items(page)).toHaveCount(1)
  await choose(page, 'Type', 'All types')
  await choose(page, 'Order', 'Oldest first')
  await expect(items(page).first()).toContainText('red.png')
  await choose(page, 'Order', 'Newest first')
  await expect(items(page).first()).toContainText('notes.md')
  await choose(page, 'Origin', 'Generated')
  await expect(library(page)).toContainText('Nothing fits')
  await library(page).getByRole('button', { name: 'Clear search and filters' }).click()
  await expect(items(page)).toHaveCount(4)

  const search = library(page).getByRole('searchbox', { name: 'Search assets' })
  await search.fill('marmot')
  await expect(items(page)).toHaveCount(1)
  await expect(cell(page, 'notes.md')).toBeVisible()
  await search.fill('plentiful')
  await expect(cell(page, 'report.pdf')).toBeVisible()
  await expect(items(page)).toHaveCount(1)
  // From the field into the grid and about in it, by keyboard alone.
  await search.press('Escape')
  await expect(items(page)).toHaveCount(4)
  await search.press('ArrowDown')
  await page.keyboard.press('End')
  await expect(cell(page, 'red.png')).toBeFocused()
  await page.keyboard.press('Home')
  await expect(cell(page, 'notes.md')).toBeFocused()

  // Its text is read where it is looked at; Escape leads out step by step.
  await page.keyboard.press('Enter')
  await expect(assetPage(page)).toContainText('Three apples')
  await expect(assetPage(page).getByRole('heading', { name: 'Notes', exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(assetPage(page)).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(messageBox(page)).toBeFocused()
})

test('an asset says where it is used, stays while a chat needs it, and goes when nothing does', async ({
  app,
  provider,
}) => {
  await empty(app)
  const { page } = app
  const kept = await importAsset(app, 'kept.md', 'What the chat is about.\n')
  await importAsset(app, 'free.png', solidPng(600, 400, [30, 90, 200]))
  await provider.script({ text: 'It is about keeping.' })
  await sendAssets(app, 'What is this about?', [kept.asset_id])

  await messageBox(page).click()
  await page.keyboard.press('ControlOrMeta+Shift+L')
  await cell(page, 'kept.md').click()
  const uses = assetPage(page).getByRole('list', { name: 'Used in' })
  await expect(uses.getByRole('button')).toHaveCount(1)
  await uses.getByRole('button').click()
  await expect(answers(page)).toContainText('It is about keeping.')
  await expect(library(page)).toHaveCount(0)

  // What holds it is said, and leads there.
  await page.keyboard.press('ControlOrMeta+Shift+L')
  await cell(page, 'kept.md').focus()
  await page.keyboard.press('Delete')
  const held = page.getByRole('dialog', { name: 'kept.md is still needed' })
  await expect(held.getByRole('button', { name: /Open the chat/ })).toHaveCount(1)
  await held.getByRole('button', { name: /Open the chat/ }).click()
  await expect(answers(page)).toContainText('It is about keeping.')
  expect((await app.ask('assets.get', { asset_id: kept.asset_id })).ok).toBe(true)

  await page.keyboard.press('ControlOrMeta+Shift+L')
  await cell(page, 'free.png').focus()
  await page.keyboard.press('Delete')
  const question = page.getByRole('alertdialog', { name: 'Delete free.png?' })
  await expect(question).toContainText('become free')
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(items(page)).toHaveCount(2)
  await expect(cell(page, 'free.png')).toBeFocused()
  await page.keyboard.press('Delete')
  await question.getByRole('button', { name: 'Delete' }).click()
  await expect(cell(page, 'free.png')).toHaveCount(0)
  await expect(items(page)).toHaveCount(1)
})

test('a file goes from the library into the message that is being written', async ({ app, provider }) => {
  await empty(app)
  const { page } = app
  await importAsset(app, 'plan.md', 'A plan.\n')
  await messageBox(page).fill('Look at this')
  await page.keyboard.press('ControlOrMeta+Shift+L')
  await cell(page, 'plan.md').click()
  await assetPage(page).getByRole('button', { name: 'Use in chat' }).click()
  await expect(messageBox(page)).toBeFocused()
  await expect(messageBox(page)).toHaveValue('Look at this')
  const attached = page.getByRole('list', { name: 'Attachments' }).getByRole('button', { name: /^Remove / })
  await expect(attached).toHaveCount(1)
  await expect(attached).toHaveAccessibleName('Remove plan.md')

  // What is dropped on the library is kept there and goes with no message; dragged out it is a file again.
  await page.keyboard.press('ControlOrMeta+Shift+L')
  await dropFiles(page, [writeTestFile('dropped.png', solidPng(300, 200, [90, 160, 60]))])
  await expect(items(page)).toHaveCount(2)
  const dragged = app.electron.evaluate(
    ({ BrowserWindow }) =>
      new Promise<string>((done) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        if (contents) contents.startDrag = ({ file }) => done(file)
      }),
  )
  await cell(page, 'dropped.png').hover()
  await page.mouse.down()
  await page.mouse.move(20, 20, { steps: 4 })
  expect(basename(await dragged)).toBe('dropped.png')
  await page.mouse.up()

  // Several at once; what is attached already is not attached twice.
  await cell(page, 'dropped.png').click({ modifiers: ['ControlOrMeta'] })
  await cell(page, 'plan.md').click({ modifiers: ['ControlOrMeta'] })
  await expect(library(page)).toContainText('2 selected')
  await library(page).getByRole('button', { name: 'Use in chat' }).first().click()
  await expect(attached).toHaveCount(2)
  // The files of the open chat, and those that a message brings while one looks.
  await provider.script({ text: 'A plan and a meadow.' })
  await page.keyboard.press('Enter')
  await expect(answers(page)).toContainText('A plan and a meadow.')
  await importAsset(app, 'elsewhere.md', 'Of no chat.\n')
  await page.keyboard.press('ControlOrMeta+Shift+L')
  await expect(items(page)).toHaveCount(3)
  await choose(page, 'Chat', 'This chat')
  await expect(items(page)).toHaveCount(2)
})

test('a picture under the pointer: the wheel, a pinch, a drag, a double click; a recording plays to its end', async ({
  app,
}) => {
  await empty(app)
  const { page } = app
  await importAsset(app, 'tone.wav', toneWav(1))
  await importAsset(app, 'blue.png', solidPng(1_600, 1_200, [30, 90, 200]))
  await messageBox(page).click()
  await page.keyboard.press('ControlOrMeta+Shift+L')
  await cell(page, 'blue.png').click()
  await assetPage(page).getByRole('button', { name: 'View blue.png larger' }).click()
  const picture = viewer(page).getByRole('img', { name: 'blue.png' })
  const scale = viewer(page).getByRole('button', { name: 'Fit to the window' })
  await expect(scale).not.toHaveText('100%')
  const box = async () => (await picture.boundingBox()) ?? { x: 0, y: 0, width: 1, height: 1 }
  const fitted = await box()
  const at = { x: fitted.x + fitted.width / 2 + 90, y: fitted.y + fitted.height / 2 - 50 }
  /** Where in the picture the pointer is, from 0 to 1. */
  const under = ({ x, y, width, height }: Awaited<ReturnType<typeof box>>) => ({
    x: (at.x - x) / width,
    y: (at.y - y) / height,
  })
  const before = under(fitted)
  await page.mouse.move(at.x, at.y)
  await page.mouse.wheel(0, -240)
  await expect.poll(async () => (await box()).width).toBeGreaterThan(fitted.width * 1.5)
  const near = await box()
  expect(under(near).x).toBeCloseTo(before.x, 2)
  expect(under(near).y).toBeCloseTo(before.y, 2)

  await page.mouse.down()
  await page.mouse.move(at.x - 40, at.y + 30, { steps: 5 })
  await page.mouse.up()
  await expect.poll(async () => Math.round((await box()).x - near.x)).toBe(-40)
  expect(Math.round((await box()).y - near.y)).toBe(30)

  // A pinch comes as a wheel with Ctrl; the page itself stays as large as it is.
  const pageRatio = () => page.evaluate(() => devicePixelRatio)
  const ratio = await pageRatio()
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -30)
  await page.keyboard.up('Control')
  await expect.poll(async () => (await box()).width).toBeGreaterThan(near.width * 1.2)
  expect(await pageRatio()).toBe(ratio)
  await page.mouse.dblclick(at.x, at.y)
  await expect.poll(box).toEqual(fitted)

  await page.keyboard.press('ArrowRight')
  const player = viewer(page).getByRole('group', { name: 'Audio: tone.wav' })
  await expect(player).toContainText('0:00 / 0:01')
  await player.getByRole('button', { name: 'Play' }).click()
  await expect(player).toContainText('0:01 / 0:01')
  await expect(player.getByRole('button', { name: 'Play' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(viewer(page)).toHaveCount(0)
})

test('the viewer: larger and smaller, next and previous, closed, all by keyboard', async ({ app }) => {
  await empty(app)
  const { page } = app
  await importAsset(app, 'report.pdf', linePdf('The harvest was plentiful'))
  await importAsset(app, 'blue.png', solidPng(1_600, 1_200, [30, 90, 200]))
  await importAsset(app, 'red.png', solidPng(64, 32, [200, 30, 30]))
  await messageBox(page).click()
  // From the side bar on no mouse is needed.
  await chatList(page).getByRole('button', { name: 'Library' }).focus()
  await page.keyboard.press('Enter')
  const tabTo = async (there: Locator): Promise<void> => {
    for (let press = 0; press < 30; press++) {
      if (await there.evaluate((each) => each === document.activeElement)) return
      await page.keyboard.press('Tab')
    }
    await expect(there).toBeFocused()
  }
  await expect(items(page)).toHaveCount(3)
  await tabTo(cell(page, 'red.png'))
  await page.keyboard.press('Enter')
  const opener = assetPage(page).getByRole('button', { name: 'View red.png larger' })
  await expect(opener).toBeVisible()
  await tabTo(opener)
  await page.keyboard.press('Enter')
  await expect(viewer(page)).toContainText('64 × 32')
  const scale = viewer(page).getByRole('button', { name: 'Fit to the window' })
  await expect(scale).toHaveText('100%')
  await page.keyboard.press('+')
  await expect(scale).toHaveText('140%')
  await page.keyboard.press('0')
  await expect(scale).toHaveText('100%')

  await page.keyboard.press('ArrowRight')
  await expect(viewer(page).getByRole('img', { name: 'blue.png' })).toBeVisible()
  // Fitted it is smaller than it is; as near as its own pixels an arrow moves it and does not leave it.
  await expect(scale).not.toHaveText('100%')
  const before = await viewer(page).getByRole('img').boundingBox()
  for (let press = 0; press < 4; press++) await page.keyboard.press('+')
  await page.keyboard.press('ArrowRight')
  await expect(viewer(page).getByRole('img', { name: 'blue.png' })).toBeVisible()
  const after = await viewer(page).getByRole('img').boundingBox()
  expect(after?.width).toBeGreaterThan((before?.width ?? 0) * 3)
  await page.keyboard.press('0')
  await page.keyboard.press('ArrowRight')
  await expect(viewer(page).getByRole('img', { name: 'First page of report.pdf' })).toBeVisible()
  await expect(viewer(page)).toContainText('The harvest was plentiful')
  await page.keyboard.press('ArrowLeft')
  await expect(viewer(page).getByRole('img', { name: 'blue.png' })).toBeVisible()
  // The focus stays inside, and goes back to where it was.
  for (let press = 0; press < 12; press++) {
    await page.keyboard.press('Tab')
    expect(await viewer(page).evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true)
  }
  await tabTo(viewer(page).getByRole('button', { name: 'Close viewer' }))
  await page.keyboard.press('Enter')
  await expect(viewer(page)).toHaveCount(0)
  await expect(opener).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(assetPage(page)).toHaveCount(0)
  await expect(cell(page, 'red.png')).toBeFocused()
  await page.keyboard.press('Delete')
  const question = page.getByRole('alertdialog', { name: 'Delete red.png?' })
  await tabTo(question.getByRole('button', { name: 'Delete' }))
  await page.keyboard.press('Enter')
  await expect(items(page)).toHaveCount(2)
  // Where it was is the next one, and the focus with it.
  await expect(cell(page, 'blue.png')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(messageBox(page)).toBeFocused()
})

test('cleaning up shows what nothing needs, and takes only that', async ({ launch, provider }) => {
  const options = connected(provider)
  const first = await launch(options)
  const kept = await importAsset(first, 'kept.md', 'What the chat is about.\n')
  const loose = await importAsset(first, 'loose.png', solidPng(600, 400, [30, 90, 200]))
  await provider.script({ text: 'It is about keeping.' })
  await sendAssets(first, 'What is this about?', [kept.asset_id])
  await messageBox(first.page).click()
  await openSettings(first.page, 'Privacy')
  await first.page.getByRole('button', { name: 'Clean up…' }).click()
  // What is younger than a day may still be about to be sent.
  await expect(first.page.getByText('There is nothing to clean up')).toBeVisible()
  await first.quit()

  const db = new Database(join(first.stateRoot, 'kheish.sqlite'))
  // Given two days earlier.
  db.exec('UPDATE asset SET created_at_ms = created_at_ms - 172800000, added_at_ms = added_at_ms - 172800000')
  db.close()
  const app = await launch({ ...options, stateRoot: first.stateRoot })
  const { page } = app
  await messageBox(page).click()
  await openSettings(page, 'Privacy')
  await page.getByRole('button', { name: 'Clean up…' }).click()
  const question = page.getByRole('alertdialog', { name: /^Clean up / })
  await expect(question).toContainText('loose.png')
  await expect(question).not.toContainText('kept.md')
  await question.getByRole('button', { name: 'Clean up' }).click()
  await expect(page.getByText('are free again')).toBeVisible()
  const there = async ({ asset_id }: AssetView) => (await app.ask('assets.get', { asset_id })).ok
  expect([await there(kept), await there(loose)]).toEqual([true, false])
})
