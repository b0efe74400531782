import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { connected, lastAnswer, messageBox, say, untilQuiet } from '../driver/chat'
import type { Provider } from '../driver/demo-provider'
import { dragFiles, dropFiles, solidPng, writeTestFile } from '../driver/files'
import { expect, test } from '../driver/test'

const tray = (page: Page) => page.getByRole('list', { name: 'Attachments' })
const names = (page: Page) =>
  tray(page)
    .getByRole('button', { name: /^Remove / })
    .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label')?.slice(7)))
const tile = (page: Page, name: string) => tray(page).getByRole('button', { name: new RegExp(`^${name} `) })
const send = (page: Page) => page.getByRole('button', { name: 'Send', exact: true })

/** Puts one thing on the clipboard, as another window would. */
const copy = (page: Page, type: string, bytes: Buffer): Promise<void> =>
  page.evaluate(
    ([kind, base64]) => {
      const body = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
      return navigator.clipboard.write([new ClipboardItem({ [kind]: new Blob([body], { type: kind }) })])
    },
    [type, bytes.toString('base64')] as const,
  )

/** Pictures in the newest request, as the provider saw it. */
async function picturesSent(provider: Provider): Promise<number> {
  const asked = (await provider.requests()).findLast(({ path }) => path.endsWith('/chat/completions'))
  return JSON.stringify(asked?.body).split('"image_url":{').length - 1
}

test.beforeEach(({ provider }) => provider.clear())

test('files are dropped, pasted and picked, moved, removed, and still there after a restart', async ({
  launch,
  provider,
}) => {
  const options = connected(provider)
  const app = await launch(options)
  const { page } = app
  const red = writeTestFile('red.png', solidPng(64, 32, [200, 30, 30]))
  const notes = writeTestFile('notes.md', '# Notes\n\nThree apples.\n')
  const bad = writeTestFile('bad.png', solidPng(8, 8, [0, 0, 0]).subarray(0, 40))
  const folder = join(test.info().outputDir, 'holiday')
  mkdirSync(folder)

  // Without a window manager a page has the focus only after a click.
  await messageBox(page).click()
  await messageBox(page).fill('Half a thought')
  // Taken away without a word to the page: what is said over it goes with the next sign of the person.
  const takeAway = await dragFiles(page, [red])
  await expect(page.getByText('Drop to attach')).toBeVisible()
  await takeAway('dragCancel')
  await page.keyboard.press('Escape')
  await expect(page.getByText('Drop to attach')).toHaveCount(0)
  const letGo = await dragFiles(page, [red, bad, notes])
  await expect(page.getByText('Drop to attach')).toBeVisible()
  await letGo('drop')
  await expect(page.getByText('Drop to attach')).toHaveCount(0)
  await expect(tile(page, 'red.png')).toBeVisible()
  await expect(tile(page, 'notes.md')).toBeVisible()
  // Its own error, and nobody else's.
  await expect(tile(page, 'bad.png')).toContainText('Damaged: its end is missing')
  await expect(tray(page).getByRole('button', { name: 'Retry bad.png' })).toBeVisible()
  await expect(page.getByText('1 file could not be added')).toBeVisible()
  await tray(page).getByRole('button', { name: 'Remove bad.png' }).click()

  await dropFiles(page, [folder])
  await expect(page.getByText('“holiday” is a folder')).toBeVisible()

  // A screenshot on the clipboard has no name of its own.
  await copy(page, 'image/png', solidPng(40, 40, [10, 120, 200]))
  await messageBox(page).press('Control+v')
  await expect(tray(page).getByRole('button', { name: /^Remove Pasted picture .*\.png$/ })).toBeVisible()
  await copy(page, 'text/plain', Buffer.from(' and more'))
  await messageBox(page).press('Control+v')
  await expect(messageBox(page)).toHaveValue('Half a thought and more')
  await copy(page, 'text/html', Buffer.from('<img src="https://pictures.example/cat.png">'))
  await messageBox(page).press('Control+v')
  await expect(page.getByText('This picture is still at pictures.example')).toBeVisible()

  const choosing = page.waitForEvent('filechooser')
  await messageBox(page).press('ControlOrMeta+u')
  await (await choosing).setFiles([writeTestFile('numbers.csv', 'a,b\n1,2\n')])
  await expect(tile(page, 'numbers.csv')).toBeVisible()
  // The same bytes under another name are one attachment.
  await dropFiles(page, [writeTestFile('copy of red.png', solidPng(64, 32, [200, 30, 30]))])
  await expect(page.getByText('copy of red.png is attached already')).toBeVisible()

  await tile(page, 'numbers.csv').press('Alt+Home')
  await expect(tile(page, 'numbers.csv')).toBeFocused()
  await tile(page, 'numbers.csv').press('Alt+ArrowRight')
  await expect.poll(() => names(page)).toEqual(['red.png', 'numbers.csv', 'notes.md', expect.any(String)])
  await tile(page, 'notes.md').press('Delete')
  await expect.poll(() => names(page)).toEqual(['red.png', 'numbers.csv', expect.any(String)])
  await expect(tile(page, 'Pasted picture')).toBeFocused()
  await expect(page.getByText('notes.md removed')).toBeAttached()

  await app.quit()
  const again = await launch({ ...options, stateRoot: app.stateRoot })
  await expect.poll(() => names(again.page)).toEqual(['red.png', 'numbers.csv', expect.any(String)])
  await expect(messageBox(again.page)).toHaveValue('Half a thought and more')
})

test('a model sees what was sent, and earlier pictures travel only when they are named or kept', async ({
  app,
  provider,
}) => {
  const { page } = app
  await dropFiles(page, [writeTestFile('red.png', solidPng(64, 32, [200, 30, 30]))])
  await expect(tile(page, 'red.png')).toBeVisible()
  await expect(send(page)).toBeEnabled()
  // Looked at and sent without a pointer.
  const viewer = page.getByRole('dialog', { name: 'Viewer: red.png' })
  await tile(page, 'red.png').press('Enter')
  await expect(viewer).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(tile(page, 'red.png')).toBeFocused()
  await send(page).press('Enter')
  await expect(messageBox(page)).toBeFocused()
  await expect(lastAnswer(page)).toContainText('64 × 32')
  await expect(lastAnswer(page)).toContainText('#c81e1e')
  await expect(tray(page)).toHaveCount(0)
  const mine = page
    .getByRole('article', { name: 'You' })
    .filter({ has: page.getByRole('img', { name: 'red.png' }) })
  await expect(mine).toBeVisible()
  await mine.getByRole('button', { name: 'Open red.png' }).press('Enter')
  await expect(viewer).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(mine.getByRole('button', { name: 'Open red.png' })).toBeFocused()
  await untilQuiet(page)

  await expect(page.getByRole('button', { name: 'No earlier picture travels along' })).toBeVisible()
  await say(page, 'Thank you')
  await untilQuiet(page)
  expect(await picturesSent(provider)).toBe(0)

  // Named in the words, it goes; dropped by hand, it does not.
  await messageBox(page).fill('How red is red.png?')
  const chip = page
    .getByRole('group', { name: 'Pictures that travel along' })
    .getByRole('button', { name: /^red\.png / })
  await expect(chip).toHaveAttribute('aria-pressed', 'true')
  await messageBox(page).press('Enter')
  await untilQuiet(page)
  expect(await picturesSent(provider)).toBe(1)
  await messageBox(page).fill('And red.png again?')
  await chip.press(' ')
  await expect(chip).toHaveAttribute('aria-pressed', 'false')
  await expect(chip).toBeFocused()
  await chip.click()
  await expect(chip).toHaveAttribute('aria-pressed', 'true')
  await chip.click()
  await expect(chip).toHaveAttribute('aria-pressed', 'false')
  await messageBox(page).press('Enter')
  await untilQuiet(page)
  expect(await picturesSent(provider)).toBe(0)

  // Kept by hand, without a word of it.
  await page.getByRole('button', { name: 'No earlier picture travels along' }).click()
  await chip.click()
  await say(page, 'Look once more')
  await untilQuiet(page)
  expect(await picturesSent(provider)).toBe(1)

  // Written anew, a message shows what would go along, to be kept or dropped the same way.
  const editor = page
    .getByRole('article', { name: 'You' })
    .filter({ has: page.getByRole('textbox', { name: 'Edit message' }) })
  const words = editor.getByRole('textbox', { name: 'Edit message' })
  await page
    .getByRole('article', { name: 'You' })
    .filter({ hasText: 'Look once more' })
    .getByRole('button', { name: 'Edit', exact: true })
    .click()
  await expect(editor.getByRole('button', { name: 'No earlier picture travels along' })).toBeVisible()
  await words.fill('Look at red.png once more')
  const going = editor.getByRole('button', { name: /^red\.png / })
  await expect(going).toHaveAttribute('aria-pressed', 'true')
  await going.click()
  await expect(going).toHaveAttribute('aria-pressed', 'false')
  await words.press('Control+Enter')
  await untilQuiet(page)
  expect(await picturesSent(provider)).toBe(0)

  // A new version of the first message keeps what was attached to it.
  await page.getByRole('log', { name: 'Conversation' }).hover()
  await page.mouse.wheel(0, -10_000)
  await mine.getByRole('button', { name: 'Edit', exact: true }).click()
  await expect(editor.getByRole('button', { name: 'Remove red.png' })).toBeVisible()
  await words.fill('What is this?')
  await editor.getByRole('button', { name: 'Send as a new version' }).click()
  await untilQuiet(page)
  await expect(lastAnswer(page)).toContainText('64 × 32')
})

test('a model without eyes is named before sending, refused, and replaced by one press', async ({
  app,
  provider,
}) => {
  const { page } = app
  await expect
    .poll(async () => {
      const answer = await app.ask('models.list')
      return answer.ok ? (answer.value as { models: readonly unknown[] }).models.length : 0
    })
    .toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Model', exact: true }).click()
  const picker = page.getByRole('dialog', { name: 'Choose a model' })
  await picker.getByLabel('Search models').fill('llama-3.1-8b-instruct')
  await page.keyboard.press('Enter')
  await expect(picker).toBeHidden()

  await dropFiles(page, [writeTestFile('blue.png', solidPng(20, 10, [20, 40, 220]))])
  await expect(page.getByText('meta-llama/llama-3.1-8b-instruct can’t see pictures')).toBeVisible()
  // The window's offer now, the daemon's after its refusal: one rule.
  const offer = page.getByRole('button', { name: 'Use meta-llama/llama-4-maverick', exact: true })
  await expect(offer).toBeVisible()
  await say(page, 'What colour is it?')
  // Nothing is lost by being refused.
  await expect(messageBox(page)).toHaveValue('What colour is it?')
  await expect(tile(page, 'blue.png')).toBeVisible()
  expect((await provider.requests()).some(({ path }) => path.endsWith('/chat/completions'))).toBe(false)

  await expect(page.getByRole('button', { name: 'Model', exact: true })).toContainText(
    'llama-3.1-8b-instruct',
  )
  await offer.click()
  await expect(page.getByText('can’t see pictures')).toHaveCount(0)
  await messageBox(page).press('Enter')
  await expect(lastAnswer(page)).toContainText('20 × 10')
})
