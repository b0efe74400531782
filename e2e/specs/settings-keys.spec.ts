import type { Page } from '@playwright/test'
import { messageBox } from '../driver/chat'
import type { RunningApp } from '../driver/launch-app'
import { writeRoutes } from '../driver/routes'
import { expect, test } from '../driver/test'

const store = (app: RunningApp, slot: string, value: string) =>
  app.ask('secrets.set', {
    slot_id: slot,
    provider: 'openrouter',
    mode: 'api_key',
    source: { kind: 'inline', value },
    keep: 'keychain',
    verify: false,
  })
const card = (page: Page, slot: string) => page.getByRole('region', { name: slot, exact: true })

test('keys are tested, replaced, added and removed; what a route uses is explained', async ({
  launch,
  provider,
  keyring,
}) => {
  test.setTimeout(90_000)
  await provider.clear()
  await keyring.forget()
  const app = await launch({ routesFile: writeRoutes({ prefix: provider.prefix }), env: keyring.env })
  const { page } = app
  await expect(page.getByRole('heading', { name: 'Connect OpenRouter' })).toBeVisible()
  await store(app, 'openrouter.primary', 'sk-or-v1-first-key')
  await app.ask('daemon.reload')
  await expect(messageBox(page)).toBeVisible()
  await page.keyboard.press('Control+,')
  await page.getByRole('tab', { name: 'Keys' }).click()
  await expect(page.getByText('The keychain is open')).toBeVisible()
  const primary = card(page, 'openrouter.primary')
  await expect(primary).toContainText('In the keychain')
  await expect(primary).toContainText('Used by openrouter')
  await expect(primary).toContainText(/stored .*\d/)
  await expect(primary).toContainText('The route openrouter takes its key from here')
  await expect(primary.getByRole('button', { name: 'Remove' })).toHaveCount(0)

  await primary.getByRole('button', { name: 'Test' }).click()
  await expect(primary).toContainText('The key works')
  await expect(primary).toContainText('Used')
  await expect(primary).toContainText('Limit')

  await primary.getByRole('button', { name: 'Replace' }).click()
  const key = primary.getByRole('textbox', { name: 'New key for openrouter.primary' })
  await key.fill('sk-or-bad-4711')
  await key.press('Enter')
  await expect(primary).toContainText('OpenRouter does not accept this key')
  await key.fill('sk-or-v1-second-key')
  await key.press('Enter')
  await expect(key).toBeHidden()

  await page.getByRole('button', { name: 'Add a key' }).click()
  const add = page.getByRole('region', { name: 'Add a key' })
  await add.getByRole('textbox', { name: 'Name of the slot' }).fill('openrouter.primary')
  await expect(add).toContainText('There is a slot with this name already.')
  await add.getByRole('button', { name: 'Cancel' }).click()
  // A slot of no route is checked with OpenRouter itself, which tests do not reach.
  await store(app, 'openrouter.work', 'sk-or-v1-work-key')
  const work = card(page, 'openrouter.work')
  await expect(work).toContainText('Used by no route')

  await work.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await expect(work).toHaveCount(0)
  await primary.getByRole('button', { name: 'Open routes' }).click()
  await expect(page.getByRole('textbox', { name: 'Routes file' })).toBeVisible()
  for (const secret of ['first-key', 'second-key', 'work-key', 'bad-4711']) {
    expect(await page.content()).not.toContain(secret)
    expect(app.logs()).not.toContain(secret)
  }
})

test('a locked keychain says so, what to do, and offers memory', async ({ launch, provider, keyring }) => {
  test.setTimeout(90_000)
  await provider.clear()
  const app = await launch({
    routesFile: writeRoutes({ prefix: provider.prefix, key: { env: 'KHEISH_E2E_KEY' } }),
    env: { ...keyring.env, KHEISH_E2E_KEY: 'sk-or-v1-e2e' },
  })
  await keyring.lock()
  const { page } = app
  await expect(messageBox(page)).toBeVisible()
  await page.keyboard.press('Control+,')
  await page.getByRole('tab', { name: 'Keys' }).click()
  await expect(page.getByText('The keychain is locked')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('switch', { name: 'Keep new keys until I quit' })).toBeVisible()
  await keyring.unlock()
  await page.getByRole('button', { name: 'Look again' }).click()
  await expect(page.getByText('The keychain is open')).toBeVisible({ timeout: 30_000 })
})
