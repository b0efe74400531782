import { nativeTheme } from 'electron'
import type { Theme } from './window-memory'

/** The page's own background in both themes, so that opening and resizing never flash. */
const background = { light: '#ffffff', dark: '#17181c' } as const

export const backgroundColour = (): string => background[nativeTheme.shouldUseDarkColors ? 'dark' : 'light']

/** Native menus, frames, scroll bars and `prefers-color-scheme` follow. */
export function applyTheme(theme: Theme): void {
  nativeTheme.themeSource = theme
}
