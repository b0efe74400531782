import { lastAnswer, say, untilQuiet } from '../driver/chat'
import { expect, test } from '../driver/test'
import type { Page } from '@playwright/test'

test.beforeEach(({ provider }) => provider.clear())

async function openAnswerSettings(page: Page) {
  await page.getByRole('button', { name: 'Tune answers' }).click()
  const dialog = page.getByRole('dialog', { name: 'Tune answers' })
  await expect(dialog).toBeVisible()
  return dialog
}

const bodies = async (provider: { requests(): Promise<readonly { path: string; body: unknown }[]> }) =>
  (await provider.requests()).filter(({ path }) => path.endsWith('/chat/completions')).map(({ body }) => body)

test('an answer from another provider than the pinned one is stopped, kept and reported', async ({
  app,
  provider,
}) => {
  const { page } = app
  await say(page, 'First')
  await expect(lastAnswer(page)).toBeVisible()
  await untilQuiet(page)
  const dialog = await openAnswerSettings(page)
  await dialog.getByRole('textbox', { name: 'Only these providers' }).fill('openai')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await provider.script({
    text: 'Somebody else speaks here',
    serve_as: { provider: 'DeepInfra' },
    tokens_per_second: 10,
  })
  await say(page, 'Second')
  await expect(lastAnswer(page)).toContainText('Another provider answered than you asked for')
  await expect(lastAnswer(page)).toContainText('DeepInfra')
})

test('what a chat, a route and one message ask for is what the provider is sent', async ({
  app,
  provider,
}) => {
  const { page } = app
  await say(page, 'First')
  await expect(lastAnswer(page)).toBeVisible()
  await untilQuiet(page)

  let dialog = await openAnswerSettings(page)
  await dialog.getByRole('radio', { name: 'Everywhere' }).click()
  await dialog.getByRole('switch', { name: 'Only providers that keep nothing' }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()

  dialog = await openAnswerSettings(page)
  await dialog.getByRole('textbox', { name: 'Temperature' }).fill('3')
  await expect(dialog.getByText('A number from 0 to 2')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled()
  await dialog.getByRole('textbox', { name: 'Temperature' }).fill('0.2')
  await dialog.getByRole('textbox', { name: 'Fallback models' }).fill('anthropic/claude-sonnet-4')
  await expect(dialog.getByRole('switch', { name: 'Only providers that keep nothing' })).toBeDisabled()
  await dialog.getByRole('button', { name: 'Save' }).click()

  dialog = await openAnswerSettings(page)
  await dialog.getByRole('radio', { name: 'Next message' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Temperature' })).toHaveAttribute('placeholder', '0.2')
  await dialog.getByRole('textbox', { name: 'Temperature' }).fill('1')
  await dialog.getByRole('button', { name: 'Use for the next message' }).click()
  await expect(page.getByText('Tuned for this message')).toBeVisible()

  await provider.clear()
  await say(page, 'Second')
  await expect(page.getByText('Tuned for this message')).toBeHidden()
  await untilQuiet(page)
  await say(page, 'Third')
  await untilQuiet(page)
  const [second, third] = await bodies(provider)
  expect(second).toMatchObject({
    temperature: 1,
    models: ['openai/gpt-5.4-mini', 'anthropic/claude-sonnet-4'],
    provider: { zdr: true },
  })
  expect(third).toMatchObject({ temperature: 0.2, provider: { zdr: true } })
})
