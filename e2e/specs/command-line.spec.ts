import { connected, lastAnswer, messageBox, say, textOf, transcript, untilQuiet } from '../driver/chat'
import { kheish, startCommand } from '../driver/command-line'
import { newStateRoot, removeStateRoot } from '../driver/launch-app'
import { expect, test } from '../driver/test'

test.beforeEach(({ provider }) => provider.clear())

/** `kheish serve` on a state root of its own, ready to be spoken to. */
async function serve(options: Parameters<typeof startCommand>[1]) {
  const serving = startCommand(['serve', '--json'], options)
  await expect.poll(serving.out, { timeout: 20_000, message: serving.err() }).toContain('\n')
  return serving
}

test.describe('beside an open window', () => {
  test('the command line sees and steers what the window does, and the window what the command line does', async ({
    launch,
    provider,
  }) => {
    const options = connected(provider)
    const app = await launch(options)
    const on = { ...options, stateRoot: app.stateRoot }
    await say(app.page, 'Hello from the window')
    await expect(lastAnswer(app.page)).toBeVisible()
    await untilQuiet(app.page)

    const { session } = await transcript(app)
    const said = await kheish(
      ['sessions', 'input', 'Hello from a shell', '--session', session.session_id],
      on,
    )
    expect(said.err).not.toContain('kheish:')
    expect(said.code).toBe(0)
    await expect(app.page.getByRole('article', { name: 'You' }).last()).toContainText('Hello from a shell')
    const answered = textOf((await transcript(app)).messages.at(-1))
    expect(said.out.trim()).toBe(answered.trim())

    await provider.script({ tokens: 4_000, tokens_per_second: 40 })
    await say(app.page, 'Write something long')
    await expect(lastAnswer(app.page)).toContainText(/\w+ \w+ \w+/)
    const { out } = await kheish(['runs', 'list', '--json'], on)
    const [run] = (JSON.parse(out) as { runs: { run_id: string; status: string }[] }).runs
    expect(run).toMatchObject({ status: 'running' })
    expect((await kheish(['runs', 'cancel', run!.run_id], on)).code).toBe(0)
    await untilQuiet(app.page)
    await expect(lastAnswer(app.page).getByRole('status').filter({ hasText: 'Stopped' })).toBeVisible()
  })

  test('status and doctor are healthy, and nothing they print is a key', async ({ launch, provider }) => {
    const options = connected(provider)
    const app = await launch(options)
    await expect(messageBox(app.page)).toBeVisible()
    const on = { ...options, stateRoot: app.stateRoot }
    for (const words of [
      ['status'],
      ['status', '--json'],
      ['doctor'],
      ['doctor', 'routes', '--check-auth'],
    ]) {
      const said = await kheish(words, on)
      expect(said, words.join(' ')).toMatchObject({ code: 0 })
      expect(said.out + said.err).not.toContain('sk-or-v1-e2e')
    }
  })
})

test.describe('a daemon without a window', () => {
  test('a window that opens beside it is its client: both see the same chat', async ({
    launch,
    provider,
  }) => {
    const options = { ...connected(provider), stateRoot: newStateRoot() }
    const serving = await serve(options)
    try {
      const app = await launch(options)
      await say(app.page, 'Hello through the other process')
      await expect(lastAnswer(app.page)).toBeVisible()
      await untilQuiet(app.page)
      const { out, code } = await kheish(['sessions', 'list', '--json'], options)
      expect(code).toBe(0)
      expect(out).toContain('Hello through the other process')
      expect(await app.quit()).toBeLessThan(5_000)
      // It was there before the window and stays.
      expect((await kheish(['status', '--json'], options)).code).toBe(0)
    } finally {
      serving.child.kill('SIGTERM')
      expect(await serving.ended).toBe(0)
      removeStateRoot(options.stateRoot)
    }
  })

  test('killed under a window in mid-answer, the window goes on with a daemon of its own and every byte', async ({
    launch,
    provider,
  }) => {
    const options = { ...connected(provider), stateRoot: newStateRoot() }
    const serving = await serve(options)
    const app = await launch(options)
    await provider.script({ tokens: 4_000, tokens_per_second: 80 })
    await say(app.page, 'Write something long')
    await expect(lastAnswer(app.page)).toContainText(/\w+ \w+ \w+ \w+/)
    const seen = (await lastAnswer(app.page).locator('p').first().textContent()) ?? ''
    serving.child.kill('SIGKILL')
    await serving.ended

    await expect(lastAnswer(app.page).getByRole('status').first()).toContainText('Interrupted', {
      timeout: 20_000,
    })
    const { messages } = await transcript(app)
    expect(messages.at(-1)).toMatchObject({ status: 'interrupted', fault: { code: 'daemon_restarted' } })
    expect(textOf(messages.at(-1)).startsWith(seen.trim().slice(0, -20))).toBe(true)
    await say(app.page, 'And on')
    await expect(lastAnswer(app.page)).toBeVisible()
    await untilQuiet(app.page)
    expect((await transcript(app)).messages).toHaveLength(4)
  })
})
