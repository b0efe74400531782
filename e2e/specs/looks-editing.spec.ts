import { readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { connected, messageBox } from '../driver/chat'
import { look } from '../driver/look'
import { expect, test } from '../driver/test'

for (const theme of ['light', 'dark'] as const) {
  test(`repair, a mistake in the routes and keys that are taken stand up in ${theme}`, async ({
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
    await app.ask('preferences.set', { theme })
    const text = page.getByRole('textbox', { name: 'Routes file' })
    await expect(text).toBeVisible()
    await look(page, `repair-${theme}`, shownAs)

    writeFileSync(file, right)
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect(messageBox(page)).toBeVisible()
    await page.keyboard.press('Control+,')
    await page.getByRole('tab', { name: 'Routes' }).click()
    await text.click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('modle = "x"')
    await expect(page.getByRole('region', { name: 'Problems' }).getByRole('button')).toBeVisible()
    await look(page, `settings-routes-error-${theme}`, shownAs)
    await page.getByRole('tab', { name: 'Shortcuts' }).click()
    await page.getByRole('button', { name: /shortcut of Choose a model/ }).click()
    await page.keyboard.press('Control+n')
    await expect(page.getByText('belongs to')).toBeVisible()
    await look(page, `settings-shortcuts-taken-${theme}`)
  })
}
