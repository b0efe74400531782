import { readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { connected, messageBox } from '../driver/chat'
import { lookInBoth } from '../driver/look'
import { expect, test } from '../driver/test'

test('repair, a mistake in the routes and keys that are taken stand up in light and dark', async ({
  launch,
  provider,
}) => {
  const options = connected(provider)
  const file = options.routesFile ?? ''
  const shownAs = { [dirname(file)]: '~/.config/kheish' }
  const right = readFileSync(file, 'utf8')
  writeFileSync(file, right.replace('model_support = "any"', 'model_support = "any"\nmodle = "x"'))
  const app = await launch(options)
  const { page } = app
  const text = page.getByRole('textbox', { name: 'Routes file' })
  await expect(text).toBeVisible()
  await lookInBoth(page, 'repair', shownAs)

  writeFileSync(file, right)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(messageBox(page)).toBeVisible()
  await page.keyboard.press('Control+,')
  await page.getByRole('tab', { name: 'Routes' }).click()
  await text.click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('modle = "x"')
  await expect(page.getByRole('region', { name: 'Problems' }).getByRole('button')).toBeVisible()
  await lookInBoth(page, 'settings-routes-error', shownAs)
  await page.getByRole('tab', { name: 'Shortcuts' }).click()
  await page.getByRole('button', { name: /shortcut of Choose a model/ }).click()
  await page.keyboard.press('Control+n')
  await expect(page.getByText('belongs to')).toBeVisible()
  await lookInBoth(page, 'settings-shortcuts-taken')
})
