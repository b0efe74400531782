import { connected, messageBox } from '../driver/chat'
import { landscape } from '../driver/landscape'
import { lookInBoth } from '../driver/look'
import { importAsset, linePdf, sendAssets, toneWav } from '../driver/sample-assets'
import { expect, test } from '../driver/test'

const longName =
  'Sunset over the estuary, seen from the old lighthouse near Cabo da Roca (final, really final).png'
const views = ['Dunes at noon', 'Fjord in the morning', 'Meadow', 'Desert road', 'Heath in bloom'] as const
const hues = [30, 205, 110, 45, 285] as const

test('library and viewer stand up in light and dark', async ({ launch, provider }) => {
  test.setTimeout(120_000)
  await provider.clear()
  const app = await launch(connected(provider))
  const { page } = app
  const library = page.getByRole('region', { name: 'Library' })
  const cells = library.locator('[data-asset]')
  await messageBox(page).click()
  await page.keyboard.press('ControlOrMeta+Shift+L')
  await expect(library).toContainText('Nothing here yet')
  await lookInBoth(page, 'library-empty')

  for (const [at, view] of views.entries())
    await importAsset(
      app,
      `${view}.png`,
      await landscape(page, hues[at] ?? 0, 600 + 200 * at, 900 - 100 * at),
    )
  await importAsset(app, longName, await landscape(page, 12, 1_600, 1_000))
  await importAsset(app, 'interview.wav', toneWav(3))
  await importAsset(app, 'figures.csv', 'city;people\nLisbon;545,796\nPorto;231,800\n')
  const notes = await importAsset(app, 'notes.md', '# Notes\n\n- First **point**\n- Second\n')
  await importAsset(app, 'report.pdf', linePdf('The harvest was plentiful'))
  await provider.script({ text: 'Two points.' })
  await sendAssets(app, 'What do the notes say?', [notes.asset_id])
  await expect(cells).toHaveCount(10)
  await lookInBoth(page, 'library')

  await cells.filter({ hasText: 'notes.md' }).click()
  await expect(library.getByRole('list', { name: 'Used in' }).getByRole('button')).toHaveCount(1)
  await lookInBoth(page, 'library-document')
  await cells.filter({ hasText: 'notes.md' }).press('Delete')
  await expect(page.getByRole('dialog', { name: 'notes.md is still needed' })).toBeVisible()
  await lookInBoth(page, 'library-held')
  await page.keyboard.press('Escape')

  await cells.filter({ hasText: 'Meadow' }).click({ modifiers: ['ControlOrMeta'] })
  await cells.filter({ hasText: 'report.pdf' }).click({ modifiers: ['ControlOrMeta'] })
  await library.getByRole('button', { name: 'Delete…' }).click()
  await expect(page.getByRole('alertdialog', { name: 'Delete 2 files?' })).toBeVisible()
  await lookInBoth(page, 'library-selection')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(library).not.toContainText('2 selected')

  await cells.filter({ hasText: 'Sunset' }).click()
  await library.getByRole('button', { name: /^View Sunset/ }).click()
  const viewer = page.getByRole('dialog', { name: /^Viewer: / })
  await expect(viewer.getByRole('img')).toBeVisible()
  await lookInBoth(page, 'viewer')
  await page.keyboard.press('Escape')
  await expect(viewer).toHaveCount(0)

  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(480, 760))
  await expect(library.getByRole('button', { name: 'Back to the library' })).toBeVisible()
  await lookInBoth(page, 'library-narrow-asset')
  await library.getByRole('button', { name: 'Back to the library' }).click()
  await expect(cells.first()).toBeVisible()
  await lookInBoth(page, 'library-narrow')
})
