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

test('the box is the person’s own while segments come: to compose in, to put words right, to leave', async ({
  launch,
}) => {
  test.setTimeout(120_000)
  const app = await launch(connected(listener, { args: await speaking(first) }))
  const { page } = app
  const devtools = await page.context().newCDPSession(page)
  const heard = async (): Promise<unknown> => {
    const listed = await app.ask('recordings.list')
    return listed.ok ? (listed.value as { recordings: { text: string }[] }).recordings[0]?.text : undefined
  }
  await listener.script(
    { on: 'transcription', text: 'hello world' },
    { on: 'transcription', text: 'again', times: 20 },
  )
  await messageBox(page).click()
  await messageBox(page).pressSequentially('Dear all, see you')
  for (let at = 0; at < ' see you'.length; at += 1) await page.keyboard.press('ArrowLeft')
  await dictate(page).click()
  // Where the caret was at the beginning.
  await messageBox(page).press('Control+End')
  await expect(messageBox(page)).toHaveValue('Dear all, hello world see you', { timeout: 30_000 })

  // A word that is being composed is not torn.
  await devtools.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 })
  await expect.poll(heard, { timeout: 30_000 }).toMatch(/^hello world again/)
  await expect(messageBox(page)).toHaveValue('Dear all, hello world see youni')
  await devtools.send('Input.insertText', { text: '你' })
  await expect(messageBox(page)).toHaveValue(/^Dear all, hello world( again)+ see you你$/)

  // A word of the first segment is put right while the next is spoken; what has the focus keeps it.
  await messageBox(page).press('Control+Home')
  for (let at = 0; at < 'Dear all, h'.length; at += 1) await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.type('u')
  const { length } = await messageBox(page).inputValue()
  const discard = page.getByRole('button', { name: 'Discard' })
  await discard.focus()
  await expect
    .poll(async () => (await messageBox(page).inputValue()).length, { timeout: 30_000 })
    .toBeGreaterThan(length)
  await expect(discard).toBeFocused()
  await page.getByRole('button', { name: 'Insert' }).click()
  await expect(page.getByRole('button', { name: 'Close dictation' })).toBeVisible({ timeout: 30_000 })
  await expect(messageBox(page)).toHaveValue(/^Dear all, hullo world( again)+ see you你$/)
  await listener.clear()
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
