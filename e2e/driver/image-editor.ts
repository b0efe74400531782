import type { Locator, Page } from '@playwright/test'
import type { ImageVersion } from '@contract/images'
import { messageBox } from './chat'
import type { RunningApp } from './launch-app'

/** The editor and what is in it. */
export interface Editor {
  readonly region: Locator
  readonly stage: Locator
  readonly instruction: Locator
  readonly versions: Locator
  readonly jobs: Locator
  button(name: string): Locator
}

export function editorOf(page: Page): Editor {
  const region = page.getByRole('region', { name: 'Image editor' })
  return {
    region,
    stage: region.locator('[data-stage]'),
    instruction: region.getByRole('textbox', { name: 'Edit instruction' }),
    versions: region.getByRole('list', { name: 'Versions' }).getByRole('listitem'),
    jobs: region.getByRole('list', { name: 'Edits in progress' }).getByRole('listitem'),
    button: (name) => region.getByRole('button', { name, exact: true }),
  }
}

/** From the library, by its name. */
export async function editFromLibrary(page: Page, name: string): Promise<Editor> {
  await messageBox(page).click()
  await page.keyboard.press('ControlOrMeta+Shift+L')
  const library = page.getByRole('region', { name: 'Library' })
  await library.locator('[data-asset]').filter({ hasText: name }).click()
  await library.getByRole('button', { name: 'Edit image' }).click()
  const editor = editorOf(page)
  await editor.stage.waitFor()
  return editor
}

/** A stroke from left to right over the upper part of the stage. */
export async function brushOver(page: Page, { stage }: Editor): Promise<void> {
  const box = await stage.boundingBox()
  if (!box) throw new Error('there is no stage')
  const at = (share: number) =>
    [box.x + box.width * share, box.y + box.height * (0.42 + 0.04 * Math.sin(share * 20))] as const
  await page.mouse.move(...at(0.3))
  await page.mouse.down()
  for (let step = 1; step <= 20; step += 1) await page.mouse.move(...at(0.3 + step / 50))
  await page.mouse.up()
}

/** The tree that a picture belongs to, as the daemon has it. */
export async function versionsOf(app: RunningApp, asset_id: string): Promise<readonly ImageVersion[]> {
  const answer = await app.ask('images.versions', { asset_id })
  if (!answer.ok) throw new Error(answer.fault.code)
  return (answer.value as { readonly versions: readonly ImageVersion[] }).versions
}

/** The picture in the library that has this name. */
export async function assetNamed(app: RunningApp, query: string): Promise<string> {
  const answer = await app.ask('assets.list', { query, limit: 1 })
  if (!answer.ok) throw new Error(answer.fault.code)
  const [row] = (answer.value as { readonly assets: readonly { readonly asset_id: string }[] }).assets
  if (!row) throw new Error(`${query} is not in the library`)
  return row.asset_id
}
