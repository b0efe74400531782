import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { connected, lastAnswer, say, untilQuiet } from '../driver/chat'
import { expect, test } from '../driver/test'

const canary = 'sk-or-v1-canary-91b7e4c2a6d8'

test('a planted key is in no file, log, event, answer or error', async ({ launch, provider, keyring }) => {
  await provider.clear()
  const options = connected(provider, {
    env: { ...keyring.env, KHEISH_E2E_KEY: canary, OPENROUTER_API_KEY: canary },
  })
  const app = await launch(options)
  const heard = await app.page.evaluateHandle(() => {
    const all: string[] = []
    window.kheish.listen((events) => void all.push(JSON.stringify(events)))
    return all
  })
  const said: string[] = []
  const ask = async (...call: Parameters<typeof app.ask>) =>
    void said.push(JSON.stringify(await app.ask(...call)))

  // The provider gives the key back in every way it could: in an error body, in its text, in a header.
  await provider.script({
    status: 401,
    headers: { 'x-echo': `Bearer ${canary}` },
    body: {
      error: {
        code: 401,
        message: `Bad key ${canary}`,
        metadata: { raw: `{"authorization":"Bearer ${canary}"}` },
      },
    },
    times: 2,
  })
  await say(app.page, 'Hello')
  await untilQuiet(app.page)
  await ask('secrets.set', {
    slot_id: 'openrouter.primary',
    provider: 'openrouter',
    mode: 'api_key',
    source: { kind: 'inline', value: canary },
    keep: 'keychain',
    verify: true,
  })
  await ask('secrets.set', { slot_id: 'a b', source: { kind: 'inline', value: canary } })
  await ask('secrets.list')
  await ask('secrets.test', { slot_id: 'openrouter.primary' })
  await ask('runtime.get')
  await ask('doctor.routes', {})
  await ask('runs.list', { limit: 50 })
  await provider.script({ text: 'All is well.' })
  await say(app.page, 'Again')
  await expect(lastAnswer(app.page)).toContainText('All is well.')
  await untilQuiet(app.page)
  const events = await heard.jsonValue()
  const shown = await app.page.content()
  await app.quit()

  expect(said.join('\n')).not.toContain(canary)
  expect(events.join('\n')).not.toContain(canary)
  expect(shown).not.toContain(canary)
  expect(app.logs()).not.toContain(canary)
  expect(filesWith(canary, app.stateRoot)).toEqual([])
})

function filesWith(text: string, folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const file = join(folder, name)
    return statSync(file, { throwIfNoEntry: false })?.isFile() && readFileSync(file).includes(text)
  })
}
