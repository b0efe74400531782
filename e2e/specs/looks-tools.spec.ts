import type { MessageId } from '@contract/ids'
import { connected, lastAnswer, messageBox, say, transcript, untilQuiet } from '../driver/chat'
import { solidPng } from '../driver/files'
import { look } from '../driver/look'
import { importAsset } from '../driver/sample-assets'
import { tellWindow } from '../driver/tell-window'
import { expect, test } from '../driver/test'
import { drawingScene, waitingScene } from '../driver/tool-scenes'

test('tools that ran, failed, wait and draw stand up in light and dark', async ({ launch, provider }) => {
  await provider.clear()
  await provider.script({ text: 'Ask me about the sea.' })
  const app = await launch(connected(provider))
  const { page } = app
  const picture = await importAsset(app, 'shore at low tide.png', solidPng(1_536, 1_024, [106, 148, 168]))
  await say(page, 'Hello')
  await expect(lastAnswer(page)).toContainText('sea')
  await untilQuiet(page)
  const { session, messages } = await transcript(app)
  const stage = { session_id: session.session_id, parent: messages.at(-1)?.message_id as MessageId }
  await tellWindow(app, ...waitingScene(stage, picture))
  const asks = page.getByRole('alertdialog', { name: 'Approve web_fetch' })
  await expect(asks).toBeVisible()
  await expect(asks).toBeFocused()

  const theme = (name: 'light' | 'dark') => app.ask('preferences.set', { theme: name })
  const inBoth = async (name: string): Promise<void> => {
    for (const each of ['light', 'dark'] as const) {
      await theme(each)
      await expect(page.locator('html')).toHaveAttribute('data-theme', each)
      await look(page, `${name}-${each}`)
    }
  }
  await inBoth('tools-approval')

  // A letter is meant for the message box, whatever card has come.
  await page.keyboard.type('And')
  await expect(messageBox(page)).toHaveValue('And')
  await messageBox(page).fill('')

  const made = page.getByRole('button', { name: /^Make a picture/ })
  await made.click()
  await page.keyboard.press('Control+Alt+b')
  await expect(page.getByRole('complementary', { name: 'Inspector' }).getByText('not shown')).toBeVisible()
  await made.scrollIntoViewIfNeeded()
  await inBoth('tools-open')

  await page.keyboard.press('Control+Alt+b')
  await tellWindow(app, ...drawingScene({ ...stage, parent: 'scene-a' as MessageId }))
  const stop = page.getByRole('button', { name: 'Stop: Make 2 pictures' })
  await stop.scrollIntoViewIfNeeded()
  await expect(stop).toBeInViewport()
  await inBoth('tools-drawing')

  await page.keyboard.press('Control+,')
  await page.getByRole('tab', { name: 'Permissions' }).click()
  await app.ask('permissions.setRule', { scope: 'user', pattern: 'web_fetch', behaviour: 'ask' })
  await expect(page.getByRole('button', { name: 'Remove the rule for web_fetch' })).toBeVisible()
  await inBoth('settings-permissions')
  await page.getByRole('radio', { name: 'Plan only' }).click()
  await expect
    .poll(async () => {
      const runtime = await app.ask('runtime.get')
      return runtime.ok && (runtime.value as { readonly permission_mode: string }).permission_mode
    })
    .toBe('plan')
  await page.getByRole('button', { name: 'Remove the rule for web_fetch' }).click()
  await expect(page.getByText('There are no rules')).toBeVisible()
})
