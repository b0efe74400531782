import type { Page } from '@playwright/test'
import { connected, messageBox, say, untilQuiet } from '../driver/chat'
import { dropFiles, writeTestFile } from '../driver/files'
import { toneWav } from '../driver/sample-assets'
import { expect, test } from '../driver/test'

const player = (page: Page, name: string) => page.getByRole('group', { name: `Audio: ${name}` }).first()
const seek = (page: Page, name: string) => player(page, name).getByRole('slider', { name: 'Seek' })
const placeOf = async (page: Page, name: string): Promise<number> =>
  Number(await seek(page, name).inputValue())

test.beforeEach(({ provider }) => provider.clear())

test('a recording that is dropped in is listened to, by hand and by keys, one at a time', async ({
  launch,
  provider,
}) => {
  const app = await launch(connected(provider))
  const { page, electron } = app
  const violations = page.evaluate(() => {
    const found: string[] = []
    document.addEventListener(
      'securitypolicyviolation',
      ({ effectiveDirective, blockedURI, sourceFile, lineNumber, columnNumber }) =>
        found.push(`${effectiveDirective} ${blockedURI} ${sourceFile}:${lineNumber}:${columnNumber}`),
    )
    Object.assign(window, { violations: found })
  })
  await violations
  await electron.evaluate(({ session }) => {
    const asked: string[] = []
    Object.assign(globalThis, { asked })
    session.defaultSession.webRequest.onSendHeaders(
      { urls: ['asset://raw/*'] },
      ({ requestHeaders, resourceType }) => {
        if (resourceType === 'media') asked.push(requestHeaders['Range'] ?? requestHeaders['range'] ?? 'all')
      },
    )
  })
  await provider.script({ on: 'transcription', times: 99, text: 'We met at the harbour at nine.' })
  await messageBox(page).click()
  await dropFiles(page, [
    writeTestFile('interview.wav', toneWav(2)),
    writeTestFile('lecture.wav', toneWav(1_500)),
  ])
  await expect(
    page.getByRole('list', { name: 'Attachments' }).getByRole('button', { name: /^Remove / }),
  ).toHaveCount(2)
  // A card tells of its length when it is in the store.
  await expect(page.getByText(/WAV · 25 min/)).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText(/WAV · 2 s/)).toBeVisible()
  await say(page, 'Keep these')
  await untilQuiet(page)

  // Drawn from what is in it.
  const short = player(page, 'interview.wav')
  const long = player(page, 'lecture.wav')
  await expect(short.locator('[data-waveform]')).toHaveCount(1)
  await expect(long.locator('[data-waveform]')).toHaveCount(1)
  await expect(short).toContainText('0:00 / 0:02')

  await provider.clear()
  await short.getByRole('button', { name: 'Play' }).click()
  await expect(short.getByRole('button', { name: 'Pause' })).toBeVisible()
  await expect.poll(() => placeOf(page, 'interview.wav')).toBeGreaterThan(0.3)
  // To its end, which is told by the element itself.
  await expect(short.getByRole('button', { name: 'Play' })).toBeVisible()
  expect(await page.evaluate(() => document.querySelector('audio')?.ended)).toBe(true)
  await expect.poll(() => placeOf(page, 'interview.wav')).toBeGreaterThan(1.9)
  // Once more, from the beginning.
  await short.getByRole('button', { name: 'Play' }).click()
  await expect.poll(() => placeOf(page, 'interview.wav')).toBeLessThan(1.5)

  // One at a time.
  await long.getByRole('button', { name: 'Play' }).click()
  await expect(long.getByRole('button', { name: 'Pause' })).toBeVisible()
  await expect(short.getByRole('button', { name: 'Play' })).toBeVisible()
  expect(await page.locator('audio').count()).toBe(1)

  // Seeking asks for that place alone and is there at once.
  await expect.poll(() => placeOf(page, 'lecture.wav')).toBeGreaterThan(0.2)
  const begun = performance.now()
  await seek(page, 'lecture.wav').fill('1200')
  await expect.poll(() => placeOf(page, 'lecture.wav'), { intervals: [20] }).toBeGreaterThan(1200.1)
  expect(performance.now() - begun).toBeLessThan(3_000)
  const ranges = await electron.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)
  const froms = ranges.map((range) => Number(/bytes=(\d+)/.exec(range)?.[1] ?? -1))
  expect(froms.some((from) => from > 15_000_000)).toBe(true)

  // Keys alone.
  await seek(page, 'lecture.wav').focus()
  await page.keyboard.press('k')
  await expect(long.getByRole('button', { name: 'Play' })).toBeVisible()
  const paused = await placeOf(page, 'lecture.wav')
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => placeOf(page, 'lecture.wav')).toBeCloseTo(paused + 5, 0)
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => placeOf(page, 'lecture.wav')).toBeCloseTo(paused - 5, 0)
  await page.keyboard.press('Home')
  await expect.poll(() => placeOf(page, 'lecture.wav')).toBe(0)
  await page.keyboard.press('Period')
  await expect(long.getByRole('combobox', { name: 'Speed' })).toContainText('1.25×')
  await page.keyboard.press('Space')
  await expect(long.getByRole('button', { name: 'Pause' })).toBeVisible()
  expect(await page.evaluate(() => document.querySelector('audio')?.playbackRate)).toBe(1.25)
  const kept = await app.ask('preferences.get')
  expect(kept.ok && (kept.value as { playback_speed: number }).playback_speed).toBe(1.25)
  expect(await page.evaluate(() => navigator.mediaSession.metadata?.title)).toBe('lecture.wav')

  // It plays on where nobody sees it, and the library shows the same.
  await page.getByRole('button', { name: 'Library' }).click()
  await page.getByRole('list', { name: 'Assets' }).getByText('lecture.wav').click()
  await expect(player(page, 'lecture.wav').getByRole('button', { name: 'Pause' })).toBeVisible()
  await player(page, 'lecture.wav').getByRole('button', { name: 'Pause' }).click()
  expect(await page.evaluate(() => document.querySelector('audio')?.paused)).toBe(true)

  // Nothing of all this was stopped by the policy, or asked of a provider.
  expect(await page.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual([])
  expect((await provider.requests()).filter(({ path }) => /speech|transcription|chat/.test(path))).toEqual([])
})
