import { Menu, type MenuItemConstructorOptions } from 'electron'
import { acceleratorOf } from './accelerator'
import type { Words } from './words'

type Item = MenuItemConstructorOptions

/** Keys of the window's commands as they come, in the window's spelling. */
export const menuKeys = {
  'chat.new': '$mod+N',
  'chats.search': '$mod+Shift+F',
  'models.choose': '$mod+Shift+M',
  'palette.open': '$mod+K',
  'library.open': '$mod+Shift+L',
  'settings.open': '$mod+Comma',
} as const

/**
 * Builds the native menu. Items of the product only name a command; the window's registry carries it out. `chosen` are
 * the keys of the preferences, which replace those that a command came with.
 */
export function showMenu(
  words: Words,
  invoke: (command: string) => void,
  chosen: Readonly<Record<string, string>> = {},
): void {
  const isMac = process.platform === 'darwin'
  const item = (label: string, command: keyof typeof menuKeys): Item => ({
    label,
    ...acceleratorIn(command, chosen),
    // The window hears the keys itself; here they are only shown.
    registerAccelerator: false,
    click: () => invoke(command),
  })
  const role = (name: NonNullable<Item['role']>, label: string): Item => ({ role: name, label })
  const line: Item = { type: 'separator' }
  const settings = item(words.settings, 'settings.open')

  const template: Item[] = [
    ...(isMac ? [{ role: 'appMenu' } satisfies Item] : []),
    {
      label: words.file,
      submenu: [
        item(words.newChat, 'chat.new'),
        item(words.searchChats, 'chats.search'),
        item(words.chooseModel, 'models.choose'),
        item(words.commands, 'palette.open'),
        item(words.library, 'library.open'),
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

/** None where the person took the keys away, or gave them to another command. */
function acceleratorIn(
  command: keyof typeof menuKeys,
  chosen: Readonly<Record<string, string>>,
): { readonly accelerator?: string } {
  const own = Object.hasOwn(chosen, command) ? chosen[command] : undefined
  const isTaken = own === undefined && Object.values(chosen).includes(menuKeys[command])
  const accelerator = isTaken ? undefined : acceleratorOf(own ?? menuKeys[command])
  return accelerator === undefined ? {} : { accelerator }
}
