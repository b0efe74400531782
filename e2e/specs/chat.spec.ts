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
import { expect, test } from '../driver/test'

test.beforeEach(({ provider }) => provider.clear())

test('an answer streams, and its receipt says who gave it and what it cost', async ({ app, provider }) => {
  const { page } = app
  await provider.script({ text: 'One **bold** word, then `code`.', tokens_per_second: 4 })
  await say(page, 'Hello there')
  await expect(page.getByRole('article', { name: 'You' })).toContainText('Hello there')
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible()
  await expect(lastAnswer(page)).toContainText('One bold word, then code.')
  await untilQuiet(page)
  await expect(lastAnswer(page).locator('strong, [data-streamdown="strong"]').first()).toHaveText('bold')
  await expect(lastAnswer(page)).toContainText('gpt-5.4-mini')
  await expect(lastAnswer(page)).toContainText('$')
  await expect(chatList(page)).toContainText('Hello there')
  const [request] = (await provider.requests()).filter(({ path }) => path.endsWith('/chat/completions'))
  expect(request?.body).toMatchObject({ model: 'openai/gpt-5.4-mini', stream: true })
})

test('Stop keeps what arrived and says so', async ({ app, provider }) => {
  await provider.script({ tokens: 2_000, tokens_per_second: 60 })
  await say(app.page, 'Write something long')
  await expect(lastAnswer(app.page)).toContainText(/\w+ \w+ \w+/)
  await app.page.getByRole('button', { name: 'Stop' }).click()
  await untilQuiet(app.page)
  await expect(lastAnswer(app.page).getByRole('status').filter({ hasText: 'Stopped' })).toBeVisible()
  const { messages } = await transcript(app)
  expect(messages.at(-1)).toMatchObject({ role: 'assistant', status: 'cancelled' })
  expect(textOf(messages.at(-1)).length).toBeGreaterThan(0)
  await expect
    .poll(
      async () => (await provider.requests()).find(({ path }) => path.endsWith('/chat/completions'))?.ended,
    )
    .toBe('aborted')
})

test('Escape stops the answer from anywhere in the chat, but first closes what is open', async ({
  app,
  provider,
}) => {
  const { page } = app
  await provider.script({ tokens: 2_000, tokens_per_second: 60 })
  await say(page, 'Write something long')
  await expect(lastAnswer(page)).toContainText(/\w+ \w+ \w+/)
  const stop = page.getByRole('button', { name: 'Stop' })
  await page.keyboard.press('Control+K')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(stop).toBeVisible()
  await lastAnswer(page).click()
  await expect(messageBox(page)).not.toBeFocused()
  await page.keyboard.press('Escape')
  await expect(stop).toHaveCount(0)
  await expect(lastAnswer(page).getByRole('status').filter({ hasText: 'Stopped' })).toBeVisible()
})

test('a stream that breaks keeps its words, and Retry answers again on the same model', async ({
  app,
  provider,
}) => {
  await provider.script(
    {
      text: 'The first half of a thought that never ends',
      after_chunks: 4,
      error: 'numeric',
      error_message: 'Provider went away',
    },
    { text: 'The whole thought.' },
  )
  await say(app.page, 'Think')
  await expect(lastAnswer(app.page).getByRole('button', { name: 'Retry' })).toBeVisible()
  await expect(lastAnswer(app.page)).toContainText('The first')
  await expect(app.page.getByRole('article', { name: 'You' })).toContainText('Think')
  await lastAnswer(app.page).getByRole('button', { name: 'Retry' }).click()
  await expect(lastAnswer(app.page)).toContainText('The whole thought.')
  await untilQuiet(app.page)
  // Both answers stay, as versions of one.
  const { messages } = await transcript(app)
  expect(messages).toHaveLength(2)
  expect(messages.at(-1)?.versions).toHaveLength(2)
  const asked = (await provider.requests()).filter(({ path }) => path.endsWith('/chat/completions'))
  expect(asked.map(({ body }) => (body as { model: string }).model)).toEqual([
    'openai/gpt-5.4-mini',
    'openai/gpt-5.4-mini',
  ])
})

test('editing a message and regenerating keep every version', async ({ app, provider }) => {
  const { page } = app
  await provider.script({ text: 'Answer one.' }, { text: 'Answer two.' }, { text: 'Answer to the edit.' })
  await say(page, 'First wording')
  await expect(lastAnswer(page)).toContainText('Answer one.')
  await untilQuiet(page)

  await lastAnswer(page).hover()
  await lastAnswer(page).getByRole('button', { name: 'Regenerate' }).click()
  await expect(lastAnswer(page)).toContainText('Answer two.')
  await untilQuiet(page)
  await expect(lastAnswer(page)).toContainText(/2\s*\/\s*2/)

  const own = page.getByRole('article', { name: 'You' })
  await own.hover()
  await own.getByRole('button', { name: 'Edit' }).click()
  const editor = own.getByRole('textbox')
  await editor.fill('Second wording')
  await editor.press('Control+Enter')
  await expect(lastAnswer(page)).toContainText('Answer to the edit.')
  await untilQuiet(page)
  await expect(page.getByRole('article', { name: 'You' })).toContainText('Second wording')
  await expect(page.getByRole('article', { name: 'You' })).toContainText(/2\s*\/\s*2/)

  await page
    .getByRole('article', { name: 'You' })
    .getByRole('button', { name: /previous/i })
    .click()
  await expect(page.getByRole('article', { name: 'You' })).toContainText('First wording')
  await expect(lastAnswer(page)).toContainText('Answer two.')
})

test('a branch is a chat of its own', async ({ app, provider }) => {
  const { page } = app
  await provider.script({ text: 'Root answer.' }, { text: 'Branch answer.' })
  await say(page, 'Grow a tree')
  await expect(lastAnswer(page)).toContainText('Root answer.')
  await untilQuiet(page)
  await lastAnswer(page).hover()
  await lastAnswer(page).getByRole('button', { name: 'Branch' }).click()
  await expect(chatList(page).getByText('Grow a tree')).toHaveCount(2)
  await say(page, 'Only here')
  await expect(lastAnswer(page)).toContainText('Branch answer.')
  await untilQuiet(page)
  await expect(answers(page)).toHaveCount(2)
})

test('a second message waits its turn, and can be taken back', async ({ app, provider }) => {
  const { page } = app
  await provider.script({ tokens: 240, tokens_per_second: 80 }, { text: 'Second answer.' })
  await say(page, 'First question')
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible()
  await say(page, 'Second question')
  await say(page, 'Third question')
  await expect(page.getByRole('button', { name: 'Take back' })).toHaveCount(2)
  await page.getByRole('button', { name: 'Take back' }).last().click()
  await expect(messageBox(page)).toHaveValue('Third question')
  await expect(page.getByRole('button', { name: 'Take back' })).toHaveCount(1)
  await expect(lastAnswer(page)).toContainText('Second answer.', { timeout: 30_000 })
  await untilQuiet(page)
  const { messages } = await transcript(app)
  expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant'])
})

test('two chats write at once', async ({ app, provider }) => {
  const { page } = app
  await provider.script(
    { text: 'slow '.repeat(200), tokens_per_second: 50 },
    { text: 'Quick and done.', tokens_per_second: 200 },
  )
  await say(page, 'The slow one')
  await expect(lastAnswer(page)).toContainText('slow')
  await page.getByRole('button', { name: 'New chat' }).click()
  await say(page, 'The quick one')
  await expect(lastAnswer(page)).toContainText('Quick and done.')
  await untilQuiet(page)
  await chatList(page).getByText('The slow one').click()
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible()
  await expect(lastAnswer(page)).toContainText('slow slow slow')
  await page.getByRole('button', { name: 'Stop' }).click()
  await untilQuiet(page)
})

test('a draft belongs to its chat and survives a restart', async ({ launch, provider }) => {
  const options = connected(provider)
  const first = await launch(options)
  await provider.script({ text: 'Noted.' })
  await say(first.page, 'A chat with a draft')
  await untilQuiet(first.page)
  await messageBox(first.page).fill('half a sentence')
  await first.page.getByRole('button', { name: 'New chat' }).click()
  await expect(messageBox(first.page)).toHaveValue('')
  await chatList(first.page).getByText('A chat with a draft').click()
  await expect(messageBox(first.page)).toHaveValue('half a sentence')
  await messageBox(first.page).fill('half a sentence more')
  await first.quit()

  const second = await launch({ ...options, stateRoot: first.stateRoot })
  await chatList(second.page).getByText('A chat with a draft').click()
  await expect(messageBox(second.page)).toHaveValue('half a sentence more')
})
