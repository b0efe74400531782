import { dirname } from 'node:path'
import { connected, lastAnswer, say, untilQuiet } from '../driver/chat'
import { lookInBoth } from '../driver/look'
import { openSettings } from '../driver/settings'
import { expect, test } from '../driver/test'

test('every page of the settings stands up in light and dark', async ({ launch, provider, keyring }) => {
  test.setTimeout(150_000)
  await provider.clear()
  const options = connected(provider, { env: keyring.env })
  const app = await launch(options)
  const { page } = app
  const shownAs = {
    [dirname(options.routesFile ?? '')]: '~/.config/kheish',
    [app.stateRoot]: '~/.config/kheish',
  }
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
  await expect(page.getByRole('textbox', { name: 'Routes file' })).toBeVisible()
  await lookInBoth(page, 'settings-routes', shownAs)
  await page.getByRole('tab', { name: 'Keys' }).click()
  await expect(page.getByText('openrouter.primary').first()).toBeVisible()
  await lookInBoth(page, 'settings-keys')
  await page.getByRole('tab', { name: 'Shortcuts' }).click()
  await expect(page.getByText('New chat').first()).toBeVisible()
  await lookInBoth(page, 'settings-shortcuts')
  await page.getByRole('tab', { name: 'Appearance' }).click()
  await lookInBoth(page, 'settings-appearance')
  await page.getByRole('tab', { name: 'Costs' }).click()
  await expect(page.getByRole('dialog').getByRole('table')).toContainText('$')
  await lookInBoth(page, 'settings-costs')
  await page.getByRole('tab', { name: 'Privacy' }).click()
  await expect(page.getByText(app.stateRoot, { exact: true })).toBeVisible()
  await lookInBoth(page, 'settings-privacy', shownAs)
  await page.getByRole('tab', { name: 'Diagnostics' }).click()
  await expect(page.getByText('Everything works')).toBeVisible()
  await lookInBoth(page, 'settings-diagnostics')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Tune answers' }).click()
  await expect(page.getByRole('dialog', { name: 'Tune answers' })).toBeVisible()
  await lookInBoth(page, 'answer-settings')
})
