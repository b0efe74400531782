import { connected, lastAnswer, say, untilQuiet } from '../driver/chat'
import { expect, test } from '../driver/test'

test.beforeEach(({ provider }) => provider.clear())

test('the picker holds the whole catalogue, finds a model and uses it', async ({ app, provider }) => {
  const { page } = app
  await expect
    .poll(async () => {
      const answer = await app.ask('models.list')
      return answer.ok ? (answer.value as { models: readonly unknown[] }).models.length : 0
    })
    .toBeGreaterThanOrEqual(400)
  await page.getByRole('button', { name: 'Model', exact: true }).click()
  const picker = page.getByRole('dialog', { name: 'Choose a model' })
  await expect(picker).toBeVisible()
  await picker.getByLabel('Search models').fill('claude-sonnet-4')
  await expect(picker.getByRole('option', { name: /^anthropic\/claude-sonnet-4/ }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(picker).toBeHidden()
  await expect(page.getByRole('button', { name: 'Model', exact: true })).toContainText('claude-sonnet-4')
  await provider.script({ text: 'As Claude.' })
  await say(page, 'Who are you?')
  await expect(lastAnswer(page)).toContainText('As Claude.')
  await untilQuiet(page)
  const [request] = (await provider.requests()).filter(({ path }) => path.endsWith('/chat/completions'))
  expect(request?.body).toMatchObject({ model: expect.stringMatching(/^anthropic\/claude-sonnet-4/) })
})

test('a typed selector is taken as it is, and the route prefix never leaves', async ({ app, provider }) => {
  const { page } = app
  await page.getByRole('button', { name: 'Model', exact: true }).click()
  const picker = page.getByRole('dialog', { name: 'Choose a model' })
  await picker.getByLabel('Search models').fill('openrouter/some-vendor/not-in-the-list')
  await picker
    .getByRole('option', { name: /not-in-the-list/ })
    .first()
    .click()
  await say(page, 'Anyone there?')
  // The provider doesn't know it either, and the person is told what to do about it.
  await expect(lastAnswer(page).getByRole('button', { name: 'Choose another model' })).toBeVisible()
  const [request] = (await provider.requests()).filter(({ path }) => path.endsWith('/chat/completions'))
  expect(request?.body).toMatchObject({ model: 'some-vendor/not-in-the-list' })
})

test('the picker opens from the stored catalogue when the provider is gone', async ({ launch, provider }) => {
  const options = connected(provider)
  const first = await launch(options)
  await expect
    .poll(async () => {
      const answer = await first.ask('models.list')
      return answer.ok ? (answer.value as { models: readonly unknown[] }).models.length : 0
    })
    .toBeGreaterThan(0)
  await first.quit()
  await provider.script({ on: 'models', instead: 'reset', times: 20 })
  const second = await launch({ ...options, stateRoot: first.stateRoot })
  await second.page.getByRole('button', { name: 'Model', exact: true }).click()
  await expect(
    second.page.getByRole('dialog', { name: 'Choose a model' }).getByRole('option').first(),
  ).toBeVisible()
})
