import { lastAnswer, say, untilQuiet } from '../driver/chat'
import { openSettings } from '../driver/settings'
import { expect, test } from '../driver/test'

test('what was spent is counted by day, chat and model, and stays counted when the chat is deleted', async ({
  app,
}) => {
  const { page, ask } = app
  await say(page, 'A question that costs')
  await expect(lastAnswer(page)).toContainText('$')
  await untilQuiet(page)
  await openSettings(page, 'Costs')
  const table = page.getByRole('dialog', { name: 'Settings' }).getByRole('table')
  await expect(table.getByRole('row').last()).toContainText('$0.00')
  await expect(page.getByRole('img', { name: /Costs by day/ })).toBeVisible()
  await page.getByRole('radio', { name: 'Chat' }).click()
  await expect(table).toContainText('A question that costs')
  await page.getByRole('radio', { name: 'Model' }).click()
  await expect(table).toContainText('openai/gpt-5.4-mini')

  const report = (await ask('costs.report', {})) as { value: { total: { reported_usd: number } } }
  expect(report.value.total.reported_usd).toBeGreaterThan(0)
  const listed = (await ask('sessions.list', {})) as { value: { sessions: { session_id: string }[] } }
  await ask('sessions.delete', { session_id: listed.value.sessions[0]!.session_id })
  await page.getByRole('radio', { name: 'Chat' }).click()
  await expect(table).toContainText('A question that costs')
  const after = (await ask('costs.report', {})) as typeof report
  expect(after.value.total.reported_usd).toBe(report.value.total.reported_usd)
  await page.keyboard.press('Escape')
})

test('a spending limit refuses new answers, says why, and gives way when it is raised', async ({
  app,
  provider,
}) => {
  const { page } = app
  await say(page, 'A question that costs')
  await expect(lastAnswer(page)).toContainText('$')
  await untilQuiet(page)

  await openSettings(page, 'Costs')
  await page.getByRole('button', { name: 'Set limit' }).click()
  await page.getByRole('textbox', { name: 'Amount in US dollars' }).fill('nothing')
  await page.keyboard.press('Enter')
  await expect(page.getByText('An amount above zero')).toBeVisible()
  await page.getByRole('textbox', { name: 'Amount in US dollars' }).fill('0.000001')
  await page.keyboard.press('Enter')
  await expect(page.getByText('The limit is reached')).toBeVisible()
  await page.keyboard.press('Escape')

  await provider.clear()
  await say(page, 'One more')
  await expect(page.getByText('The spending limit is reached')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('One more')
  expect((await provider.requests()).filter(({ path }) => path.endsWith('/chat/completions'))).toHaveLength(0)

  // It would lie over the button for some seconds.
  const notices = page.getByRole('region', { name: 'Messages from Kheish' })
  await notices.getByRole('button', { name: 'Close' }).click()
  await openSettings(page, 'Costs')
  await page.getByRole('button', { name: 'Change' }).click()
  await page.getByRole('button', { name: 'Remove limit' }).click()
  await expect(page.getByText('No limit')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('textbox', { name: 'Message' }).press('Enter')
  await expect(page.getByRole('article', { name: 'Assistant' })).toHaveCount(2)
  await untilQuiet(page)
})
