import { connected, lastAnswer, messageBox, say, untilQuiet } from '../driver/chat'
import { lookInBoth } from '../driver/look'
import { makeChats, showpiece } from '../driver/sample-chats'
import { expect, test } from '../driver/test'

test('every screen stands up in light and dark: first run', async ({ launch, provider, keyring }) => {
  await provider.clear()
  const app = await launch({ ...connected(provider, { env: keyring.env }), routesFile: undefined } as never)
  await expect(app.page.getByRole('heading', { name: 'Connect OpenRouter' })).toBeVisible()
  await lookInBoth(app.page, 'first-run')
})

test('every screen stands up in light and dark: chat, models, errors, narrow', async ({
  launch,
  provider,
  keyring,
}) => {
  test.setTimeout(120_000)
  await provider.clear()
  const app = await launch(connected(provider, { env: keyring.env }))
  const { page } = app
  await makeChats(app, provider)
  await lookInBoth(page, 'empty-chat')

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
  await lookInBoth(page, 'chat')

  await provider.script({
    text: Array.from({ length: 20 }, () => showpiece).join('\n\n'),
    tokens_per_second: 60,
  })
  await say(page, 'And once more, slowly, with every step?')
  await expect(lastAnswer(page)).toContainText('codePointAt')
  await lookInBoth(page, 'streaming')
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
  await lookInBoth(page, 'failed')

  await page.getByRole('button', { name: 'Model', exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'Choose a model' }).getByRole('option').first()).toBeVisible()
  await lookInBoth(page, 'models')
  await page.keyboard.press('Escape')

  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog').last()).toBeVisible()
  await lookInBoth(page, 'palette')
  await page.keyboard.press('Escape')

  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(480, 760))
  await expect(messageBox(page)).toBeVisible()
  await lookInBoth(page, 'narrow')
})
