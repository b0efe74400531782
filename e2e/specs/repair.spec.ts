import { readFileSync, writeFileSync } from 'node:fs'
import { connected, lastAnswer, messageBox, say } from '../driver/chat'
import { expect, test } from '../driver/test'

test('a routes file with a mistake names file, line, column and rule, and works once it is repaired', async ({
  launch,
  provider,
}) => {
  const options = connected(provider)
  const file = options.routesFile ?? ''
  const right = readFileSync(file, 'utf8')
  writeFileSync(file, right.replace('model_support = "any"', 'model_support = "any"\nmodle = "x"'))
  const { page } = await launch(options)
  await expect(page.getByRole('heading', { name: 'The routes file needs a repair' })).toBeVisible()
  const main = page.getByRole('main')
  await expect(main).toContainText(file)
  await expect(main).toContainText('Line 9, column 1')
  await expect(main).toContainText('unknown_field')
  await expect(main).toContainText('openrouter')

  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('Still not right.')).toBeVisible()

  writeFileSync(file, 'version = 1\n[routes.openrouter\n')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(main).toContainText(/Line \d/)
  await expect(main).not.toContainText('unknown_field')

  writeFileSync(file, right)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(messageBox(page)).toBeVisible()
  await provider.clear()
  await provider.script({ text: 'Repaired.' })
  await say(page, 'Does it work?')
  await expect(lastAnswer(page)).toContainText('Repaired.')
})

test('a routes file that is not there is named, and the demo is a way on', async ({ launch }) => {
  const routesFile = test.info().outputPath('none.toml')
  const { page } = await launch({ routesFile })
  await expect(page.getByRole('heading', { name: 'The routes file needs a repair' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText(routesFile)
  await page.getByRole('button', { name: 'Explore the demo' }).click()
  await expect(messageBox(page)).toBeVisible()
  await page.getByRole('button', { name: 'Connect OpenRouter' }).click()
  await expect(page.getByRole('heading', { name: 'The routes file needs a repair' })).toBeVisible()
})

test('a file that was broken while the app runs changes nothing until the app reads it again', async ({
  launch,
  provider,
}) => {
  const options = connected(provider)
  const file = options.routesFile ?? ''
  const right = readFileSync(file, 'utf8')
  const first = await launch(options)
  await expect(messageBox(first.page)).toBeVisible()
  writeFileSync(file, 'not = [a routes file')
  await provider.clear()
  await provider.script({ text: 'Still here.' })
  await say(first.page, 'Hello')
  await expect(lastAnswer(first.page)).toContainText('Still here.')
  await first.quit()

  const { page } = await launch({ ...options, stateRoot: first.stateRoot })
  await expect(page.getByRole('heading', { name: 'The routes file needs a repair' })).toBeVisible()
  writeFileSync(file, right)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(lastAnswer(page)).toContainText('Still here.')
})
