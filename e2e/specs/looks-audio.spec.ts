import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { AssetView } from '@contract/assets'
import type { ObservationView } from '@contract/observations'
import { connected, lastAnswer, messageBox, untilQuiet } from '../driver/chat'
import { fakeMicrophone } from '../driver/fake-microphone'
import type { RunningApp } from '../driver/launch-app'
import { look, lookInBoth } from '../driver/look'
import { importAsset, sendAssets, toneWav } from '../driver/sample-assets'
import { openSettings } from '../driver/settings'
import { canSpeak, speakSentences } from '../driver/speech'
import { expect, test } from '../driver/test'

const longName = 'Interview with the harbour master, second part, recorded outdoors in the wind (final).wav'
const said = 'We met at the harbour at nine, and by ten the boats were out. Nobody had looked at the weather.'
const source_id = 'desk'
const upload_token = 'a-token-for-looks'

/** A voice, where this machine has one. */
async function speech(...sentences: readonly string[]): Promise<Buffer> {
  if (!canSpeak()) return toneWav(2 + sentences.join('').length / 20)
  const [spoken] = await speakSentences([sentences.join('. ')])
  return spoken?.wav ?? toneWav(4)
}

async function observe(app: RunningApp, sound: Buffer, text: string, at: number): Promise<string> {
  const answer = await app.ask('observations.ingest', {
    source_id,
    upload_token,
    upload: { file_name: `take ${at + 1}.wav`, content_base64: sound.toString('base64') },
    idempotency_key: `take-${at}`,
    captured_at_ms: Date.UTC(2026, 10, 29, 9, 30 + at),
    canonical_text: text,
  })
  if (!answer.ok) throw new Error(answer.fault.code)
  return (answer.value as ObservationView).observation_id
}

/** The bytes of it, as if somebody had tidied the folder by hand. */
function loseFile(app: RunningApp, { byte_length }: AssetView): void {
  const folder = join(app.stateRoot, 'assets')
  for (const each of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(each.parentPath, each.name)
    if (each.isFile() && statSync(file).size === byte_length) rmSync(file)
  }
}

test('sound stands up in light and dark: made, brought, lost, observed, and in the settings', async ({
  launch,
  provider,
}) => {
  test.setTimeout(90_000)
  await provider.clear()
  const voice = await speech('We met at the harbour at nine', 'Nobody had looked at the weather')
  const app = await launch(connected(provider, { args: fakeMicrophone(toneWav(3), { again: true }) }))
  const { page } = app
  const player = (name: RegExp) => page.getByRole('group', { name }).filter({ has: page.getByRole('slider') })

  await messageBox(page).fill(
    'Say "Good night. Sleep well, and mind the tide in the morning." with a calm voice',
  )
  await messageBox(page).press('Enter')
  await expect(lastAnswer(page).locator('[data-waveform]')).toHaveCount(1)
  await untilQuiet(page)
  const made = lastAnswer(page).locator('[data-player]')
  await made.getByRole('button', { name: 'Transcript' }).click()
  await expect(made).toContainText('mind the tide in the morning.')
  await made.getByRole('button', { name: 'Play' }).click()
  await expect.poll(async () => Number(await made.getByRole('slider').inputValue())).toBeGreaterThan(0.8)
  await made.getByRole('button', { name: 'Pause' }).click()
  await lookInBoth(page, 'audio-generated')

  await provider.script({ on: 'transcription', times: 9, text: said })
  const heard = await importAsset(app, longName, voice)
  const lost = await importAsset(app, 'voice memo.wav', toneWav(2))
  await sendAssets(app, 'What did they talk about?', [heard.asset_id, lost.asset_id])
  loseFile(app, lost)
  await page.getByRole('navigation', { name: 'Chats' }).getByText('What did they talk about?').click()
  await player(/Interview/)
    .getByRole('button', { name: 'Transcript' })
    .click()
  await expect(player(/Interview/)).toContainText('Nobody had looked')
  await player(/voice memo/)
    .getByRole('button', { name: 'Play' })
    .click()
  await expect(player(/voice memo/).getByRole('alert')).toBeVisible()
  await page.getByRole('log', { name: 'Conversation' }).hover()
  await page.mouse.wheel(0, -10_000)
  await lookInBoth(page, 'audio-brought')

  const created = await app.ask('sources.create', {
    source_id,
    display_name: 'Desk',
    kind: 'microphone_segment',
    upload_token,
  })
  expect(created.ok).toBe(true)
  const takes = ['We met at the harbour at nine.', 'Nobody had looked at the weather.']
  const observation_ids: string[] = []
  for (const [at, text] of takes.entries())
    observation_ids.push(await observe(app, await speech(text), text, at))
  await page.getByRole('button', { name: 'New chat' }).click()
  const chat = await app.ask('sessions.create')
  const target_session_id = chat.ok && (chat.value as { readonly session_id: string }).session_id
  const given = await app.ask('observations.materialize', {
    target_session_id,
    selection: { type: 'observation_ids', observation_ids },
    request: { idempotency_key: 'observed', content: 'Summarise what I said.' },
  })
  expect(given).toMatchObject({ ok: true })
  await page.getByRole('navigation', { name: 'Chats' }).getByText('Summarise what I said.').click()
  await untilQuiet(page)
  const take = player(/take 1/)
  await take.getByRole('button', { name: 'Transcript' }).click()
  await expect(take).toContainText('We met at the harbour')
  await lookInBoth(page, 'audio-observed')

  await openSettings(page, 'Audio')
  await page.getByRole('button', { name: 'Try it' }).click()
  await expect(page.getByRole('dialog').locator('[data-waveform]')).toHaveCount(1)
  await lookInBoth(page, 'settings-audio')
  await page.getByRole('switch', { name: 'Dictate from other programs' }).click()
  await page.getByRole('button', { name: 'Start test' }).click()
  await page.getByText('Speak now').scrollIntoViewIfNeeded()
  await lookInBoth(page, 'settings-audio-microphone')
  await page.getByRole('combobox', { name: 'Input device' }).click()
  await expect(page.getByRole('option', { name: 'Fake Audio Input 1' })).toBeVisible()
  await look(page, 'settings-audio-devices')
  await page.keyboard.press('Escape')

  await app.ask('preferences.set', { language: 'de' })
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(480, 760))
  await page.getByRole('switch').last().scrollIntoViewIfNeeded()
  await look(page, 'settings-audio-narrow-german')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await take.scrollIntoViewIfNeeded()
  await look(page, 'audio-narrow-german')
})
