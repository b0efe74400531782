import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connected, messageBox } from '../driver/chat'
import { startProvider, type Provider } from '../driver/demo-provider'
import { fakeMicrophone } from '../driver/fake-microphone'
import { canListen, easySentences, speakSentences, writeGrammar } from '../driver/speech'
import { expect, test } from '../driver/test'

test.skip(!canListen(), 'This machine has nothing that speaks and listens.')

/** A few in every run; `KHEISH_E2E_TAKES=50` for the whole proof. */
const takes = Number(process.env['KHEISH_E2E_TAKES'] ?? 2)
const [sentence] = easySentences
const before = 0.8

test('words at both ends are there, whenever the microphone was switched on and off', async ({
  launch,
}, info) => {
  test.setTimeout(30_000 + takes * 15_000)
  const grammar = await writeGrammar(mkdtempSync(join(tmpdir(), 'kheish-grammar-')), [sentence])
  const listener = await startProvider({ grammar })
  const [spoken] = await speakSentences([sentence], { rate: 48_000, before, after: 2 })
  if (!spoken) throw new Error('nothing was spoken')
  const lasts = (spoken.wav.length - 44) / 2 / 48_000 - before - 2
  const { page } = await launch(connected(listener, { args: fakeMicrophone(spoken.wav) }))
  // When the file began to play: as the device was opened.
  await page.evaluate(() => {
    const { mediaDevices } = navigator
    const open = mediaDevices.getUserMedia.bind(mediaDevices)
    mediaDevices.getUserMedia = async (wish) => {
      const stream = await open(wish)
      document.body.dataset['openedAt'] = String(Date.now())
      return stream
    }
  })
  const dictate = page.getByRole('button', { name: 'Dictate' })
  const lost: string[] = []
  for (let take = 0; take < takes; take += 1) {
    await listener.clear()
    await messageBox(page).fill('')
    await page.mouse.move(5, 5)
    await page.evaluate(() => {
      window.dispatchEvent(new Event('blur'))
      delete document.body.dataset['openedAt']
    })
    // From the first silence to a moment after the first sound; and from within the last word to long after it.
    const on = Math.random() * (before + 0.1)
    const off = before + lasts - 0.25 + Math.random()
    await dictate.hover()
    const body = page.locator('body')
    await expect(body).toHaveAttribute('data-opened-at', /\d/)
    const openedAt = Number(await body.getAttribute('data-opened-at'))
    const until = (seconds: number) =>
      page.waitForTimeout(Math.max(0, openedAt + seconds * 1000 - Date.now()))
    await until(on)
    await dictate.click()
    await until(off)
    await dictate.click()
    const ended = page.getByRole('button', { name: /^(?:Close dictation|Retry transcription)$/ })
    await expect(ended).toBeVisible({ timeout: 30_000 })
    const trouble = await page.getByRole('alert').allInnerTexts()
    const heard = (await messageBox(page).inputValue())
      .toLowerCase()
      .replaceAll(/[^a-z ]/g, '')
      .trim()
    if (heard !== sentence) {
      const sound = await keepSent(listener, info.outputPath(`take-${take}`))
      lost.push(
        `take ${take}, on ${on.toFixed(2)} s, off ${off.toFixed(2)} s: "${heard}" ${trouble.join(' ')} (${sound.join(', ')})`,
      )
      console.log(lost.at(-1))
    }
    await page.getByRole('button', { name: /^(?:Close dictation|Discard)$/ }).click()
  }
  console.log(`${takes - lost.length} of ${takes} takes`)
  expect(lost).toEqual([])
  await listener.stop()
})

/** What was sent of a take that was lost, to be listened to. */
async function keepSent(listener: Provider, path: string): Promise<readonly string[]> {
  const asked = (await listener.requests()).filter(({ path: to }) => to.endsWith('/audio/transcriptions'))
  return asked.map(({ body }, at) => {
    const { data, format } = (body as { input_audio: { data: string; format: string } }).input_audio
    const file = `${path}-${at}.${format}`
    writeFileSync(file, Buffer.from(data, 'base64'))
    return file
  })
}
