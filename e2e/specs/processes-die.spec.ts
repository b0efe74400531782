import { readFileSync } from 'node:fs'
import {
  chatList,
  connected,
  lastAnswer,
  messageBox,
  say,
  textOf,
  transcript,
  untilQuiet,
} from '../driver/chat'
import type { RunningApp } from '../driver/launch-app'
import { processTree } from '../driver/processes'
import { expect, test } from '../driver/test'

const story = (words: number): string => Array.from({ length: words }, (_, at) => `word${at}`).join(' ')

/** The page's own words, asked in the main process: the driver lets go of a page that crashed. */
const inPage = (app: RunningApp, script: string): Promise<unknown> =>
  app.electron
    .evaluate(
      ({ BrowserWindow }, code) =>
        Promise.race([
          BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code),
          new Promise((resolve) => setTimeout(resolve, 1_000, 'nobody')),
        ]),
      script,
    )
    .catch(() => 'nobody')

const childrenOf = (app: RunningApp, kind: string): readonly number[] =>
  processTree(app.pid).filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`=${kind}`))

test.beforeEach(({ provider }) => provider.clear())

test('a window that is loaded again in mid-stream shows everything and goes on', async ({
  launch,
  provider,
}) => {
  const app = await launch(connected(provider))
  const { page } = app
  const text = story(500)
  await provider.script({ text, tokens_per_second: 150 }, { text: 'Second.' })
  await say(page, 'Tell me a story')
  await expect(lastAnswer(page)).toContainText('word20')
  await say(page, 'And then?')
  await expect(page.getByRole('button', { name: 'Take back' })).toBeVisible()
  await messageBox(page).fill('half a thought')
  await page.waitForTimeout(600)
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload())
  await expect(lastAnswer(page)).toContainText('word30')
  await expect(page.getByRole('button', { name: 'Take back' })).toBeVisible()
  await expect(messageBox(page)).toHaveValue('half a thought')
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible()
  await expect(lastAnswer(page)).toContainText('Second.')
  await untilQuiet(page)
  const { messages } = await transcript(app)
  expect(messages.map(textOf)).toEqual(['Tell me a story', text, 'And then?', 'Second.'])
})

test('a page that is killed in mid-stream comes back by itself, with the stream going on', async ({
  launch,
  provider,
}) => {
  const app = await launch(connected(provider))
  const text = story(400)
  await provider.script({ text, tokens_per_second: 120 })
  await say(app.page, 'Tell me a story')
  await expect(lastAnswer(app.page)).toContainText('word20')
  const pid = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  )
  process.kill(pid ?? 0, 'SIGKILL')
  const shown = () => inPage(app, `document.querySelector('main')?.innerText ?? ''`)
  await expect.poll(shown).toContain('word0 word1')
  await expect.poll(shown, { timeout: 15_000 }).toContain('word399')
  await expect.poll(shown).toContain('reported')
  await expect
    .poll(() => app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length))
    .toBe(1)
  expect(await app.quit()).toBeLessThan(4_000)
})

test('a graphics or keychain process that dies is replaced, and nobody notices', async ({
  launch,
  provider,
  keyring,
}) => {
  const options = connected(provider)
  const app = await launch({ ...options, env: { ...options.env, ...keyring.env } })
  const { page } = app
  const slot = { slot_id: 'spare' }
  const source = { kind: 'inline', value: 'sk-or-v1-spare' }
  expect(await app.ask('secrets.set', { ...slot, source })).toMatchObject({ ok: true })
  const text = story(300)
  await provider.script({ text, tokens_per_second: 150 })
  await say(page, 'Tell me a story')
  await expect(lastAnswer(page)).toContainText('word10')
  for (const kind of ['gpu-process', 'network.mojom', 'node.mojom']) {
    const found = childrenOf(app, kind)
    expect(found, kind).not.toEqual([])
    for (const pid of found) process.kill(pid, 'SIGKILL')
  }
  expect(await app.ask('secrets.set', { ...slot, source })).toMatchObject({ ok: true })
  expect(await app.ask('secrets.list')).toMatchObject({
    value: { keychain: 'secured', slots: [{ ...slot, held: 'keychain' }] },
  })
  await expect(lastAnswer(page)).toContainText('word299', { timeout: 15_000 })
  await messageBox(page).fill('still here')
  await expect(messageBox(page)).toHaveValue('still here')
})

test('killed while two chats write and a third message waits: all is there, and what waited goes on', async ({
  launch,
  provider,
}) => {
  const options = connected(provider)
  const app = await launch(options)
  const { page } = app
  await provider.script(
    { text: story(2_000), tokens_per_second: 100 },
    { text: story(2_000), tokens_per_second: 100 },
  )
  await say(page, 'First chat')
  await expect(lastAnswer(page)).toContainText('word5')
  await page.getByRole('button', { name: 'New chat' }).click()
  await say(page, 'Second chat')
  await expect(lastAnswer(page)).toContainText('word5')
  await say(page, 'Waits its turn')
  await expect(page.getByRole('button', { name: 'Take back' })).toBeVisible()
  await app.kill()

  await provider.clear()
  await provider.script({ text: 'The one that waited.' })
  const again = await launch({ ...options, stateRoot: app.stateRoot })
  await expect(chatList(again.page)).toContainText('First chat')
  await chatList(again.page).getByText('First chat').click()
  await expect(lastAnswer(again.page)).toContainText('word5')
  await expect(lastAnswer(again.page)).toContainText('Interrupted (the app was closed)')
  await chatList(again.page).getByText('Second chat').click()
  await expect(again.page.getByText('Waits its turn').first()).toBeVisible()
  await expect(lastAnswer(again.page)).toContainText('The one that waited.')
  await untilQuiet(again.page)
})
