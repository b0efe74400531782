import type { Preferences } from '@contract/preferences'
import { setLanguage } from '../lib/words'

/** Lets the page follow the preferences: the style sheet reads these attributes. */
export function showPreferences(
  preferences: Preferences,
  root: HTMLElement = document.documentElement,
): void {
  const { theme, contrast, reduce_motion: motion } = preferences
  set(root, 'theme', theme === 'system' ? null : theme)
  set(root, 'contrast', contrast === 'system' ? null : contrast)
  set(root, 'motion', motion === 'system' ? null : motion === 'on' ? 'reduced' : 'full')
  void setLanguage(preferences.language, navigator.languages).then(() => {
    root.lang = preferences.language === 'system' ? navigator.language : preferences.language
  })
}

function set(root: HTMLElement, name: string, value: string | null): void {
  if (value === null) delete root.dataset[name]
  else root.dataset[name] = value
}
