import { readFile } from 'node:fs/promises'
import { connected, lastAnswer, say, textOf, transcript, untilQuiet } from '../driver/chat'
import { kheish } from '../driver/command-line'
import { openSettings } from '../driver/settings'
import { expect, test } from '../driver/test'

test.beforeEach(({ provider }) => provider.clear())

test('what was recorded of an answer is saved from its menu, holds no key, and replays offline to the same words', async ({
  launch,
  provider,
}, info) => {
  const options = connected(provider)
  const app = await launch(options)
  const { page } = app
  await openSettings(page, 'Diagnostics')
  await page.getByRole('combobox', { name: 'Record' }).click()
  await page.getByRole('option', { name: 'Everything but keys' }).click()
  await expect(page.getByText('Evidence holds whole conversations')).toBeVisible()
  await page.keyboard.press('Escape')

  await provider.script({ text: 'Zwölf Boxkämpfer jagen Viktor quer über den Deich. 🥊' })
  await say(page, 'A pangram, please')
  await untilQuiet(page)
  const file = info.outputPath('evidence.json')
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, file)
  await lastAnswer(page).hover()
  await lastAnswer(page).getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Export evidence…' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()

  const saved = await readFile(file, 'utf8')
  expect(saved).toContain('kheish.evidence/1')
  expect(saved).not.toContain('sk-or-v1-e2e')
  await app.quit()
  await provider.clear()
  const replayed = await kheish(['runs', 'replay', file], { ...options, stateRoot: app.stateRoot })
  expect(replayed.out).toContain('Zwölf Boxkämpfer jagen Viktor quer über den Deich. 🥊')
  expect(replayed.code).toBe(0)
  expect(await provider.requests()).toHaveLength(0)
})

test('without a record the menu says so, and where to switch it on', async ({ launch, provider }) => {
  const app = await launch(connected(provider))
  await say(app.page, 'Hello')
  await untilQuiet(app.page)
  expect(textOf((await transcript(app)).messages.at(-1))).not.toBe('')
  await lastAnswer(app.page).hover()
  await lastAnswer(app.page).getByRole('button', { name: 'More' }).click()
  await app.page.getByRole('menuitem', { name: 'Export evidence…' }).click()
  await expect(app.page.getByText('Nothing was recorded of this run')).toBeVisible()
})
