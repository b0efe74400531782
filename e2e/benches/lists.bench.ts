import { join } from 'node:path'
import { watchBusy } from './lib/busy.ts'
import { projectRoot, startElectron, usableAfter } from './lib/electron.ts'
import type { Provider } from './lib/provider.ts'
import { makeStateRoot } from './lib/state-root.ts'
import { quantile, rounded, type Row } from './lib/stats.ts'

const frame = 1000 / 60

/** Work of the window's main thread per keystroke in the model filter and per page of the chat list. */
export async function benchLists(provider: Provider): Promise<readonly Row[]> {
  const blank = await startElectron(join(import.meta.dirname, 'blank'))
  await usableAfter(blank)
  const bareBusy = await watchBusy(blank.page)
  await blank.page.getByRole('textbox', { name: 'Message' }).focus()
  const bare: number[] = []
  for (const key of 'claudesonnet') bare.push(await bareBusy.during(() => blank.page.keyboard.press(key)))
  await blank.close()

  const root = await makeStateRoot(provider.prefix, { chats: 5_000, messages: 2 })
  const running = await startElectron(projectRoot, { KHEISH_STATE_ROOT: root })
  await usableAfter(running)
  const { page } = running
  const busy = await watchBusy(page)
  await page.waitForTimeout(3_000)

  await page.getByRole('button', { name: 'Model', exact: true }).click()
  await page
    .getByRole('searchbox', { name: 'Search models' })
    .or(page.getByRole('combobox', { name: 'Search models' }))
    .first()
    .focus()
  await page.waitForTimeout(500)
  const filter: number[] = []
  for (const key of [
    'c',
    'l',
    'a',
    'u',
    'd',
    'e',
    'Backspace',
    'Backspace',
    'Backspace',
    'Backspace',
    'Backspace',
    'Backspace',
    'g',
    'p',
    't',
  ])
    filter.push(await busy.during(() => page.keyboard.press(key)))
  await page.keyboard.press('Escape')
  await page.waitForTimeout(300)

  const list: number[] = []
  const box = await page.getByRole('navigation', { name: 'Chats' }).boundingBox()
  if (!box) throw new Error('no chat list')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  for (let turn = 0; turn < 15; turn++) list.push(await busy.during(() => page.mouse.wheel(0, 600)))
  await running.close()

  const row = (figure: string, values: readonly number[]): Row => ({
    bench: 'lists',
    figure,
    measured: rounded(quantile(values, 0.5), 1),
    reference: rounded(quantile(bare, 0.5), 1),
    unit: 'ms',
    goal: '≤ 16.7 (one frame)',
    reached: quantile(values, 0.5) <= frame,
    note: `p95 ${rounded(quantile(values, 0.95), 1)} ms; a key in the blank window: ${rounded(quantile(bare, 0.5), 1)} ms`,
  })
  return [
    row('work per keystroke in the model filter, 420 models', filter),
    row('work per turn of the wheel in the chat list, 5,000 chats', list),
  ]
}
