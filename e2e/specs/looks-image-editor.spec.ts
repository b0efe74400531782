import { connected } from '../driver/chat'
import { brushOver, editFromLibrary } from '../driver/image-editor'
import { landscape } from '../driver/landscape'
import { lookInBoth } from '../driver/look'
import { importAsset } from '../driver/sample-assets'
import { expect, test } from '../driver/test'

test('the image editor stands up in light and dark', async ({ launch, provider }) => {
  test.setTimeout(120_000)
  await provider.clear()
  const app = await launch(connected(provider))
  const { page } = app
  await importAsset(app, 'fjord.png', await landscape(page, 205, 1_600, 1_000))
  const editor = await editFromLibrary(page, 'fjord.png')
  await expect(editor.region.getByRole('combobox', { name: 'Image model' })).toBeVisible()
  await lookInBoth(page, 'image-editor')

  await brushOver(page, editor)
  await editor.instruction.fill('Let the sky glow like an evening in late autumn')
  await lookInBoth(page, 'image-editor-mask')

  await editor.button('Apply edit').click()
  await expect(editor.versions).toHaveCount(2, { timeout: 30_000 })
  await expect(editor.region.getByRole('slider', { name: 'Compare before and after' })).toBeVisible()
  await provider.script(
    { on: 'images', delay_ms: 60_000 },
    { on: 'images', status: 402, body: { error: { code: 402, message: 'Not enough credits' } } },
  )
  await editor.instruction.fill('Snow on the hills')
  await editor.button('Apply edit').click()
  await expect(editor.jobs).toHaveCount(1)
  await expect
    .poll(async () => (await provider.requests()).filter(({ path }) => path.endsWith('/images')).length)
    .toBe(2)
  await editor.instruction.fill('A lighthouse')
  await editor.button('Apply edit').click()
  await expect(editor.region.getByRole('button', { name: 'Retry: A lighthouse' })).toBeVisible({
    timeout: 30_000,
  })
  await editor.versions.nth(1).scrollIntoViewIfNeeded()
  await lookInBoth(page, 'image-editor-compare')
  await editor.region.getByRole('radio', { name: 'Side by side' }).click()
  await lookInBoth(page, 'image-editor-side-by-side')
  await page.keyboard.press('Escape')
  await editor.button('Keys of the editor').click()
  await expect(page.getByRole('dialog', { name: 'Keys of the editor' })).toBeVisible()
  await lookInBoth(page, 'image-editor-keys')
  await page.keyboard.press('Escape')

  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(480, 860))
  await editor.stage.scrollIntoViewIfNeeded()
  await lookInBoth(page, 'image-editor-narrow')
})
