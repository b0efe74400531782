import { connected, messageBox } from '../driver/chat'
import { fakeMicrophone } from '../driver/fake-microphone'
import { bringToFront, canPress, pressKeys } from '../driver/in-front'
import type { RunningApp } from '../driver/launch-app'
import { toneWav } from '../driver/sample-assets'
import { expect, test } from '../driver/test'
import { openWebPage } from '../driver/web-page'

test.skip(!canPress(), 'This machine has nothing that presses keys in the window that is in front.')

const key = 'ctrl+shift+space'
const said = 'Please send the boats out at ten.'

/** A system that shows notifications, and what it shows. */
const watchSigns = ({ electron }: RunningApp): Promise<void> =>
  electron.evaluate(({ Notification }) => {
    const shown = new Set<string>()
    Notification.isSupported = () => true
    Notification.prototype.show = function show() {
      shown.add(this.title)
    }
    Notification.prototype.close = function close() {
      shown.delete(this.title)
    }
    Object.assign(globalThis, { shownSigns: shown })
  })
const signs = ({ electron }: RunningApp): Promise<string[]> =>
  electron.evaluate(() => [...(globalThis as unknown as { shownSigns: Set<string> }).shownSigns])

test('the dictation key works while another program is in front; the text is typed there, and the clipboard is as before', async ({
  launch,
  provider,
}) => {
  await provider.clear()
  await provider.script({ on: 'transcription', times: 9, text: said })
  const app = await launch(connected(provider, { args: fakeMicrophone(toneWav(3), { again: true }) }))
  const other = await openWebPage()
  const timer = app.page.getByRole('timer', { name: 'Recording time' })
  const letter = other.page.locator('textarea')
  try {
    await app.ask('preferences.set', { dictation_everywhere: true, dictation_types: true })
    await other.page.setContent('<textarea rows="6" cols="60">Dear all, </textarea>')
    await bringToFront(app.electron)
    await messageBox(app.page).click()
    await bringToFront(other.browser)
    await letter.press('Control+End')
    await other.browser.evaluate(({ clipboard }) => clipboard.writeText('what I had copied'))
    expect(await app.ask('app.dictationKey')).toMatchObject({ value: { state: 'registered' } })

    await watchSigns(app)
    await pressKeys(key)
    await expect(timer).toHaveText(/^0:0[2-9]/)
    expect(await signs(app)).toEqual(['Recording'])
    await pressKeys(key)
    await expect.poll(() => signs(app)).toEqual([])
    await expect(letter).toHaveValue(`Dear all, ${said}`, { timeout: 20_000 })
    await expect(messageBox(app.page)).toHaveValue('')
    await expect
      .poll(() => other.browser.evaluate(({ clipboard }) => clipboard.readText()))
      .toBe('what I had copied')

    // Told not to type, it waits in the box, and the other program gets nothing.
    await app.ask('preferences.set', { dictation_types: false })
    await pressKeys(key)
    await expect(timer).toHaveText(/^0:0[2-9]/)
    await pressKeys(key)
    await expect(messageBox(app.page)).toHaveValue(said, { timeout: 20_000 })
    expect(await letter.inputValue()).toBe(`Dear all, ${said}`)

    // In front itself, the same key is the window's own: what is said stays here.
    await app.ask('preferences.set', { dictation_types: true })
    await messageBox(app.page).fill('')
    await bringToFront(app.electron)
    await pressKeys(key)
    await expect(timer).toHaveText(/^0:0[2-9]/)
    await pressKeys(key)
    await expect(messageBox(app.page)).toHaveValue(said, { timeout: 20_000 })
    expect(await letter.inputValue()).toBe(`Dear all, ${said}`)
  } finally {
    await other.close()
  }
})
