import { connected, lastAnswer, messageBox, say, untilQuiet } from '../driver/chat'
import { expect, test } from '../driver/test'

test('an answer is read aloud as soon as it is asked for, and a second time without a request', async ({
  launch,
  provider,
}) => {
  await provider.clear()
  const app = await launch(connected(provider))
  const { page } = app
  await messageBox(page).click()

  // While an answer grows nobody knows what it will say: it is read once it stands, also where it was stopped.
  await provider.script({ tokens: 4_000, tokens_per_second: 40 })
  await say(page, 'Tell me a long story')
  await expect(lastAnswer(page).locator('[data-text]')).toContainText(/\S/)
  await lastAnswer(page).hover()
  await expect(page.getByRole('button', { name: 'Read aloud' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Stop' }).click()
  await untilQuiet(page)
  await expect(lastAnswer(page).getByRole('button', { name: 'Read aloud' })).toBeVisible()

  // What a model makes is there to be played, and is silent until somebody does.
  await say(page, 'Say "Good night" with a calm voice')
  await expect(lastAnswer(page).locator('[data-waveform]')).toHaveCount(1)
  await untilQuiet(page)
  expect(await page.locator('audio').count()).toBe(0)
  await provider.clear()

  await say(page, 'Say something short')
  await untilQuiet(page)
  const speeches = async () =>
    (await provider.requests()).filter(({ path }) => path.endsWith('/audio/speech'))

  const answer = lastAnswer(page)
  await answer.getByRole('button', { name: 'Read aloud' }).click()
  await expect(answer.getByRole('button', { name: 'Stop reading' })).toBeVisible()
  // Nobody pressed Play: it really sounds.
  await expect
    .poll(() => page.evaluate(() => document.querySelector('audio')?.currentTime ?? 0))
    .toBeGreaterThan(0.2)
  await answer.getByRole('button', { name: 'Stop reading' }).click()
  await expect(answer.getByRole('button', { name: 'Read aloud' })).toBeVisible()
  expect(await page.evaluate(() => document.querySelector('audio')?.paused)).toBe(true)
  await answer.getByRole('button', { name: /^Read by / }).click()
  await expect(answer.getByRole('group', { name: /^Audio: / })).toBeVisible()

  const asked = (await speeches()).length
  expect(asked).toBeGreaterThan(0)
  await answer.getByRole('button', { name: 'Read aloud' }).click()
  await expect.poll(() => page.evaluate(() => document.querySelector('audio')?.paused)).toBe(false)
  expect(await speeches()).toHaveLength(asked)
})
