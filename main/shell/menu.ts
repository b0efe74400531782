import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { Words } from './words'

type Item = MenuItemConstructorOptions

/** Builds the native menu. Items of the product only name a command; the window's registry carries it out. */
export function showMenu(words: Words, invoke: (command: string) => void): void {
  const isMac = process.platform === 'darwin'
  const item = (label: string, command: string, accelerator: string): Item => ({
    label,
    accelerator,
    // The window hears the keys itself; here they are only shown.
    registerAccelerator: false,
    click: () => invoke(command),
  })
  const role = (name: NonNullable<Item['role']>, label: string): Item => ({ role: name, label })
  const line: Item = { type: 'separator' }
  const settings = item(words.settings, 'settings.open', 'CmdOrCtrl+,')

  const template: Item[] = [
    ...(isMac ? [{ role: 'appMenu' } satisfies Item] : []),
    {
      label: words.file,
      submenu: [
        item(words.newChat, 'chat.new', 'CmdOrCtrl+N'),
        item(words.searchChats, 'chats.search', 'CmdOrCtrl+Shift+F'),
        item(words.chooseModel, 'models.choose', 'CmdOrCtrl+Shift+M'),
        item(words.commands, 'palette.open', 'CmdOrCtrl+K'),
        line,
        settings,
        line,
        isMac ? role('close', words.close) : role('quit', words.quit),
      ],
    },
    {
      label: words.edit,
      submenu: [
        role('undo', words.undo),
        role('redo', words.redo),
        line,
        role('cut', words.cut),
        role('copy', words.copy),
        role('paste', words.paste),
        role('pasteAndMatchStyle', words.pasteAsText),
        role('selectAll', words.selectAll),
      ],
    },
    {
      label: words.view,
      submenu: [
        role('resetZoom', words.actualSize),
        role('zoomIn', words.zoomIn),
        role('zoomOut', words.zoomOut),
        line,
        role('togglefullscreen', words.fullScreen),
        line,
        role('reload', words.reload),
        role('toggleDevTools', words.developerTools),
      ],
    },
    { label: words.window, submenu: [role('minimize', words.minimize), role('close', words.close)] },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
