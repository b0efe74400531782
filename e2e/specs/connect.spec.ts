import { lastAnswer, messageBox, say } from '../driver/chat'
import type { Provider } from '../driver/demo-provider'
import type { Keyring } from '../driver/keyring'
import { startKeyring } from '../driver/keyring'
import type { RunningApp } from '../driver/launch-app'
import { writeRoutes } from '../driver/routes'
import { expect, test } from '../driver/test'

const slot = { slot_id: 'openrouter.primary' }

const withSlot = (provider: Provider, keyring: Keyring, env: Record<string, string> = {}) => ({
  routesFile: writeRoutes({ prefix: provider.prefix }),
  env: { ...keyring.env, ...env },
})

/** Keeps what would open the browser. The driver's own way in, so that no page of the machine opens. */
const holdBrowser = (app: RunningApp) =>
  app.electron.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = async (url) => void opened.push(url)
  })
const opened = (app: RunningApp) =>
  app.electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened.at(-1))

test.beforeEach(async ({ provider, keyring }) => {
  await provider.clear()
  // Each test begins without a key; the keyring is the worker's.
  await keyring.forget()
})

test('set-up names route and slot; a wrong key is refused with a sentence and kept nowhere', async ({
  launch,
  provider,
  keyring,
}) => {
  const app = await launch(withSlot(provider, keyring))
  const { page } = app
  await expect(page.getByText('The route openrouter looks for its key in openrouter.primary.')).toBeVisible()
  const field = page.getByRole('textbox', { name: 'API key' })
  await field.fill('sk-or-bad-4711')
  await page.getByRole('button', { name: 'Save key' }).click()
  await expect(page.getByText('OpenRouter does not accept this key')).toBeVisible()
  await expect(field).toBeFocused()
  expect(await app.ask('secrets.list')).toMatchObject({ value: { slots: [] } })
  expect(app.logs()).not.toContain('sk-or-bad-4711')

  // What no header can carry is never sent.
  await field.fill('sk-or-v1-ключ')
  await field.press('Enter')
  await expect(page.getByText('That is not a usable key')).toBeVisible()
  expect(JSON.stringify(await provider.requests())).not.toContain('ключ')
  // What a person copies has blanks and line ends around it.
  await field.fill('   sk-or-v1-good-key \n')
  await field.press('Enter')
  await expect(messageBox(page)).toBeVisible()
})

test('a provider that is down while the key is checked stores nothing and says so', async ({
  launch,
  provider,
  keyring,
}) => {
  const app = await launch(withSlot(provider, keyring))
  const { page } = app
  await provider.script({ on: 'key', instead: 'reset', times: 9 })
  await page.getByRole('textbox', { name: 'API key' }).fill('sk-or-v1-good-key')
  await page.getByRole('button', { name: 'Save key' }).click()
  await expect(page.getByRole('alert')).toContainText('OpenRouter can’t be reached')
  expect(await app.ask('secrets.list')).toMatchObject({ value: { slots: [] } })
  await provider.clear()
  await page.getByRole('button', { name: 'Save key' }).click()
  await expect(messageBox(page)).toBeVisible()
})

test('the key of the environment is imported with one click', async ({ launch, provider, keyring }) => {
  const app = await launch(withSlot(provider, keyring, { OPENROUTER_API_KEY: 'sk-or-v1-from-env' }))
  const { page } = app
  await page.getByRole('button', { name: 'Import the key from OPENROUTER_API_KEY' }).click()
  await expect(messageBox(page)).toBeVisible()
  expect(await app.ask('secrets.list')).toMatchObject({ value: { slots: [{ ...slot, held: 'keychain' }] } })
  await provider.script({ text: 'With the imported key.' })
  await say(page, 'Hello')
  await expect(lastAnswer(page)).toContainText('With the imported key.')
})

test('signing in: cancelled, denied, then done; the key lands in the keyring', async ({
  launch,
  provider,
  keyring,
}) => {
  const options = withSlot(provider, keyring)
  const app = await launch(options)
  const { page } = app
  await holdBrowser(app)
  const begin = page.getByRole('button', { name: 'Sign in with OpenRouter' })

  await begin.click()
  await expect(page.getByText('Waiting for the browser…')).toBeVisible()
  await expect.poll(() => opened(app)).toBeTruthy()
  const old = new URL((await opened(app)) ?? '').searchParams.get('callback_url') ?? ''
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(begin).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
  // Nobody listens any more.
  await expect(fetch(`${old}?code=late`)).rejects.toThrow()

  await begin.click()
  await expect.poll(() => opened(app)).not.toContain(new URL(old).port)
  const denied = new URL((await opened(app)) ?? '').searchParams.get('callback_url') ?? ''
  expect((await fetch(`${denied}?error=access_denied`)).status).toBe(200)
  await expect(page.getByRole('alert')).toContainText('Signing in did not work')
  expect(await app.ask('secrets.list')).toMatchObject({ value: { slots: [] } })

  await begin.click()
  await expect.poll(() => opened(app)).not.toContain(new URL(denied).port)
  const visit = await fetch((await opened(app)) ?? '')
  expect(await visit.text()).toContain('Kheish')
  await expect(messageBox(page)).toBeVisible()
  expect(await app.ask('secrets.list')).toMatchObject({ value: { slots: [{ ...slot, held: 'keychain' }] } })
  await app.quit()

  const again = await launch({ ...options, stateRoot: app.stateRoot })
  await expect(messageBox(again.page)).toBeVisible()
  expect(await again.ask('secrets.test', slot)).toMatchObject({ ok: true })
})

test('a keychain that goes away in mid-use says what to do, and works again when it is back', async ({
  launch,
  provider,
}) => {
  const keyring = await startKeyring()
  try {
    const app = await launch(withSlot(provider, keyring))
    const { page } = app
    await page.getByRole('textbox', { name: 'API key' }).fill('sk-or-v1-good-key')
    await page.getByRole('button', { name: 'Save key' }).click()
    await provider.script({ text: 'Before.' }, { text: 'After.' })
    await say(page, 'One')
    await expect(lastAnswer(page)).toContainText('Before.')

    await keyring.lock()
    await say(page, 'Two')
    await expect(lastAnswer(page)).toContainText(/keychain/i)
    const retry = lastAnswer(page).getByRole('button', { name: 'Retry' })
    await expect(retry).toBeVisible()
    await expect(page.getByRole('article', { name: 'You' }).last()).toContainText('Two')

    await keyring.unlock()
    await retry.click()
    await expect(lastAnswer(page)).toContainText('After.')
    expect(await app.quit()).toBeLessThan(6_000)
  } finally {
    await keyring.stop()
  }
})
