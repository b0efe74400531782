import { chatList, connected, lastAnswer, say, untilQuiet } from '../driver/chat'
import { expect, test } from '../driver/test'

test('search finds words in every chat, marks them and opens the chat', async ({ launch, provider }) => {
  await provider.clear()
  const { page } = await launch(connected(provider))
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

test('what a person types into the search never breaks it', async ({ launch, provider }) => {
  const app = await launch(connected(provider))
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
