import type { Page } from '@playwright/test'
import { connected, messageBox } from '../driver/chat'
import type { RunningApp } from '../driver/launch-app'
import { expect, test } from '../driver/test'

const settings = (page: Page) => page.getByRole('dialog', { name: 'Settings' })
const openShortcuts = async (page: Page) => {
  await page.keyboard.press('Control+,')
  await page.getByRole('tab', { name: 'Shortcuts' }).click()
}
/** What the native menu shows beside an item. */
const accelerator = (app: RunningApp, label: string) =>
  app.electron.evaluate(({ Menu }, wanted) => {
    const all = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []) ?? []
    return all.find((item) => item.label === wanted)?.accelerator ?? null
  }, label)

test('a shortcut is changed by pressing keys, holds at once everywhere, and after a restart', async ({
  launch,
  provider,
}) => {
  await provider.clear()
  const options = connected(provider)
  const app = await launch(options)
  const { page } = app
  await expect(messageBox(page)).toBeVisible()
  await openShortcuts(page)
  const chosen = page.getByRole('button', { name: /shortcut of Show all commands/ })
  await chosen.click()
  await expect(page.getByRole('button', { name: 'New keys for Show all commands' })).toBeFocused()

  // What something else needs is refused, with a reason, and does nothing meanwhile.
  await page.keyboard.press('k')
  await expect(settings(page)).toContainText('K is for writing and moving')
  await page.keyboard.press('Control+c')
  await expect(settings(page)).toContainText('Ctrl+C is for editing text')
  await page.keyboard.press('Control+Shift+e')
  await expect(chosen).toHaveAccessibleName(/Ctrl\+Shift\+E/)
  await expect(chosen).toBeFocused()
  await expect.poll(() => accelerator(app, 'Commands')).toBe('CmdOrCtrl+Shift+E')

  await page.keyboard.press('Escape')
  await expect(settings(page)).toBeHidden()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeHidden()
  await page.keyboard.press('Control+Shift+e')
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible()
  await page.getByRole('combobox').fill('show or hide the side')
  await expect(page.getByRole('option').first()).toContainText('Ctrl')
  await page.keyboard.press('Escape')
  await app.quit()

  const again = await launch({ ...options, stateRoot: app.stateRoot })
  await expect(messageBox(again.page)).toBeVisible()
  await again.page.keyboard.press('Control+Shift+e')
  await expect(again.page.getByRole('dialog', { name: 'Commands' })).toBeVisible()
  await expect.poll(() => accelerator(again, 'Commands')).toBe('CmdOrCtrl+Shift+E')
})

test('keys of another command are told by name and can be taken; a reset gives them back', async ({
  launch,
  provider,
}) => {
  await provider.clear()
  const app = await launch(connected(provider))
  const { page } = app
  await expect(messageBox(page)).toBeVisible()
  await openShortcuts(page)
  await page.getByRole('searchbox', { name: 'Search shortcuts' }).fill('chat')
  const find = page.getByRole('button', { name: /shortcut of Find in this chat/ })
  const newChat = page.getByRole('button', { name: /shortcut (of|to) New chat/ })

  await find.click()
  await page.keyboard.press('Control+n')
  await expect(settings(page)).toContainText('Ctrl+N belongs to “New chat”.')
  await page.keyboard.press('Escape')
  await expect(find).toHaveAccessibleName(/Ctrl\+F/)

  await find.click()
  await page.keyboard.press('Control+n')
  await page.getByRole('button', { name: 'Use it here instead' }).click()
  await expect(find).toHaveAccessibleName(/Ctrl\+N/)
  await expect(newChat).toContainText('None')
  expect(await app.ask('preferences.get')).toMatchObject({
    value: { shortcuts: { 'chat.find': '$mod+N', 'chat.new': '' } },
  })
  await expect.poll(() => accelerator(app, 'New chat')).toBe(null)

  await page.getByRole('button', { name: 'Reset New chat to Ctrl+N' }).click()
  await expect(newChat).toHaveAccessibleName(/Ctrl\+N/)
  await page.getByRole('button', { name: 'Reset all' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Reset all' }).click()
  await expect(find).toHaveAccessibleName(/Ctrl\+F/)
  expect(await app.ask('preferences.get')).toMatchObject({ value: { shortcuts: {} } })

  // Backspace takes the keys away, Escape leaves the recorder and not the settings.
  await find.click()
  await page.keyboard.press('Backspace')
  const bare = page.getByRole('button', { name: /shortcut to Find in this chat/ })
  await expect(bare).toContainText('None')
  await expect(bare).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(settings(page)).toBeVisible()
  await expect(bare).toBeFocused()
})
