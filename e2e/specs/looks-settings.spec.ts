import { dirname } from 'node:path'
import { connected, lastAnswer, say, untilQuiet } from '../driver/chat'
import { look } from '../driver/look'
import { openSettings } from '../driver/settings'
import { expect, test } from '../driver/test'

for (const theme of ['light', 'dark'] as const) {
  test(`every page of the settings stands up in ${theme}`, async ({ launch, provider, keyring }) => {
    test.setTimeout(150_000)
    await provider.clear()
    const options = connected(provider, { env: keyring.env })
    const app = await launch(options)
    const { page } = app
    const shownAs = {
      [dirname(options.routesFile ?? '')]: '~/.config/kheish',
      [app.stateRoot]: '~/.config/kheish',
    }
    await app.ask('preferences.set', { theme })
    await app.ask('secrets.set', {
      slot_id: 'openrouter.primary',
      provider: 'openrouter',
      mode: 'api_key',
      source: { kind: 'inline', value: 'sk-or-v1-looks' },
      keep: 'keychain',
      verify: false,
    })
    for (const question of ['How does a hash table work?', 'And what does it cost?']) {
      await say(page, question)
      await expect(lastAnswer(page)).toBeVisible()
      await untilQuiet(page)
    }
    await app.ask('costs.setLimit', { limit: { period: 'month', usd: 5 } })

    await openSettings(page, 'Routes')
    await expect(page.getByText('openrouter').first()).toBeVisible()
    await page.waitForTimeout(600)
    await look(page, `settings-routes-${theme}`, shownAs)
    await page.getByRole('tab', { name: 'Keys' }).click()
    await expect(page.getByText('openrouter.primary').first()).toBeVisible()
    await look(page, `settings-keys-${theme}`)
    await page.getByRole('tab', { name: 'Shortcuts' }).click()
    await expect(page.getByText('New chat').first()).toBeVisible()
    await look(page, `settings-shortcuts-${theme}`)
    await page.getByRole('tab', { name: 'Appearance' }).click()
    await look(page, `settings-appearance-${theme}`)
    await page.getByRole('tab', { name: 'Costs' }).click()
    await expect(page.getByRole('dialog').getByRole('table')).toContainText('$')
    await look(page, `settings-costs-${theme}`)
    await page.getByRole('tab', { name: 'Privacy' }).click()
    await expect(page.getByText(app.stateRoot, { exact: true })).toBeVisible()
    await look(page, `settings-privacy-${theme}`, shownAs)
    await page.getByRole('tab', { name: 'Diagnostics' }).click()
    await expect(page.getByText('Everything works')).toBeVisible()
    await look(page, `settings-diagnostics-${theme}`)
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: 'Tune answers' }).click()
    await expect(page.getByRole('dialog', { name: 'Tune answers' })).toBeVisible()
    await look(page, `answer-settings-${theme}`)
  })
}
