import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './test'

const folder = join(import.meta.dirname, '../screenshots')
/** What axe can find on a screen of which only the colours have changed. */
const rulesOfColour = ['color-contrast', 'link-in-text-block']

/** Folders of the machine that runs the test, and what the picture shows in their place. */
type ShownAs = Readonly<Record<string, string>>

/** A picture for people, and axe for everybody: no serious finding on any screen. */
export async function look(page: Page, name: string, shownAs: ShownAs = {}): Promise<void> {
  await page.waitForTimeout(250)
  await take(page, name, shownAs)
}

/** The same screen as `<name>-light` and `<name>-dark`. Afterwards the page is light. */
export async function lookInBoth(page: Page, name: string, shownAs: ShownAs = {}): Promise<void> {
  await turn(page, 'light')
  await take(page, `${name}-light`, shownAs)
  await turn(page, 'dark')
  await take(page, `${name}-dark`, shownAs, rulesOfColour)
  await turn(page, 'light')
}

async function take(page: Page, name: string, shownAs: ShownAs, rules?: string[]): Promise<void> {
  await page.evaluate(renamePaths, shownAs)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  const axe = new AxeBuilder({ page }).setLegacyMode(true)
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const told = serious.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join('\n  ')}`,
  )
  expect(told, name).toEqual([])
}

async function turn(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.evaluate((wanted) => window.kheish.ask('preferences.set', { theme: wanted }), theme)
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
  await page.evaluate(untilStill)
}

/** In the page: whatever began to move or to load in the last frames has ended, but for what moves for ever. */
async function untilStill(): Promise<void> {
  for (let frame = 0; frame < 3; frame += 1) await new Promise((drawn) => requestAnimationFrame(drawn))
  const moving = document
    .getAnimations()
    .filter(({ effect }) => Number(effect?.getComputedTiming().endTime) < 5_000)
  await Promise.all(moving.map(({ finished }) => finished.catch(() => undefined)))
  const loading = [...document.images].filter((image) => {
    const { top, bottom } = image.getBoundingClientRect()
    return !image.complete && bottom > 0 && top < innerHeight
  })
  await Promise.all(loading.map((image) => image.decode().catch(() => undefined)))
}

/** In the page: the same text nodes with other words, until they are drawn anew. */
function renamePaths(shownAs: ShownAs): void {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const [path, shown] of Object.entries(shownAs))
      if (node.nodeValue?.includes(path)) node.nodeValue = node.nodeValue.replaceAll(path, shown)
  }
}
