import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { chatList, connected, messageBox, say, untilQuiet } from '../driver/chat'
import { openSettings } from '../driver/settings'
import { expect, test } from '../driver/test'

test.beforeEach(({ provider }) => provider.clear())

/** Every file under a folder that is no cache of the browser's. */
function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesUnder(path) : [path]
  })
}

test('privacy switches go along with every request from then on', async ({ launch, provider }) => {
  const { page } = await launch(connected(provider))
  await openSettings(page, 'Privacy')
  await page.getByRole('switch', { name: 'No providers that may train on your text' }).click()
  await page.keyboard.press('Escape')
  await say(page, 'Hello')
  await untilQuiet(page)
  const [asked] = (await provider.requests()).filter(({ path }) => path.endsWith('/chat/completions'))
  expect(asked?.body).toMatchObject({ provider: { data_collection: 'deny' } })
})

test('what is kept is said with its size, and Delete everything leaves nothing of it', async ({
  launch,
  provider,
}) => {
  const app = await launch(connected(provider))
  const { page } = app
  const planted = 'xylophone-quartz-4711'
  await provider.script({ text: `The answer is ${planted}-answer.` })
  await say(page, `Remember ${planted}`)
  await untilQuiet(page)
  await messageBox(page).fill(`a draft with ${planted}`)
  await openSettings(page, 'Privacy')
  await expect(page.getByText(app.stateRoot, { exact: true })).toBeVisible()
  await expect(page.getByRole('row', { name: /Chats, drafts and costs/ })).toContainText(/[kM]B/)

  await page.getByRole('button', { name: 'Delete everything…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete everything?' })
  await expect(dialog.getByRole('button', { name: 'Delete everything' })).toBeDisabled()
  await dialog.getByRole('textbox', { name: 'Type DELETE to confirm' }).fill('DELETE')
  await dialog.getByRole('button', { name: 'Delete everything' }).click()
  await expect(page.getByText('Everything was deleted')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(chatList(page)).not.toContainText(planted)
  await expect(messageBox(page)).toHaveValue('')
  await app.quit()
  for (const file of filesUnder(app.stateRoot))
    expect(readFileSync(file, 'latin1'), file).not.toContain(planted)
})
