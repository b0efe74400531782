import type { SessionView, Transcript } from '@contract/sessions'
import {
  answers,
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
import { expect, test } from '../driver/test'

const asked = async (provider: { requests(): Promise<readonly { readonly path: string }[]> }) =>
  (await provider.requests()).filter(({ path }) => path.endsWith('/chat/completions'))
const value = <T>(answer: { readonly ok: boolean; readonly value?: unknown }): T => {
  if (!answer.ok) throw new Error(JSON.stringify(answer))
  return answer.value as T
}
const sessions = async (app: RunningApp) =>
  value<{ readonly sessions: readonly SessionView[] }>(await app.ask('sessions.list', { limit: 200 }))
    .sessions

test.beforeEach(({ provider }) => provider.clear())

test('one press sends once, however hard it is pressed; two thoughts stay in one chat', async ({
  launch,
  provider,
}) => {
  const app = await launch(connected(provider))
  const { page } = app
  await provider.script({ text: 'To the first.', delay_ms: 300 }, { text: 'To the second.' })
  await messageBox(page).fill('Pressed twice')
  await page.getByRole('button', { name: 'Send' }).dblclick()
  // Before anything can have come back: the chat does not exist yet when the second thought is sent.
  await messageBox(page).fill('A second thought')
  for (let press = 0; press < 10; press++) await page.keyboard.press('Enter')
  await expect(lastAnswer(page)).toContainText('To the second.')
  await untilQuiet(page)
  expect((await transcript(app)).messages.map(textOf)).toEqual([
    'Pressed twice',
    'To the first.',
    'A second thought',
    'To the second.',
  ])
  expect(await sessions(app)).toHaveLength(1)
  expect(await asked(provider)).toHaveLength(2)

  // The same within one tick, as a script or a sticky key would.
  await page.getByRole('button', { name: 'New chat' }).click()
  await provider.script({ text: 'One.' }, { text: 'Two.' })
  await messageBox(page).fill('Within a tick')
  await messageBox(page).evaluate((box) => {
    const press = () =>
      box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
    press()
    press()
    press()
  })
  await expect(lastAnswer(page)).toContainText('One.')
  await untilQuiet(page)
  expect(await sessions(app)).toHaveLength(2)
  await expect(page.getByRole('article', { name: 'You' })).toHaveCount(1)
})

test('Stop pressed twice, Retry pressed twice, and a model changed in mid-stream', async ({
  app,
  provider,
}) => {
  const { page } = app
  await provider.script({ tokens: 2_000, tokens_per_second: 80 }, { tokens: 2_000, tokens_per_second: 80 })
  await say(page, 'Write')
  await expect(lastAnswer(page)).toContainText('fox')
  await page.getByRole('button', { name: 'Stop' }).dblclick()
  await untilQuiet(page)
  await expect(lastAnswer(page)).toContainText('Stopped')
  await expect(page.getByText('Too late for that')).toHaveCount(0)

  await lastAnswer(page).hover()
  await lastAnswer(page).getByRole('button', { name: 'Regenerate', exact: true }).dblclick()
  await expect(lastAnswer(page)).toContainText('fox')
  await page.getByRole('button', { name: 'Model', exact: true }).click()
  const picker = page.getByRole('dialog', { name: 'Choose a model' })
  await picker.getByLabel('Search models').fill('claude-sonnet-4')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Model', exact: true })).toContainText('claude-sonnet-4')
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible()
  await page.getByRole('button', { name: 'Stop' }).click()
  await untilQuiet(page)
  await provider.clear()
  await provider.script({ text: 'As another.' })
  await say(page, 'And you?')
  await expect(lastAnswer(page)).toContainText('As another.')
  const [request] = (await provider.requests()).filter(({ path }) => path.endsWith('/chat/completions'))
  expect(request?.body).toMatchObject({ model: expect.stringMatching(/^anthropic\/claude-sonnet-4/) })
})

test('a message edited, answered again and queued behind while the answer is written loses nothing', async ({
  app,
  provider,
}) => {
  const { page } = app
  await provider.script(
    { text: 'slow '.repeat(150), tokens_per_second: 60 },
    { text: 'Answer to the edit.' },
    { text: 'Answer to the third.' },
  )
  await say(page, 'First wording')
  await expect(lastAnswer(page)).toContainText('slow slow')
  const own = page.getByRole('article', { name: 'You' }).first()
  await own.hover()
  await own.getByRole('button', { name: 'Edit' }).click()
  await own.getByRole('textbox').fill('Second wording')
  await own.getByRole('textbox').press('Control+Enter')
  await say(page, 'Third message')
  await expect(lastAnswer(page)).toContainText('Answer to the third.', { timeout: 15_000 })
  await untilQuiet(page)
  const { messages } = await transcript(app)
  expect(messages.map(textOf)).toEqual([
    'Second wording',
    'Answer to the edit.',
    'Third message',
    'Answer to the third.',
  ])
  expect(messages[0]?.versions).toHaveLength(2)
})

test('a chat deleted while it writes is gone, and whole again with Undo', async ({ app, provider }) => {
  const { page } = app
  await provider.script({ text: 'word '.repeat(2_000), tokens_per_second: 100 }, { text: 'Still answers.' })
  await say(page, 'Delete me')
  await expect(lastAnswer(page)).toContainText('word word')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('Delete this chat')
  await page.keyboard.press('Enter')
  await expect(chatList(page)).not.toContainText('Delete me')
  await expect
    .poll(async () => (await provider.requests()).find(({ path }) => path.endsWith('/completions'))?.ended)
    .toBe('aborted')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(chatList(page)).toContainText('Delete me')
  await expect(lastAnswer(page)).toContainText('word word')
  await untilQuiet(page)
  await say(page, 'Are you there?')
  await expect(lastAnswer(page)).toContainText('Still answers.')
})

test('titles take two hundred characters, no more, and never nothing', async ({ app, provider }) => {
  const { page } = app
  await provider.script({ text: 'Hello.' })
  await say(page, 'A plain title')
  await untilQuiet(page)
  const rename = async (title: string) => {
    await chatList(page).locator('[data-chat]').first().dblclick()
    await page.getByRole('textbox', { name: 'Title of the chat' }).fill(title)
    await page.keyboard.press('Enter')
  }
  await rename('W'.repeat(260))
  await expect(chatList(page)).toContainText('W'.repeat(150))
  expect((await sessions(app))[0]?.title.length).toBe(200)
  expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false)
  await rename('   ')
  await expect(chatList(page)).toContainText('W'.repeat(150))
  await rename('עברית <b>"&\u202E🏳️‍🌈')
  await expect(chatList(page)).toContainText('עברית <b>"&')
})

test('fifty chats leafed through while two of them write: what is shown belongs to the chat that is open', async ({
  launch,
  provider,
}) => {
  const app = await launch(connected(provider))
  const { page } = app
  for (let at = 0; at < 48; at++) {
    const { session_id } = value<SessionView>(await app.ask('sessions.create', { title: `Chat ${at}` }))
    value(await app.ask('sessions.saveDraft', { session_id, draft: `draft of ${at}` }))
  }
  await provider.script(
    { text: 'alpha '.repeat(700), tokens_per_second: 100 },
    { text: 'beta '.repeat(700), tokens_per_second: 100 },
  )
  await say(page, 'Write alpha')
  await expect(lastAnswer(page)).toContainText('alpha')
  await page.getByRole('button', { name: 'New chat' }).click()
  await say(page, 'Write beta')
  await expect(lastAnswer(page)).toContainText('beta')
  await expect(lastAnswer(page)).not.toContainText('alpha')
  const rows = chatList(page).locator('[data-chat]')
  const count = await rows.count()
  expect(count).toBeGreaterThan(5)
  // Faster than any answer comes back.
  await page.evaluate(async () => {
    for (let round = 0; round < 6; round++) {
      for (const row of document.querySelectorAll<HTMLElement>('[data-chat]')) {
        row.click()
        await new Promise((resolve) => setTimeout(resolve, 4))
      }
    }
  })
  for (const word of ['alpha', 'beta'] as const) {
    await chatList(page).getByText(`Write ${word}`).click()
    await expect(page.getByRole('article', { name: 'You' })).toHaveText(new RegExp(`Write ${word}`))
    await expect(lastAnswer(page)).toContainText(word)
    const other = word === 'alpha' ? 'beta' : 'alpha'
    await expect(lastAnswer(page)).not.toContainText(other)
    await expect(messageBox(page)).toHaveValue('')
  }
  await chatList(page).getByText('Chat 47', { exact: true }).click()
  await expect(messageBox(page)).toHaveValue('draft of 47')
  await expect(answers(page)).toHaveCount(0)
  for (const { session_id, title } of await sessions(app)) {
    if (!title.startsWith('Write')) continue
    await app.ask('sessions.interrupt', { session_id })
    const { messages } = value<Transcript>(await app.ask('sessions.transcript', { session_id }))
    const word = title.replace('Write ', '')
    expect(textOf(messages.at(-1))).toMatch(new RegExp(`^(${word} )+$`))
  }
})
