import { connected, messageBox } from '../driver/chat'
import { fakeMicrophone } from '../driver/fake-microphone'
import { look, lookInBoth } from '../driver/look'
import { toneWav } from '../driver/sample-assets'
import { expect, test } from '../driver/test'

test('a dictation stands up in light and dark, while it goes on and when it has failed', async ({
  launch,
  provider,
}) => {
  await provider.clear()
  const app = await launch(connected(provider, { args: fakeMicrophone(toneWav(3), { again: true }) }))
  const { page } = app
  const dictate = page.getByRole('button', { name: 'Dictate' })
  await messageBox(page).fill('Dear all,')
  await dictate.click()
  await expect(page.getByRole('timer', { name: 'Recording time' })).toHaveText(/^0:0[6-9]/)
  await lookInBoth(page, 'dictation-recording')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('alertdialog', { name: 'Discard this dictation?' })).toBeVisible()
  await lookInBoth(page, 'dictation-discard')
  await page.getByRole('button', { name: 'Keep it' }).click()

  const broken = { on: 'transcription', status: 502, body: '<html>no</html>' }
  await provider.script(broken, broken, broken, broken, broken, broken)
  await page.getByRole('button', { name: 'Insert' }).click()
  await expect(page.getByRole('button', { name: 'Retry transcription' })).toBeVisible({ timeout: 30_000 })
  await lookInBoth(page, 'dictation-failed')
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(480, 760))
  await expect(page.getByRole('button', { name: 'Retry transcription' })).toBeVisible()
  await lookInBoth(page, 'dictation-narrow')
  await provider.clear()
  await provider.script({ on: 'transcription', text: 'we will meet at the harbour at nine.', times: 9 })
  await page.getByRole('button', { name: 'Retry transcription' }).click()
  await expect(page.getByRole('button', { name: 'Close dictation' })).toBeVisible()
  await look(page, 'dictation-done-narrow')
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1180, 780))
  await lookInBoth(page, 'dictation-done')
})

test('a machine without a microphone says so', async ({ launch, provider }) => {
  const { page } = await launch(connected(provider))
  await page.getByRole('button', { name: 'Dictate' }).click()
  await expect(page.getByRole('alert').getByText('No microphone was found')).toBeVisible()
  await lookInBoth(page, 'dictation-absent')
})
