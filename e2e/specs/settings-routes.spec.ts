import { readFileSync, writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { connected, lastAnswer, messageBox, say } from '../driver/chat'
import { expect, test } from '../driver/test'

const editor = (page: Page) => page.getByRole('textbox', { name: 'Routes file' })
const form = (page: Page) => page.getByRole('region', { name: 'Form' })
const openRoutes = async (page: Page) => {
  await expect(messageBox(page)).toBeVisible()
  await page.keyboard.press('Control+,')
  await page.getByRole('tab', { name: 'Routes' }).click()
  await expect(editor(page)).toBeVisible()
}
/** Types at the end of the text. */
const append = async (page: Page, text: string) => {
  await editor(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(text)
}

test('a change in the form is one of the text: comments stay, undo goes back, a restart applies it', async ({
  launch,
  provider,
}) => {
  await provider.clear()
  const options = connected(provider)
  const file = options.routesFile ?? ''
  writeFileSync(file, `# mine\n${readFileSync(file, 'utf8')}# the end\n`)
  const { page } = await launch(options)
  await openRoutes(page)

  const model = form(page).getByRole('combobox', { name: 'Model' })
  await model.fill('google/gemini-2.5-pro')
  // Escape is the list's first.
  await page.keyboard.press('Escape')
  await expect(editor(page)).toContainText('default_model = "google/gemini-2.5-pro"')
  await form(page).getByRole('switch', { name: /Speak/ }).click()
  await expect(editor(page)).toContainText('audio_generation = false')

  // One history for both: what the form did is undone like what was typed.
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(editor(page)).not.toContainText('audio_generation')
  await expect(form(page).getByRole('switch', { name: /Speak/ })).toBeChecked()
  await append(page, 'image_edit = false')
  await expect(form(page).getByRole('switch', { name: /Edit pictures/ })).not.toBeChecked()

  await page.keyboard.press('Control+s')
  await expect(page.getByText('Saved. A restart of the daemon applies it.')).toBeVisible()
  const saved = readFileSync(file, 'utf8')
  expect(saved).toMatch(/^# mine\n/)
  expect(saved).toContain('# the end\n')
  expect(saved).toContain('default_model = "google/gemini-2.5-pro"')

  await page.getByRole('button', { name: 'Restart now' }).click()
  await expect(page.getByText('In force', { exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Model', exact: true })).toContainText('gemini-2.5-pro')
  await provider.script({ text: 'From the new model.' })
  await say(page, 'Hello')
  await expect(lastAnswer(page)).toContainText('From the new model.')
})

test('an error is shown at its line while typing, leads there, and keeps the text unsaved', async ({
  launch,
  provider,
}) => {
  await provider.clear()
  const options = connected(provider)
  const file = options.routesFile ?? ''
  const before = readFileSync(file, 'utf8')
  const { page } = await launch(options)
  await openRoutes(page)
  await append(page, 'modle = "x"')
  const problems = page.getByRole('region', { name: 'Problems' })
  await expect(problems.getByRole('button')).toHaveText(/Line 10, column 1: This field is not known/)
  await expect(form(page).getByText('1 error')).toBeVisible()
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Kheish would refuse this file')).toBeVisible()
  expect(readFileSync(file, 'utf8')).toBe(before)
  await expect(editor(page)).toContainText('modle = "x"')

  // What is no TOML has no form, and the problem leads to its place.
  await append(page, '\n[')
  await expect(form(page).getByText('The form is back as soon as')).toBeVisible()
  await form(page).getByRole('button', { name: 'Go to the place' }).click()
  await expect(editor(page)).toBeFocused()
  await page.keyboard.press('Control+z')

  // Closing asks first; another tab does not lose the text.
  await page.getByRole('tab', { name: 'Keys' }).click()
  await page.getByRole('tab', { name: 'Routes' }).click()
  await expect(editor(page)).toContainText('modle')
  await page.getByRole('button', { name: 'Close' }).click()
  const asked = page.getByRole('alertdialog')
  await asked.getByRole('button', { name: 'Keep editing' }).click()
  await expect(editor(page)).toContainText('modle')
  await page.getByRole('button', { name: 'Close' }).click()
  await asked.getByRole('button', { name: 'Discard changes' }).click()
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeHidden()
  expect(readFileSync(file, 'utf8')).toBe(before)
})

test('a file that somebody else changed is loaded, or overwritten knowingly, and comes back from the backup', async ({
  launch,
  provider,
}) => {
  await provider.clear()
  const options = connected(provider)
  const file = options.routesFile ?? ''
  const before = readFileSync(file, 'utf8')
  const { page } = await launch(options)
  await openRoutes(page)
  await append(page, '# from the window')
  writeFileSync(file, `${before}# from outside\n`)
  await page.keyboard.press('Control+s')
  await expect(page.getByText('The file was changed outside of this window')).toBeVisible()
  expect(readFileSync(file, 'utf8')).toContain('# from outside')
  await page.getByRole('button', { name: 'Load the file' }).click()
  await expect(editor(page)).toContainText('# from outside')
  await expect(editor(page)).not.toContainText('# from the window')
  // Nothing that was written is lost.
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(editor(page)).toContainText('# from the window')

  writeFileSync(file, `${before}# once more\n`)
  await editor(page).click()
  await page.keyboard.press('Control+s')
  await page.getByRole('button', { name: 'Overwrite the file' }).click()
  await expect.poll(() => readFileSync(file, 'utf8')).toContain('# from the window')

  await page.getByRole('button', { name: 'More for the routes file' }).click()
  await page.getByRole('menuitem', { name: 'Restore the backup…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Restore' }).click()
  await expect(editor(page)).toContainText('# once more')
  expect(readFileSync(file, 'utf8')).toBe(`${before}# once more\n`)
})

test('routes are added, renamed, made the default and removed', async ({ launch, provider }) => {
  await provider.clear()
  const { page } = await launch(connected(provider))
  await openRoutes(page)
  await form(page).getByRole('button', { name: 'Add a route' }).click()
  const name = page.getByRole('textbox', { name: 'Name' })
  await name.fill('openrouter')
  await expect(page.getByText('There is a route with this name already.')).toBeVisible()
  await name.fill('work')
  await page.keyboard.press('Enter')
  await expect(editor(page)).toContainText('[routes.work]')
  const more = (route: string) => form(page).getByRole('button', { name: `More for ${route}` })
  await more('work').click()
  await page.getByRole('menuitem', { name: 'Make it the default' }).click()
  await expect(editor(page)).toContainText('default_route = "work"')
  await more('work').click()
  await page.getByRole('menuitem', { name: 'Rename…' }).click()
  await name.fill('office')
  await page.keyboard.press('Enter')
  await expect(editor(page)).toContainText('[routes.office]')
  await expect(editor(page)).toContainText('default_route = "office"')
  await more('office').click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await expect(editor(page)).not.toContainText('office')
  await expect(editor(page)).toContainText('default_route = "openrouter"')
  await expect(page.getByText('No problems')).toBeVisible()
})

test('an answer that is being written is waited for, or stopped with consent', async ({
  launch,
  provider,
}) => {
  await provider.clear()
  const { page } = await launch(connected(provider))
  await provider.script({ text: 'word '.repeat(400), tokens_per_second: 20 })
  await say(page, 'A long one')
  await expect(lastAnswer(page)).toContainText('word')
  await openRoutes(page)
  await append(page, '# changed')
  await page.keyboard.press('Control+s')
  await page.getByRole('button', { name: 'Restart when they are done' }).click()
  await expect(page.getByText('Waiting for one answer')).toBeVisible()
  await page.getByRole('button', { name: 'Don’t wait, stop them' }).click()
  await expect(page.getByText('In force', { exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(lastAnswer(page)).toContainText('word')
})

test('the repair screen mends the file in place', async ({ launch, provider }) => {
  const options = connected(provider)
  const file = options.routesFile ?? ''
  const right = readFileSync(file, 'utf8')
  writeFileSync(file, right.replace('model_support = "any"', 'model_support = "any"\nmodle = "x"'))
  const { page } = await launch(options)
  await expect(page.getByRole('heading', { name: 'The routes file needs a repair' })).toBeVisible()
  const problems = page.getByRole('region', { name: 'Problems' })
  await problems.getByRole('button', { name: /Line 9, column 1/ }).click()
  await expect(editor(page)).toBeFocused()
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Kheish would refuse this file')).toBeVisible()
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+End')
  await page.keyboard.press('Delete')
  await expect(page.getByText('No problems')).toBeVisible()
  await page.getByRole('button', { name: 'Save and go on' }).click()
  await expect(messageBox(page)).toBeVisible()
  expect(readFileSync(file, 'utf8')).not.toContain('modle')
})

test('the demo says why it has no routes', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] })
  await expect(messageBox(page)).toBeVisible()
  await page.keyboard.press('Control+,')
  await page.getByRole('tab', { name: 'Routes' }).click()
  await expect(page.getByText('The demo has no routes file')).toBeVisible()
})
