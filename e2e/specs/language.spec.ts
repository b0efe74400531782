import { chatList, connected, say, lastAnswer, untilQuiet } from '../driver/chat'
import { expect, test } from '../driver/test'

test.beforeEach(({ provider }) => provider.clear())

test('language and theme change while the app is used, and stay', async ({ launch, provider }) => {
  const options = connected(provider)
  const app = await launch(options)
  const { page } = app
  await provider.script({ text: 'word '.repeat(400), tokens_per_second: 80 })
  await say(page, 'Keep writing')
  await expect(lastAnswer(page)).toContainText('word word')
  await page.keyboard.press('Control+,')
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await settings.getByRole('tab', { name: 'Appearance' }).click()
  for (const theme of ['Light', 'Dark'] as const) {
    await settings.getByRole('radio', { name: theme }).click()
    await expect
      .poll(() => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme))
      .toBe(theme.toLowerCase())
    await expect
      .poll(() => app.electron.evaluate(({ nativeTheme }) => nativeTheme.themeSource))
      .toBe(theme.toLowerCase())
  }
  await settings.getByRole('combobox', { name: 'Language' }).click()
  await page.getByRole('option', { name: 'Deutsch' }).click()
  await expect(page.getByRole('dialog', { name: 'Einstellungen' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('textbox', { name: 'Nachricht' })).toBeVisible()
  await expect(page.getByRole('article', { name: 'Du' })).toContainText('Keep writing')
  await page.getByRole('button', { name: 'Anhalten' }).click()
  await expect(page.getByText(/Angehalten/).first()).toBeVisible()
  expect(
    await app.electron.evaluate(({ Menu }) =>
      Menu.getApplicationMenu()?.items.map((item) => item.label.replace('&', '')),
    ),
  ).toContain('Bearbeiten')
  await provider.script({ status: 402, body: { error: { code: 402, message: 'no' } } })
  await page.getByRole('textbox', { name: 'Nachricht' }).fill('Noch eins')
  await page.getByRole('textbox', { name: 'Nachricht' }).press('Enter')
  await expect(page.getByRole('article', { name: 'Assistent' }).last()).toContainText('Guthaben')
  await app.quit()

  const again = await launch({ ...options, stateRoot: app.stateRoot })
  await expect(again.page.getByRole('textbox', { name: 'Nachricht' })).toBeVisible()
  await expect(again.page.locator('html')).toHaveAttribute('lang', 'de')
  await expect
    .poll(() => again.page.evaluate(() => getComputedStyle(document.documentElement).colorScheme))
    .toBe('dark')
})

test('a clock that jumps changes no order and loses no message', async ({ launch, provider }) => {
  const app = await launch(connected(provider))
  const { page } = app
  await provider.script({ text: 'Before.' }, { text: 'Long after.' }, { text: 'Back again.' })
  await say(page, 'Now')
  await expect(lastAnswer(page)).toContainText('Before.')
  await untilQuiet(page)
  const jump = (ms: number) =>
    app.electron.evaluate((_, by) => {
      const scope = globalThis as unknown as { realNow?: () => number }
      const real = (scope.realNow ??= Date.now.bind(Date))
      Date.now = () => real() + by
    }, ms)
  const year = 365 * 86_400_000
  await jump(year)
  await say(page, 'A year later')
  await expect(lastAnswer(page)).toContainText('Long after.')
  await untilQuiet(page)
  await jump(-year)
  await say(page, 'A year before')
  await expect(lastAnswer(page)).toContainText('Back again.')
  await untilQuiet(page)
  await expect(page.getByRole('article', { name: 'You' })).toHaveText([
    /Now/,
    /A year later/,
    /A year before/,
  ])
  await page.reload()
  await expect(page.getByRole('article', { name: 'You' })).toHaveText([
    /Now/,
    /A year later/,
    /A year before/,
  ])
  await expect(chatList(page)).toContainText('Now')
})
