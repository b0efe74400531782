import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chatList, connected, lastAnswer, messageBox, say, untilQuiet } from '../driver/chat'
import type { LaunchOptions, RunningApp } from '../driver/launch-app'
import { expect, test } from '../driver/test'
import { canMountDisks, mountSmallDisk } from '../faults/small-disk'

/** One chat in a state root of its own; the app has quit. */
async function withOneChat(
  launch: (options: LaunchOptions) => Promise<RunningApp>,
  options: LaunchOptions,
): Promise<string> {
  const app = await launch(options)
  await say(app.page, 'Worth keeping')
  await expect(lastAnswer(app.page)).toContainText('Kept.')
  await untilQuiet(app.page)
  await app.quit()
  return app.stateRoot
}

test.beforeEach(async ({ provider }) => {
  await provider.clear()
  await provider.script({ text: 'Kept.' })
})

test('a damaged chat file is left alone, told, and a good one in its place works at once', async ({
  launch,
  provider,
}) => {
  const options = connected(provider)
  const stateRoot = await withOneChat(launch, options)
  const file = join(stateRoot, 'kheish.sqlite')
  const good = readFileSync(file)
  const damages: readonly (readonly [string, () => void])[] = [
    ['garbage', () => writeFileSync(file, 'garbage '.repeat(4_000))],
    ['cut short', () => truncateSync(file, Math.floor(good.length / 2))],
    [
      'newer',
      () => {
        const newer = Buffer.from(good)
        newer.writeUInt32BE(9_999, 60)
        writeFileSync(file, newer)
      },
    ],
  ]
  for (const [name, damage] of damages) {
    writeFileSync(file, good)
    damage()
    const before = readFileSync(file)
    const { page, quit } = await launch({ ...options, stateRoot })
    await expect(page.getByText('The chat database could not be read'), name).toBeVisible()
    await expect(page.getByRole('main'), name).toContainText(/left as/)
    await expect(page.getByRole('button', { name: 'Open the data folder' }), name).toBeVisible()
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect(page.getByText('The chat database could not be read'), name).toBeVisible()
    expect(readFileSync(file).equals(before), `${name}: the file was changed`).toBe(true)

    for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true })
    writeFileSync(file, good)
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect(chatList(page), name).toContainText('Worth keeping')
    await quit()
  }
})

test('files of comfort that are damaged cost their comfort and nothing else', async ({
  launch,
  provider,
}) => {
  const options = connected(provider)
  const stateRoot = await withOneChat(launch, options)
  writeFileSync(join(stateRoot, 'window/window.json'), '{"bounds": {"x": 1e99, "y": "left"')
  writeFileSync(join(stateRoot, 'route-inventory.json'), 'garbage')
  writeFileSync(join(stateRoot, 'lock.pid'), 'garbage')
  rmSync(join(stateRoot, 'logs'), { recursive: true, force: true })
  writeFileSync(join(stateRoot, 'logs'), 'a file where a folder should be')
  const { page } = await launch({ ...options, stateRoot })
  await expect(chatList(page)).toContainText('Worth keeping')
  await provider.script({ text: 'Still writing.' })
  await say(page, 'And on')
  await expect(lastAnswer(page)).toContainText('Still writing.')
})

test('a data folder that the window uses is shared with the command line, and is its own once the window is closed', async ({
  launch,
  provider,
}) => {
  const options = connected(provider)
  const app = await launch(options)
  await expect(messageBox(app.page)).toBeVisible()
  // A command line in the same state root while the window is open.
  const kheish = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(import.meta.dirname, '../../out/main/kheish.js'), ...args], {
      env: {
        ...process.env,
        ...options.env,
        KHEISH_STATE_ROOT: app.stateRoot,
        KHEISH_ROUTES_FILE: options.routesFile,
      },
      encoding: 'utf8',
      input: 'Piped in',
    })
  const beside = kheish('sessions', 'input')
  expect(beside.status, beside.stderr).toBe(0)
  expect(beside.stdout).toContain('Kept.')
  await expect(chatList(app.page)).toContainText('Piped in')
  await app.quit()
  const served = kheish('sessions', 'input')
  expect(served.status, served.stderr).toBe(0)
  expect(served.stdout).toContain('demo provider')

  const again = await launch({ ...options, stateRoot: app.stateRoot })
  await expect(chatList(again.page).getByText('Piped in')).toHaveCount(2)
})

// The daemon's own tests prove the same with a store that refuses, on machines where nobody may mount.
if (canMountDisks) {
  test('a data folder that can’t be written is told, and works once it can', async ({ launch, provider }) => {
    const disk = mountSmallDisk(32)
    disk.setReadOnly(true)
    try {
      const app = await launch({ ...connected(provider), stateRoot: disk.stateRoot })
      const again = app.page.getByRole('button', { name: 'Try again' })
      await expect(again).toBeVisible()
      await expect(app.page.getByRole('main')).not.toContainText('Something broke')
      disk.setReadOnly(false)
      await again.click()
      await expect(messageBox(app.page)).toBeVisible()
      await app.quit()
    } finally {
      disk.remove()
    }
  })

  test('a full disk is told in mid-stream and at Send, loses nothing, and is forgotten once there is room', async ({
    launch,
    provider,
  }) => {
    const disk = mountSmallDisk(64)
    const options = connected(provider)
    try {
      const app = await launch({ ...options, stateRoot: disk.stateRoot })
      const { page } = app
      await say(page, 'Worth keeping')
      await expect(lastAnswer(page)).toContainText('Kept.')
      await untilQuiet(page)

      await provider.script({ tokens: 60_000, tokens_per_second: 3_000 })
      await say(page, 'Write until it is full')
      await expect(lastAnswer(page)).toContainText('fox')
      disk.fill(0)
      await expect(lastAnswer(page)).toContainText('The disk is full', { timeout: 20_000 })
      await untilQuiet(page)

      await page.getByRole('button', { name: 'New chat' }).click()
      await say(page, 'A thought that must not get lost')
      await expect(page.getByText('The disk is full').last()).toBeVisible()
      await expect(messageBox(page)).toHaveValue('A thought that must not get lost')

      disk.free()
      await provider.clear()
      await provider.script({ text: 'There is room again.' })
      await messageBox(page).press('Enter')
      await expect(lastAnswer(page)).toContainText('There is room again.')
      await untilQuiet(page)
      await app.quit()

      const again = await launch({ ...options, stateRoot: disk.stateRoot })
      await expect(lastAnswer(again.page)).toContainText('There is room again.')
      // The message was taken once, not once for each try.
      await expect(again.page.getByRole('article', { name: 'You' })).toHaveCount(1)
      await chatList(again.page).getByText('Worth keeping').click()
      await expect(lastAnswer(again.page)).toContainText('fox')
      await expect(lastAnswer(again.page).getByRole('button', { name: 'Retry' })).toBeVisible()
      await again.quit()

      // A start on a full disk says so, instead of failing for ever.
      disk.fill(0)
      const full = await launch({ ...options, stateRoot: disk.stateRoot })
      await expect(full.page.getByText(/Worth keeping|The disk is full/).first()).toBeVisible()
      await full.quit()
    } finally {
      disk.remove()
    }
  })
}
