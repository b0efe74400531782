import { startKeyring } from '../driver/keyring'
import { newStateRoot } from '../driver/launch-app'
import { processTree } from '../driver/processes'
import { writeRoutes } from '../driver/routes'
import { expect, test } from '../driver/test'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const canary = 'sk-or-v1-canary-4f1d'

test('a pasted key is kept in the real keyring and found after a restart', async ({
  launch,
  provider,
  keyring,
}) => {
  const stateRoot = newStateRoot()
  const routesFile = writeRoutes({ prefix: provider.prefix })
  const options = { stateRoot, routesFile, env: keyring.env }
  const first = await launch(options)
  await expect(first.page.getByRole('heading', { name: 'Connect OpenRouter' })).toBeVisible()
  await first.page.getByRole('textbox', { name: 'API key' }).fill(canary)
  await first.page.getByRole('button', { name: 'Save key' }).click()
  await expect(first.page.getByRole('textbox', { name: 'Message' })).toBeVisible()
  expect(await first.ask('secrets.list')).toMatchObject({
    value: { keychain: 'secured', slots: [{ slot_id: 'openrouter.primary', held: 'keychain' }] },
  })
  await first.quit()

  const second = await launch(options)
  await expect(second.page.getByRole('textbox', { name: 'Message' })).toBeVisible()
  expect(await second.ask('secrets.test', { slot_id: 'openrouter.primary' })).toMatchObject({ ok: true })
  expect(JSON.stringify(await second.ask('secrets.list'))).not.toContain(canary)
  expect(second.logs()).not.toContain(canary)
  await second.quit()
  expect(filesWith(canary, stateRoot)).toEqual([])
})

test('without a keychain the app says so within five seconds, keeps nothing, and quits', async ({
  launch,
  provider,
}) => {
  const keyring = await startKeyring({ service: false })
  const routesFile = writeRoutes({ prefix: provider.prefix })
  const app = await launch({ routesFile, env: keyring.env })
  try {
    expect(await within(5_000, () => app.ask('secrets.list'))).toMatchObject({
      value: { keychain: 'missing', action: expect.stringContaining('Install gnome-keyring') },
    })
    expect(await within(5_000, () => app.ask('secrets.set', keyOf(canary)))).toMatchObject({
      ok: false,
      fault: { code: 'secret_store_unavailable', detail: expect.stringContaining('Install gnome-keyring') },
    })
    await expect(app.page.getByText('Install gnome-keyring').first()).toBeVisible()
    expect(await app.quit()).toBeLessThan(6_000)
    expect(filesWith(canary, app.stateRoot)).toEqual([])
  } finally {
    await keyring.stop()
  }
})

test('with a locked keyring the app says so within five seconds, and quits while it is asked', async ({
  launch,
  provider,
}) => {
  const keyring = await startKeyring()
  const routesFile = writeRoutes({ prefix: provider.prefix })
  const options = { stateRoot: newStateRoot(), routesFile, env: keyring.env }
  try {
    const first = await launch(options)
    expect(await first.ask('secrets.set', keyOf(canary))).toMatchObject({ ok: true })
    await first.quit()
    await keyring.lock()

    const app = await launch(options)
    expect(await within(5_000, () => app.ask('secrets.list'))).toMatchObject({
      value: { keychain: 'locked' },
    })
    expect(await within(5_000, () => app.ask('secrets.set', keyOf(`${canary}-2`)))).toMatchObject({
      ok: false,
      fault: { code: 'secret_store_locked' },
    })
    // A call that hangs in the keyring must not hold the end back.
    const tree = processTree(app.pid)
    void app.ask('secrets.test', { slot_id: 'openrouter.primary' }).catch(() => undefined)
    expect(await app.quit()).toBeLessThan(6_000)
    expect(tree.filter((pid) => processTree(pid).length > 0)).toEqual([])

    // Nothing was deleted or overwritten meanwhile (contract 4.5).
    await keyring.unlock()
    const later = await launch(options)
    expect(await later.ask('secrets.test', { slot_id: 'openrouter.primary' })).toMatchObject({ ok: true })
  } finally {
    await keyring.stop()
  }
})

const keyOf = (value: string) => ({ slot_id: 'openrouter.primary', source: { kind: 'inline', value } })

async function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const before = performance.now()
  const value = await work()
  expect(performance.now() - before).toBeLessThan(ms)
  return value
}

/** Files under `folder` that hold `text`. */
const filesWith = (text: string, folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter(
      (path) => statSync(path, { throwIfNoEntry: false })?.isFile() && readFileSync(path).includes(text),
    )
