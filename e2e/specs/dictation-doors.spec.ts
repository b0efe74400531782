import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AssetView } from '@contract/assets'
import type { ObservationView } from '@contract/observations'
import type { Page } from '@playwright/test'
import { connected, messageBox, untilQuiet } from '../driver/chat'
import { fakeMicrophone } from '../driver/fake-microphone'
import type { RunningApp } from '../driver/launch-app'
import { look } from '../driver/look'
import { toneWav } from '../driver/sample-assets'
import { openSettings } from '../driver/settings'
import { expect, test } from '../driver/test'

const said = 'The boats went out at ten.'
const dictate = (page: Page) => page.getByRole('button', { name: 'Dictate' })
const timer = (page: Page) => page.getByRole('timer', { name: 'Recording time' })

test.beforeEach(async ({ provider }) => {
  await provider.clear()
  await provider.script({ on: 'transcription', times: 99, text: said })
})

/** Tab after tab, until this is where the keys go; whatever is passed has a name and is seen to have the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 30; step += 1) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => {
      const { activeElement: on } = document
      if (!on || on === document.body) return null
      const ring = (element: Element | null): boolean =>
        element !== null && getComputedStyle(element).outlineStyle !== 'none'
      return {
        name: on.getAttribute('aria-label') ?? on.textContent?.trim() ?? '',
        // A slider is seen as the waveform that it lies on, a text as the box around it.
        isSeen: ring(on) || ring(on.parentElement) || on instanceof HTMLTextAreaElement,
      }
    })
    if (!at) continue
    expect(at.name).not.toBe('')
    expect(at, 'focus is seen').toMatchObject({ isSeen: true })
    if (at.name === name) return
  }
  throw new Error(`Tab never reaches ${name}`)
}

async function segments(app: RunningApp): Promise<readonly ObservationView[]> {
  const answer = await app.ask('observations.list', { source_id: 'microphone' })
  return answer.ok ? (answer.value as { readonly observations: readonly ObservationView[] }).observations : []
}

test('by keyboard alone something is dictated, kept, heard in the library, and asked about', async ({
  launch,
  provider,
}) => {
  const app = await launch(connected(provider, { args: fakeMicrophone(toneWav(3), { again: true }) }))
  const { page } = app
  const press = (key: string) => page.keyboard.press(key)
  await expect(messageBox(page)).toBeFocused()
  await tabTo(page, 'Dictate')
  await press('Enter')
  await expect(timer(page)).toHaveText(/^0:0[2-9]/)
  await messageBox(page).focus()
  await tabTo(page, 'Discard')
  await tabTo(page, 'Insert')
  await press('Enter')
  await expect(messageBox(page)).toHaveValue(said, { timeout: 20_000 })
  await expect(messageBox(page)).toBeFocused()

  await test.step('as WebM with Opus, which is how recordings are kept unless told otherwise', async () => {
    const [segment] = await segments(app)
    expect(segment?.media_type).toBe('audio/webm')
    const sha = segment?.sha256 ?? ''
    const bytes = readFileSync(join(app.stateRoot, 'assets', sha.slice(0, 2), sha))
    expect(bytes.subarray(0, 4).toString('hex')).toBe('1a45dfa3')
    expect(bytes.includes('OpusHead')).toBe(true)
  })

  await test.step('kept, it opens in the library and sounds', async () => {
    await tabTo(page, 'Keep recording')
    await press('Enter')
    await page.getByRole('button', { name: 'Show it' }).click()
    const player = page.getByRole('region', { name: 'Library' }).locator('[data-player]')
    await expect(player).toBeVisible()
    await player.getByRole('button', { name: 'Play' }).focus()
    await press('Enter')
    await expect.poll(async () => Number(await player.getByRole('slider').inputValue())).toBeGreaterThan(0.2)
    await press('Enter')
    for (const name of ['Seek', 'Transcript', 'Speed', 'Save audio']) await tabTo(page, name)
    const listed = await app.ask('assets.list', { origin: 'dictated' })
    const all = listed.ok ? (listed.value as { readonly assets: readonly AssetView[] }).assets : []
    expect(all.map(({ file_name }) => file_name)).toContainEqual(
      expect.stringMatching(/^Dictation .*\.webm$/),
    )
  })

  await test.step('asked about, it is in the message, and the model has the words', async () => {
    await page.getByRole('button', { name: 'New chat' }).click()
    await provider.script({ text: 'At ten, then.' })
    await page.getByRole('button', { name: 'Ask about this' }).click()
    await expect(page.getByRole('article', { name: 'Assistant' })).toContainText('At ten, then.')
    await untilQuiet(page)
    await expect(messageBox(page)).toHaveValue('')
    await expect(page.getByRole('region', { name: 'Dictation' })).toHaveCount(0)
    const chats = (await provider.requests()).filter(({ path }) => path.endsWith('/chat/completions'))
    const asked = chats.map(({ body }) => JSON.stringify(body)).find((body) => body.includes(said))
    expect(asked).toContain('untrusted')
    const card = page.getByRole('list', { name: 'Given to the model' }).locator('[data-player]')
    await expect(card).toContainText('Recording')
    await card.getByRole('button', { name: 'Transcript' }).click()
    await expect(card).toContainText(said)
    await card.getByRole('button', { name: 'Play' }).click()
    await expect.poll(async () => Number(await card.getByRole('slider').inputValue())).toBeGreaterThan(0.2)
    await card.getByRole('button', { name: /^Open Recording / }).click()
    await expect(page.getByRole('dialog', { name: /^Viewer: / })).toBeVisible()
    await press('Escape')
  })

  await test.step('seen and ended where the library is in the place of the chat', async () => {
    await dictate(page).click()
    await expect(timer(page)).toHaveText(/^0:0[1-9]/)
    await page.getByRole('button', { name: 'Library' }).click()
    await expect(page.getByRole('region', { name: 'Library' })).toBeVisible()
    const before = await timer(page).textContent()
    await expect(timer(page)).not.toHaveText(before ?? '')
    await look(page, 'dictation-in-library')
    await press('Control+Shift+Space')
    await expect(page.getByRole('region', { name: 'Dictation' })).toHaveCount(0, { timeout: 20_000 })
    await expect(page.getByRole('region', { name: 'Library' })).toBeVisible()
    await press('Control+l')
    await expect(messageBox(page)).toHaveValue(said)
  })

  await test.step('the window is loaded again in the middle: it is written down, and inserted once', async () => {
    const sent = async () =>
      (await provider.requests()).filter(({ path }) => path.endsWith('/audio/transcriptions')).length
    await messageBox(page).fill('')
    const before = await sent()
    await dictate(page).click()
    await expect(timer(page)).toHaveText(/^0:0[2-9]/)
    await page.reload()
    await expect(page.getByText(/^A dictation of 0:0[2-9] was not finished/)).toBeVisible()
    await expect(messageBox(page)).toHaveValue('')
    await page.getByRole('button', { name: 'Insert' }).click()
    await expect(messageBox(page)).toHaveValue(said)
    await expect(page.getByText(/^A dictation of/)).toHaveCount(0)
    expect(await app.ask('recordings.list')).toMatchObject({ value: { recordings: [] } })
    expect((await sent()) - before).toBe(1)
  })
})

/** As a system whose sound breaks down takes its devices away from everybody. */
const breakSound = ({ electron }: RunningApp): Promise<void> =>
  electron.evaluate(({ app }) => {
    const sound = app.getAppMetrics().find(({ serviceName }) => serviceName === 'audio.mojom.AudioService')
    if (!sound) throw new Error('there is no process of sound')
    process.kill(sound.pid, 'SIGKILL')
  })

test('a microphone that is muted, goes away, or is forbidden says so, each with its own sentence', async ({
  launch,
  provider,
}) => {
  const tone = toneWav(20)
  // Nothing at all at first: whoever opens it anew hears nothing anew.
  tone.fill(0, 44, 44 + 2 * 8_000 * 3.3)
  const args = fakeMicrophone(tone)
  // No desktop of this kind gives a program keys of others.
  const app = await launch(connected(provider, { args, env: { XDG_SESSION_TYPE: 'wayland' } }))
  const { page } = app
  const bar = page.getByRole('region', { name: 'Dictation' })
  const insert = () => bar.getByRole('button', { name: 'Insert' }).click()
  await test.step('tested and chosen by its name', async () => {
    await openSettings(page, 'Audio')
    await page.getByRole('button', { name: 'Start test' }).click()
    await expect(page.getByText('Speak now')).toBeVisible()
    await expect(page.getByRole('alert')).toContainText('There was no sound at all.')
    await page.getByRole('combobox', { name: 'Input device' }).click()
    await page.getByRole('option', { name: 'Fake Audio Input 2' }).click()
    await page.getByRole('switch', { name: 'Dictate from other programs' }).click()
    // No program has keys of others on such a desktop.
    await expect(page.getByRole('dialog')).toContainText(/did not give Kheish the key. .*Wayland/)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })

  await test.step('muted, until it is not', async () => {
    await dictate(page).click()
    await expect(bar).toContainText('The microphone is muted')
    await expect(bar).not.toContainText('The microphone is muted')
    await expect(timer(page)).not.toHaveText('0:00')
  })

  await test.step('gone in the middle: another one takes over, and nothing is lost', async () => {
    await breakSound(app)
    await expect(bar).toContainText(/The chosen microphone is not there. Recording goes on with Fake/)
    const before = await timer(page).textContent()
    await expect(timer(page)).not.toHaveText(before ?? '')
    await insert()
    await expect(messageBox(page)).toHaveValue(said, { timeout: 20_000 })
    await page.getByRole('button', { name: 'Close dictation' }).click()
  })

  const forbid = (isForbidden: boolean) =>
    app.electron.evaluate(({ BrowserWindow }, no) => {
      const { session } = BrowserWindow.getAllWindows()[0]?.webContents ?? {}
      session?.setPermissionRequestHandler((_, __, decide) => decide(!no))
    }, isForbidden)

  await test.step('gone, and no other: what was said before is written down', async () => {
    await messageBox(page).fill('')
    await dictate(page).click()
    await expect(timer(page)).toHaveText(/^0:0[4-9]/)
    await forbid(true)
    await breakSound(app)
    await expect(bar.getByRole('alert')).toContainText('went away and there is no other')
    await expect(messageBox(page)).toHaveValue(said)
  })

  await test.step('forbidden: where it is allowed, and what there is of a way', async () => {
    await page.getByRole('button', { name: 'Close dictation' }).click()
    await dictate(page).click()
    await expect(bar.getByRole('alert')).toContainText(
      'Allow it in the privacy settings of your desktop, under Microphone.',
    )
    await bar.getByRole('button', { name: 'Open system settings' }).click()
    await expect(page.getByText(/no such settings page/)).toBeVisible()
    await page.getByRole('button', { name: 'Close dictation' }).click()
  })
})
