import { execFile } from 'node:child_process'
import { mkdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { connected, say, untilQuiet } from '../driver/chat'
import { environmentOf } from '../driver/launch-app'
import { openSettings } from '../driver/settings'
import { expect, test } from '../driver/test'

test.skip(process.platform === 'win32', 'the launcher of Windows is no shell script')

test('Settings installs the kheish command, which works beside the window and without a display', async ({
  launch,
  provider,
}, info) => {
  await provider.clear()
  const home = info.outputPath('home')
  await mkdir(home)
  const options = connected(provider, { env: { HOME: home } })
  const app = await launch(options)
  await say(app.page, 'Hello from the window')
  await untilQuiet(app.page)
  await openSettings(app.page, 'Diagnostics')
  await app.page.getByRole('button', { name: 'Install kheish' }).click()
  await expect(app.page.getByText(/Installed as .*kheish/)).toBeVisible()

  const launcher = join(home, '.local', 'bin', 'kheish')
  expect((await stat(launcher)).mode & 0o111).not.toBe(0)
  const run = async (...words: string[]) => {
    const env = { ...environmentOf(options, app.stateRoot) }
    delete env['DISPLAY']
    delete env['WAYLAND_DISPLAY']
    return promisify(execFile)(launcher, words, { env, timeout: 30_000 })
  }
  const listed = await run('sessions', 'list', '--json')
  expect(JSON.parse(listed.stdout)).toMatchObject({ sessions: [{ title: 'Hello from the window' }] })
  expect(listed.stderr).toBe('')
  await expect(run('sessions', 'get', 'ghost')).rejects.toMatchObject({ code: 5, stdout: '' })

  await app.quit()
  // With nobody to speak to it opens the chats itself.
  expect((await run('sessions', 'list')).stdout).toContain('Hello from the window')
  expect(await readFile(launcher, 'utf8')).toContain('--command-line')
})
