import { lastAnswer, say, untilQuiet } from '../driver/chat'
import { expect, test } from '../driver/test'

test('the demo needs no key and no network, and leads back', async ({ launch, keyring }) => {
  const app = await launch({ env: keyring.env })
  const { page } = app
  await expect(page.getByRole('heading', { name: 'Connect OpenRouter' })).toBeVisible()
  await page.getByRole('button', { name: 'Explore the demo' }).click()
  await say(page, 'Show me a table')
  await expect(lastAnswer(page).getByRole('table').first()).toBeVisible({ timeout: 30_000 })
  await untilQuiet(page)
  await expect(page.getByText('This is the demo')).toBeVisible()
  await page.getByRole('button', { name: 'Connect OpenRouter' }).click()
  await expect(page.getByRole('heading', { name: 'Connect OpenRouter' })).toBeVisible()
})

test('started with --demo the app opens on the demo', async ({ launch, keyring }) => {
  const { page } = await launch({ env: keyring.env, args: ['--demo'] })
  await expect(page.getByText('This is the demo')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeEditable()
})
