import { chatList, connected } from '../driver/chat'
import { expect, test } from '../driver/test'

test('the menu of a chat belongs to the chat it was asked for, by mouse and by key', async ({
  launch,
  provider,
}) => {
  await provider.clear()
  const app = await launch(connected(provider))
  const { page } = app
  for (const title of ['Apples', 'Pears', 'Plums']) await app.ask('sessions.create', { title })
  const chat = (title: string) => chatList(page).getByRole('button', { name: title, exact: true })
  const title = page.getByRole('textbox', { name: 'Title of the chat' })

  await chat('Pears').click({ button: 'right' })
  await page.getByRole('menuitem', { name: /^Rename/ }).click()
  await expect(title).toHaveValue('Pears')
  await expect(title).toBeFocused()
  await title.fill('Quinces')
  await title.press('Enter')
  await expect(chat('Quinces')).toBeFocused()

  await chatList(page).getByRole('heading', { name: 'Today' }).click({ button: 'right' })
  await expect(page.getByRole('menu')).toHaveCount(0)

  await chat('Plums').focus()
  await page.keyboard.press('Shift+F10')
  await expect(page.getByRole('menu')).toBeVisible()
  await page.getByRole('menuitem', { name: /^Delete/ }).click()
  await expect(chat('Plums')).toHaveCount(0)
  await expect(chat('Apples')).toBeVisible()
  await expect(chat('Quinces')).toBeVisible()
})
