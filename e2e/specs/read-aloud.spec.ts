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
