import type { Page } from '@playwright/test'
import { connected, lastAnswer, messageBox, say, untilQuiet } from '../driver/chat'
import type { RunningApp } from '../driver/launch-app'
import { expect, test } from '../driver/test'

const press = (page: Page, keys: string) => page.keyboard.press(keys)
const resize = (app: RunningApp, width: number) =>
  app.electron.evaluate(
    ({ BrowserWindow }, wide) => BrowserWindow.getAllWindows()[0]?.setContentSize(wide, 760),
    width,
  )

test.beforeEach(({ provider }) => provider.clear())

test('whatever is closed with Escape gives the focus back', async ({ app, provider }) => {
  const { page } = app
  await provider.script({ text: 'A few words to find.' })
  await say(page, 'Say something')
  await expect(lastAnswer(page)).toContainText('A few words')
  await untilQuiet(page)

  await press(page, 'Control+k')
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible()
  await press(page, 'Escape')
  await expect(messageBox(page)).toBeFocused()

  await press(page, 'Control+Shift+M')
  await expect(page.getByRole('dialog', { name: 'Choose a model' })).toBeVisible()
  await press(page, 'Escape')
  await expect(messageBox(page)).toBeFocused()

  await press(page, 'Control+,')
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible()
  await press(page, 'Escape')
  await expect(messageBox(page)).toBeFocused()

  await press(page, 'Control+f')
  await page.keyboard.type('words')
  await expect(page.getByText('1 of 1')).toBeVisible()
  await press(page, 'Escape')
  await expect(messageBox(page)).toBeFocused()
})

test('the end of an answer is told, and not every word of it', async ({ app, provider }) => {
  const { page } = app
  await provider.script({ text: 'One two three four five six.', tokens_per_second: 4 })
  await say(page, 'Count')
  await expect(page.getByRole('log', { name: 'Conversation' })).toHaveAttribute('aria-live', 'off')
  const status = lastAnswer(page).getByRole('status').filter({ hasText: 'Writing' })
  // What is read out is a change of something that stays, not something new.
  await status.evaluate((element) => element.setAttribute('data-same', ''))
  await untilQuiet(page)
  await expect(lastAnswer(page).locator('[data-same]')).toHaveText('Complete')
  await expect(page).toHaveTitle('Count – Kheish')
  await page.getByRole('button', { name: 'New chat' }).click()
  await expect(page).toHaveTitle('Kheish')
})

test('a paragraph selected by three clicks can be quoted', async ({ app, provider }) => {
  const { page } = app
  await provider.script({ text: 'First paragraph.\n\nLast paragraph, which ends the answer.' })
  await say(page, 'Two paragraphs')
  await expect(lastAnswer(page)).toContainText('ends the answer')
  await untilQuiet(page)
  await lastAnswer(page).locator('p', { hasText: 'Last paragraph' }).click({ clickCount: 3 })
  await page.getByRole('button', { name: 'Quote', exact: true }).click()
  await expect(messageBox(page)).toHaveValue(/^> Last paragraph, which ends the answer\.\n/)
  await expect(messageBox(page)).toBeFocused()
})

test('a failure passes on what the provider said', async ({ app, provider }) => {
  const { page } = app
  const message = 'You requested up to 32000 tokens, but can only afford 812.'
  await provider.script({ status: 402, body: { error: { code: 402, message } } })
  await say(page, 'Something dear')
  await expect(lastAnswer(page)).toContainText('Not enough credit')
  await expect(lastAnswer(page)).toContainText(message)
  // What the credit pays for is one press away.
  await provider.clear()
  await provider.script({ text: 'A short one.' })
  await lastAnswer(page).getByRole('button', { name: 'Ask for a shorter answer' }).click()
  await expect(lastAnswer(page)).toContainText('A short one.')
  const asked = (await provider.requests()).filter(({ path }) => path.endsWith('/chat/completions'))
  expect(asked.at(-1)?.body).toMatchObject({ max_tokens: 812 })
})

test('in a narrow window the drawers open by keys, and one Escape closes them', async ({
  launch,
  provider,
}) => {
  const app = await launch(connected(provider))
  const { page } = app
  await expect(messageBox(page)).toBeFocused()
  await resize(app, 480)
  await expect(page.getByRole('navigation', { name: 'Chats' })).toBeHidden()
  for (const [keys, name] of [
    ['Control+b', 'Chat'],
    ['Control+Alt+b', 'Inspector'],
  ] as const) {
    await press(page, keys)
    await expect(page.getByRole('dialog', { name })).toBeVisible()
    await press(page, 'Escape')
    await expect(page.getByRole('dialog', { name })).toBeHidden()
    await expect(messageBox(page)).toBeFocused()
  }
  await press(page, 'Control+Shift+F')
  await expect(page.getByRole('searchbox', { name: 'Search chats' })).toBeFocused()
})

test('Settings has something to see from the first frame, and says when the keychain takes its time', async ({
  launch,
  provider,
}) => {
  const app = await launch(connected(provider))
  const { page } = app
  await expect(messageBox(page)).toBeVisible()
  // A keychain that does not answer: the daemon's word about it is held back.
  await app.electron.evaluate(({ ipcMain }) => {
    const { _invokeHandlers: handlers } = ipcMain as unknown as {
      readonly _invokeHandlers: Map<string, (...given: unknown[]) => unknown>
    }
    for (const [channel, answer] of handlers) {
      handlers.set(channel, async (...given) => {
        if (JSON.stringify(given.slice(1)).includes('secrets.list'))
          await new Promise((resolve) => setTimeout(resolve, 1_500))
        return answer(...given)
      })
    }
  })
  await press(page, 'Control+,')
  const panel = page.getByRole('tabpanel', { name: 'Keys' })
  await expect(panel.getByRole('status')).toContainText('Asking the keychain')
  await expect(panel.getByRole('status')).not.toContainText('Asking the keychain')
})
