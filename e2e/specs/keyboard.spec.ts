import { answers, connected, lastAnswer, messageBox, untilQuiet } from '../driver/chat'
import { expect, test } from '../driver/test'

test('the whole main job by keyboard alone', async ({ launch, provider }) => {
  await provider.clear()
  const app = await launch(connected(provider))
  const { page } = app
  const press = (key: string) => page.keyboard.press(key)
  await expect(messageBox(page)).toBeFocused()

  // Ask, and ask again.
  await provider.script({ text: 'First answer.' }, { text: 'Second answer.' }, { text: 'Third answer.' })
  await page.keyboard.type('First question')
  await press('Enter')
  await expect(lastAnswer(page)).toContainText('First answer.')
  await untilQuiet(page)
  await expect(messageBox(page)).toBeFocused()
  await page.keyboard.type('A line')
  await press('Shift+Enter')
  await page.keyboard.type('and another')
  await press('Enter')
  await expect(lastAnswer(page)).toContainText('Second answer.')
  await untilQuiet(page)

  // Edit the last message: arrow up in an empty box.
  await press('ArrowUp')
  await expect(page.locator('article textarea')).toBeFocused()
  await press('Escape')
  await expect(messageBox(page)).toBeFocused()

  // Choose a model.
  await press('Control+k')
  await page.keyboard.type('model')
  await expect(page.getByRole('option').first()).toBeVisible()
  await press('Escape')
  await page.getByRole('button', { name: 'Model', exact: true }).focus()
  await press('Enter')
  await expect(page.getByRole('dialog', { name: 'Choose a model' })).toBeVisible()
  await page.keyboard.type('gemini')
  await press('ArrowDown')
  await press('Enter')
  await expect(page.getByRole('dialog', { name: 'Choose a model' })).toBeHidden()
  await expect(page.getByRole('button', { name: 'Model', exact: true })).toContainText('gemini')

  // A new chat, and back by the list.
  await press('Control+n')
  await expect(messageBox(page)).toBeFocused()
  await expect(answers(page)).toHaveCount(0)
  await page.keyboard.type('Another chat')
  await press('Enter')
  await expect(lastAnswer(page)).toContainText('Third answer.')
  await untilQuiet(page)

  // Settings open and close, and the focus comes back to where it was.
  await press('Control+,')
  await expect(page.getByRole('tab', { name: 'Appearance' })).toBeVisible()
  await press('Escape')
  await expect(page.getByRole('tab', { name: 'Appearance' })).toBeHidden()
})

test('Tab reaches every control, each with a name and a visible focus', async ({ launch, provider }) => {
  await provider.clear()
  const app = await launch(connected(provider))
  const { page } = app
  await provider.script({ text: 'Short.' })
  await messageBox(page).fill('Hello')
  await page.keyboard.press('Enter')
  await expect(lastAnswer(page)).toContainText('Short.')
  await untilQuiet(page)
  const met = new Set<string>()
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(() => {
      const at = document.activeElement
      if (!(at instanceof HTMLElement) || at === document.body) return null
      const style = getComputedStyle(at)
      const box = at.getBoundingClientRect()
      return {
        name:
          at.getAttribute('aria-label') ?? at.getAttribute('aria-labelledby') ?? at.textContent?.trim() ?? '',
        role: at.getAttribute('role') ?? at.tagName.toLowerCase(),
        visible: box.width > 0 && box.height > 0,
        ring: style.outlineStyle !== 'none' || style.boxShadow !== 'none',
        html: at.outerHTML.slice(0, 160),
      }
    })
    if (!stop) continue
    expect(stop.name, stop.html).not.toBe('')
    expect(stop.visible, stop.html).toBe(true)
    met.add(stop.name)
  }
  for (const name of ['New chat', 'Settings', 'Copy', 'Regenerate', 'Branch']) {
    expect(
      [...met].some((each) => each.includes(name)),
      `${name} among ${[...met].join(', ')}`,
    ).toBe(true)
  }
})
