import { connected, lastAnswer, messageBox, say, untilQuiet } from '../driver/chat'
import { look } from '../driver/look'
import { makeChats, showpiece } from '../driver/sample-chats'
import { expect, test } from '../driver/test'

for (const theme of ['light', 'dark'] as const) {
  test(`every screen stands up in ${theme}: first run`, async ({ launch, provider, keyring }) => {
    await provider.clear()
    const app = await launch({ ...connected(provider, { env: keyring.env }), routesFile: undefined } as never)
    await app.ask('preferences.set', { theme })
    await expect(app.page.getByRole('heading', { name: 'Connect OpenRouter' })).toBeVisible()
    await look(app.page, `first-run-${theme}`)
  })

  test(`every screen stands up in ${theme}: chat, models, errors, narrow`, async ({
    launch,
    provider,
    keyring,
  }) => {
    test.setTimeout(120_000)
    await provider.clear()
    const app = await launch(connected(provider, { env: keyring.env }))
    const { page } = app
    await app.ask('preferences.set', { theme })
    await makeChats(app, provider)
    await look(page, `empty-chat-${theme}`)

    await provider.script({
      text: showpiece,
      reasoning: 'They want the idea first, then the cost.',
      tokens_per_second: 400,
    })
    await say(page, 'How does a hash table work?')
    await expect(lastAnswer(page).getByRole('math').first()).toBeVisible({ timeout: 20_000 })
    await untilQuiet(page)
    await lastAnswer(page).hover()
    // Colours come from a worker, a moment after the code.
    await expect(lastAnswer(page).locator('pre span[style], pre span[class]').nth(8)).toBeVisible()
    await page.waitForTimeout(600)
    await look(page, `chat-${theme}`)

    await provider.script({
      text: Array.from({ length: 20 }, () => showpiece).join('\n\n'),
      tokens_per_second: 60,
    })
    await say(page, 'And once more, slowly, with every step?')
    await expect(lastAnswer(page)).toContainText('buckets')
    await page.waitForTimeout(1_200)
    await look(page, `streaming-${theme}`)
    await page.getByRole('button', { name: 'Stop' }).click()
    await untilQuiet(page)

    await provider.script({
      status: 402,
      body: {
        error: {
          code: 402,
          message: 'Insufficient credits. You requested up to 32000 tokens, but can only afford 812.',
        },
      },
    })
    await say(page, 'One that fails')
    await expect(lastAnswer(page).getByRole('button', { name: 'Retry' })).toBeVisible()
    await look(page, `failed-${theme}`)

    await page.getByRole('button', { name: 'Model', exact: true }).click()
    await expect(
      page.getByRole('dialog', { name: 'Choose a model' }).getByRole('option').first(),
    ).toBeVisible()
    await look(page, `models-${theme}`)
    await page.keyboard.press('Escape')

    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog').last()).toBeVisible()
    await look(page, `palette-${theme}`)
    await page.keyboard.press('Escape')

    await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(480, 760))
    await expect(messageBox(page)).toBeVisible()
    await look(page, `narrow-${theme}`)
  })
}
