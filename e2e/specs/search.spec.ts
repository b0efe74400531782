import type { SessionView } from '@contract/sessions'
import { chatList, lastAnswer, say, untilQuiet } from '../driver/chat'
import { expect, test } from '../driver/test'

test('search finds words in every chat, marks them and opens the chat', async ({ app, provider }) => {
  const { page } = app
  await provider.script({ text: 'The capital of Tanzania is Dodoma.' }, { text: 'Paris, of course.' })
  await say(page, 'Tell me about Tanzania')
  await expect(lastAnswer(page)).toContainText('Dodoma')
  await untilQuiet(page)
  await page.getByRole('button', { name: 'New chat' }).click()
  await say(page, 'And France?')
  await expect(lastAnswer(page)).toContainText('Paris')
  await untilQuiet(page)
  await page.getByRole('searchbox', { name: 'Search chats' }).fill('dodo')
  await expect(chatList(page).locator('mark').first()).toHaveText(/dodo/i)
  await page.getByRole('searchbox', { name: 'Search chats' }).press('Enter')
  await expect(lastAnswer(page)).toContainText('The capital of Tanzania')
})

test('a hit opens its chat at the message that was found, however far back, and lights the words', async ({
  app,
  provider,
}) => {
  const { page } = app
  await provider.script({ text: `The word is quokka. ${'And more of it. '.repeat(60)}` })
  await say(page, 'Tell me a rare word')
  await expect(lastAnswer(page)).toContainText('quokka')
  await untilQuiet(page)
  const listed = await app.ask('sessions.list', { limit: 1 })
  const [session] = (listed as { readonly value: { readonly sessions: readonly SessionView[] } }).value
    .sessions
  for (let turn = 0; turn < 70; turn++) {
    await provider.script({ text: `Answer ${turn}. ${'Filler to scroll past. '.repeat(20)}` })
    const asked = await app.ask('sessions.submitRun', {
      session_id: session?.session_id,
      idempotency_key: `turn-${turn}`,
      content: `Question ${turn}`,
    })
    expect(asked).toMatchObject({ ok: true })
  }
  await expect(lastAnswer(page)).toContainText('Answer 69', { timeout: 60_000 })
  await untilQuiet(page)
  await page.getByRole('button', { name: 'New chat' }).click()

  const found = page.getByRole('article', { name: 'Assistant' }).filter({ hasText: 'quokka' })
  const isLit = () =>
    page.evaluate(() => [...(CSS.highlights.get('found') ?? [])].map((range) => (range as Range).toString()))
  await page.getByRole('searchbox', { name: 'Search chats' }).fill('quokka')
  await expect(chatList(page).locator('mark').first()).toHaveText(/quokka/i)
  await page.getByRole('searchbox', { name: 'Search chats' }).press('Enter')
  await expect(found).toBeInViewport()
  await expect.poll(isLit).toEqual(['quokka'])
  const ground = () =>
    found.evaluate((element) => getComputedStyle(element, '::highlight(found)').backgroundColor)
  await app.ask('preferences.set', { theme: 'light' })
  await expect.poll(ground).toBe('rgb(255, 233, 163)')
  await app.ask('preferences.set', { theme: 'dark' })
  await expect.poll(ground).toBe('rgb(77, 61, 5)')
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused()

  // The same again from the end of the chat that is open already.
  await page.getByRole('button', { name: 'Jump to latest' }).click()
  await expect(found).not.toBeInViewport()
  await chatList(page).getByRole('button').filter({ hasText: 'quokka' }).first().click()
  await expect(found).toBeInViewport()
})

test('what a person types into the search never breaks it', async ({ app }) => {
  for (const query of [
    '"',
    'AND OR (',
    '*',
    '京都',
    "'; DROP TABLE message; --",
    '\u0000',
    'a'.repeat(500),
  ]) {
    expect(await app.ask('sessions.search', { query }), query).toMatchObject({ ok: true })
  }
})
