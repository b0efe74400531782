import { connected, lastAnswer, messageBox, say, untilQuiet } from '../driver/chat'
import { startProvider, type Behaviour, type Provider } from '../driver/demo-provider'
import type { RunningApp } from '../driver/launch-app'
import { expect, test } from '../driver/test'

const chatRequests = async (provider: Provider) =>
  (await provider.requests()).filter(({ path }) => path.endsWith('/chat/completions'))

/** An error in the provider's own words. */
const refusal = (code: number, message: string, metadata: Record<string, unknown> = {}): Behaviour => ({
  status: code,
  body: { error: { code, message, metadata } },
})

/** Sends in a new chat, where the script decides what comes of it. */
async function ask(app: RunningApp, provider: Provider, ...script: readonly Behaviour[]): Promise<void> {
  await provider.clear()
  await provider.script(...script)
  await app.page.getByRole('button', { name: 'New chat' }).click()
  await say(app.page, 'A question worth keeping')
}

test('every refusal has a sentence of its own, keeps the message and says whether to try again', async ({
  app,
  provider,
}) => {
  const soon = { headers: { 'retry-after': '0' } }
  const html = '<html><body><h1>502 Bad Gateway</h1><script>alert(1)</script></body></html>'
  const cases: readonly (readonly [string, number, readonly Behaviour[]])[] = [
    ['Not enough credit', 1, [refusal(402, 'Insufficient credits')]],
    ['Nobody serves this model now', 1, [refusal(404, 'No endpoints found')]],
    ['OpenRouter refused the key', 2, [{ ...refusal(401, 'User not found.'), times: 2 }]],
    ['Not allowed', 1, [refusal(403, 'Key limit exceeded')]],
    ['The chat is too long', 1, [refusal(400, 'maximum context length is 8192 tokens')]],
    ['The message is too large', 1, [refusal(413, 'Payload too large')]],
    ['has a problem', 2, [{ ...refusal(500, 'Internal Server Error'), ...soon, times: 2 }]],
    ['has a problem', 2, [{ status: 502, body: html, ...soon, times: 2 }]],
    [
      'The daily limit is reached',
      1,
      [{ ...refusal(429, 'Rate limit exceeded: free-models-per-day. Add 10 credits'), times: 3 }],
    ],
    ['The answer made no sense', 1, [{ status: 200, body: '<html>Sign in to the hotel</html>' }]],
  ]
  for (const [title, requests, script] of cases) {
    await ask(app, provider, ...script)
    await expect(lastAnswer(app.page), title).toContainText(title)
    await expect(lastAnswer(app.page).getByRole('button', { name: 'Retry' }), title).toBeVisible()
    await expect(app.page.getByRole('article', { name: 'You' })).toContainText('A question worth keeping')
    await expect(messageBox(app.page)).toHaveValue('')
    expect(await lastAnswer(app.page).innerText(), title).not.toMatch(/<|undefined|null|NaN|\{\{/)
    expect(await chatRequests(provider), title).toHaveLength(requests)
  }
})

test('a pause that the provider asks for is told, waited and followed by the answer', async ({
  app,
  provider,
}) => {
  const pause = { ...refusal(429, 'Slow down'), headers: { 'retry-after': '2' } }
  await ask(app, provider, pause, { text: 'After the pause.' })
  await expect(lastAnswer(app.page)).toContainText(/Trying again in \d second/)
  await expect(lastAnswer(app.page)).toContainText('After the pause.')
  const [first, second] = await chatRequests(provider)
  expect((second?.at_ms ?? 0) - (first?.at_ms ?? 0)).toBeGreaterThan(1_900)

  // Too long to wait in silence: told at once, with the time.
  await ask(app, provider, { ...refusal(429, 'Slow down'), headers: { 'retry-after': '90' } })
  await expect(lastAnswer(app.page)).toContainText('Try again in 90 seconds.')

  // A wait can be stopped.
  await ask(app, provider, { ...refusal(429, 'Slow down'), headers: { 'retry-after': '30' } })
  await expect(lastAnswer(app.page)).toContainText(/Trying again in \d+ second/)
  await app.page.getByRole('button', { name: 'Stop' }).click()
  await untilQuiet(app.page)
  await expect(lastAnswer(app.page)).toContainText('Stopped')
})

test('an answer that breaks off keeps its words, however it breaks; one without [DONE] is whole', async ({
  app,
  provider,
}) => {
  const text = 'The first half of a thought that never ends'
  for (const error of ['numeric', 'string_code', 'no_code', 'empty_choices', 'in_choice', 'bare'] as const) {
    await ask(app, provider, { text, after_chunks: 4, error, error_message: 'Provider went away' })
    await expect(lastAnswer(app.page).getByRole('button', { name: 'Retry' }), error).toBeVisible()
    await expect(lastAnswer(app.page), error).toContainText('The first half')
    expect(await chatRequests(provider), error).toHaveLength(1)
  }
  for (const ending of ['end', 'reset'] as const) {
    await ask(app, provider, { text, after_chunks: 4, ending })
    await expect(lastAnswer(app.page), ending).toContainText('The answer was cut off')
    await expect(lastAnswer(app.page), ending).toContainText('The first half')
    expect(await chatRequests(provider), ending).toHaveLength(1)
  }
  await ask(app, provider, { text: 'As far as the model may', finish_reason: 'length' })
  await expect(lastAnswer(app.page)).toContainText('reached the model’s length limit')
  await ask(app, provider, { text: 'Whole without the last word.', done: false })
  await expect(lastAnswer(app.page)).toContainText('Whole without the last word.')
  await untilQuiet(app.page)
  await expect(lastAnswer(app.page)).toContainText('gpt-5.4-mini')
})

test('one event of 32 MB arrives whole, and the window goes on working', async ({ app, provider }) => {
  await ask(app, provider, { huge_event_bytes: 32 * 1024 * 1024 })
  await expect(lastAnswer(app.page)).toContainText('The first 300,000 of 33,554,432 characters.', {
    timeout: 20_000,
  })
  await untilQuiet(app.page)
  await ask(app, provider, { text: 'Small again.' })
  await expect(lastAnswer(app.page)).toContainText('Small again.', { timeout: 15_000 })
})

test('a provider that nobody reaches: refused, without a name, hanging; the app stays usable and quits', async ({
  launch,
}) => {
  const provider = await startProvider()
  const app = await launch(connected(provider))
  const { page } = app
  await expect(messageBox(page)).toBeVisible()
  await ask(app, provider, { instead: 'hang' })
  await expect(lastAnswer(page)).toContainText(/Waiting|Connecting/)
  await provider.stop()
  await expect(lastAnswer(page)).toContainText('OpenRouter can’t be reached')
  await lastAnswer(page).getByRole('button', { name: 'Retry' }).click()
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible()
  await expect(lastAnswer(page)).toContainText('OpenRouter can’t be reached')
  await app.quit()

  const nameless = { ...provider, prefix: 'https://kheish-nowhere.invalid/api/v1' }
  const second = await launch({ ...connected(nameless), stateRoot: app.stateRoot })
  await say(second.page, 'Anybody there?')
  await expect(lastAnswer(second.page)).toContainText('OpenRouter can’t be reached')
})

test('a request that hangs can be stopped, and does not hold quitting back', async ({ launch, provider }) => {
  const app = await launch(connected(provider))
  await ask(app, provider, { instead: 'hang' }, { text: 'Begun and then', ending: 'stall', after_chunks: 2 })
  await expect(app.page.getByRole('button', { name: 'Stop' })).toBeVisible()
  await app.page.getByRole('button', { name: 'Stop' }).dblclick()
  await untilQuiet(app.page)
  await say(app.page, 'Again')
  await expect(lastAnswer(app.page)).toContainText('Begun')
  expect(await app.quit()).toBeLessThan(4_000)
})
