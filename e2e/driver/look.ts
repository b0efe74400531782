import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './test'

const folder = join(import.meta.dirname, '../screenshots')

/** A picture for people, and axe for everybody: no serious finding on any screen. */
export async function look(
  page: Page,
  name: string,
  /** Folders of the machine that runs the test, and what the picture shows in their place. */
  shownAs: Readonly<Record<string, string>> = {},
): Promise<void> {
  await page.waitForTimeout(250)
  await page.evaluate(renamePaths, shownAs)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const told = serious.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join('\n  ')}`,
  )
  expect(told, name).toEqual([])
}

/** In the page: the same text nodes with other words, until they are drawn anew. */
function renamePaths(shownAs: Readonly<Record<string, string>>): void {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const [path, shown] of Object.entries(shownAs))
      if (node.nodeValue?.includes(path)) node.nodeValue = node.nodeValue.replaceAll(path, shown)
  }
}
