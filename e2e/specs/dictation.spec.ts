import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { connected, messageBox } from '../driver/chat'
import { startProvider, type Provider } from '../driver/demo-provider'
import { fakeMicrophone } from '../driver/fake-microphone'
import { canListen, easySentences, speakSentences, writeGrammar } from '../driver/speech'
import { expect, test } from '../driver/test'

test.skip(!canListen(), 'This machine has nothing that speaks and listens.')

const dictate = (page: Page) => page.getByRole('button', { name: 'Dictate' })
const timer = (page: Page) => page.getByRole('timer', { name: 'Recording time' })
const [first, , third] = easySentences
let listener: Provider

test.beforeAll(async () => {
  const grammar = await writeGrammar(mkdtempSync(join(tmpdir(), 'kheish-grammar-')), easySentences)
  listener = await startProvider({ grammar })
})
test.afterAll(() => listener.stop())

/** Two sentences with a pause between them, from when the microphone opens. */
async function speaking(...sentences: readonly string[]): Promise<readonly string[]> {
  const [spoken] = await speakSentences([sentences.join('. ')], { rate: 48_000, before: 0.5, after: 0.6 })
  if (!spoken) throw new Error('nothing was spoken')
  return fakeMicrophone(spoken.wav, { again: true })
}

const words = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z ]/g, '')
    .replaceAll(/ +/g, ' ')
    .trim()

test('what is said stands in the box, is one step of undo, and can be thrown away', async ({ launch }) => {
  test.setTimeout(120_000)
  const app = await launch(connected(listener, { args: await speaking(first) }))
  const { page } = app
  await messageBox(page).click()
  await messageBox(page).pressSequentially('Dear all,')

  // By a click, and ended by `Insert`.
  await dictate(page).click()
  await expect(dictate(page)).toHaveAttribute('aria-pressed', 'true')
  await expect(timer(page)).toHaveText('0:03')
  await expect(page.getByRole('meter', { name: 'Microphone level' })).not.toHaveAttribute(
    'aria-valuenow',
    '0',
  )
  await page.getByRole('button', { name: 'Insert' }).click()
  await expect(messageBox(page)).toHaveValue(/^Dear all, \S/, { timeout: 30_000 })
  expect(words(await messageBox(page).inputValue())).toContain(first)
  await expect(messageBox(page)).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(messageBox(page)).toHaveValue('Dear all,')
  await page.keyboard.press('Control+Shift+z')
  expect(words(await messageBox(page).inputValue())).toContain(first)
  await page.getByRole('button', { name: 'Close dictation' }).click()

  // A tap of the key leaves it on; Escape throws a short one away.
  const before = await messageBox(page).inputValue()
  await messageBox(page).press('Control+Shift+Space')
  await expect(timer(page)).toHaveText('0:01')
  await page.keyboard.press('Escape')
  await expect(timer(page)).toHaveCount(0)
  await expect(messageBox(page)).toHaveValue(before)

  // Held, it lasts as long as the key.
  await page.keyboard.down('Control')
  await page.keyboard.down('Shift')
  await page.keyboard.down('Space')
  await expect(timer(page)).toHaveText('0:03')
  await page.keyboard.up('Space')
  await page.keyboard.up('Shift')
  await page.keyboard.up('Control')
  await expect(messageBox(page)).not.toHaveValue(before, { timeout: 30_000 })
  await expect.poll(async () => (await app.ask('recordings.list')).ok).toBe(true)
  expect(await app.ask('recordings.list')).toMatchObject({ ok: true, value: { recordings: [] } })
})

test('what nobody could write down is safe, is offered after a start, and is written down then', async ({
  launch,
}) => {
  test.setTimeout(120_000)
  const options = connected(listener, { args: await speaking(third) })
  const app = await launch(options)
  const { page } = app
  const broken = { on: 'transcription', status: 502, body: '<html>no</html>' }
  await listener.script(broken, broken, broken, broken)
  await messageBox(page).click()
  await dictate(page).click()
  await expect(timer(page)).toHaveText('0:04')
  await dictate(page).click()
  await expect(page.getByText('the recording is safe')).toBeVisible({ timeout: 60_000 })
  await expect(messageBox(page)).toHaveValue('')
  await app.kill()

  await listener.clear()
  const again = await launch({ ...options, stateRoot: app.stateRoot })
  await expect(again.page.getByText(/A dictation of 0:0\d/)).toBeVisible()
  await again.page.getByRole('button', { name: 'Retry transcription' }).click()
  await expect(again.page.getByRole('button', { name: 'Insert' })).toBeEnabled({ timeout: 30_000 })
  await again.page.getByRole('button', { name: 'Insert' }).click()
  expect(words(await messageBox(again.page).inputValue())).toContain(third)
  await expect(again.page.getByText(/A dictation of/)).toHaveCount(0)
})
