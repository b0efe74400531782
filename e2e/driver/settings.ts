import type { Page } from '@playwright/test'
import { expect } from './test'

/** Opens the settings by keyboard and shows one of their pages. */
export async function openSettings(
  page: Page,
  tab: 'Routes' | 'Keys' | 'Shortcuts' | 'Appearance' | 'Audio' | 'Costs' | 'Privacy' | 'Diagnostics',
): Promise<void> {
  await page.keyboard.press('ControlOrMeta+Comma')
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await expect(settings).toBeVisible()
  await settings.getByRole('tab', { name: tab }).click()
  await expect(settings.getByRole('tab', { name: tab })).toHaveAttribute('aria-selected', 'true')
}
