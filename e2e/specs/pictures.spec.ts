import type { Page } from '@playwright/test'
import { answers, connected, lastAnswer, messageBox, say, untilQuiet } from '../driver/chat'
import { editorOf } from '../driver/image-editor'
import { look } from '../driver/look'
import { expect, test } from '../driver/test'

test.beforeEach(({ provider }) => provider.clear())

const picture = (page: Page) => lastAnswer(page).getByRole('img').last()
/** Bytes that the page's own program holds. */
async function heap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize
}

/** A call as the provider would stream it, whole. */
const calls = (...made: readonly (readonly [name: string, input: object])[]) => [
  made.map(([name, input], index) => ({
    index,
    id: `call_${index}_${name}`,
    type: 'function',
    function: { name, arguments: JSON.stringify(input) },
  })),
]

test('a model draws, and only what it shows is seen; the rest is in the library', async ({
  launch,
  provider,
}) => {
  const { page } = await launch(connected(provider))

  await provider.script(
    { tool_calls: calls(['generate_image', { prompt: 'a red fox' }]), finish_reason: 'tool_calls' },
    { text: 'I made one and kept it to myself.' },
  )
  await say(page, 'Draw a fox, but do not show it')
  await expect(lastAnswer(page)).toContainText('kept it to myself')
  await untilQuiet(page)
  await expect(lastAnswer(page).getByRole('button', { name: /^Edit image/ })).toHaveCount(0)

  // The demo's model makes it and shows it.
  await say(page, 'Please draw a picture of a blue boat')
  await expect(lastAnswer(page).getByRole('button', { name: /^Edit image/ })).toBeVisible({ timeout: 30_000 })
  await untilQuiet(page)
  await expect
    .poll(() => picture(page).evaluate((img) => (img as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(100)
  await look(page, 'pictures-in-answer')

  // It is edited where it stands; orders go to its chat, and closing leads back.
  await lastAnswer(page)
    .getByRole('button', { name: /^Edit image/ })
    .click()
  const editor = editorOf(page)
  await expect(editor.stage).toBeVisible()
  await expect(editor.versions).toHaveCount(1)
  await expect(editor.region.getByRole('combobox', { name: 'Goes to' })).toContainText('Draw a fox')
  await editor.button('Close editor').click()
  await expect(editor.region).toHaveCount(0)
  await expect(picture(page)).toBeVisible()

  // What an answer shows can be shown to the model again.
  await page.getByRole('button', { name: 'No earlier picture travels along' }).click()
  const chips = page.getByRole('group', { name: 'Pictures that travel along' }).getByRole('button')
  await expect(chips).toHaveCount(1)
  await chips.click()
  await say(page, 'What is there?')
  await expect(lastAnswer(page)).toContainText('I got 1 picture')
  await untilQuiet(page)

  await page.getByRole('button', { name: 'Library' }).click()
  await expect(page.getByRole('list', { name: 'Assets' }).getByRole('listitem')).toHaveCount(2)
})

test('words become a picture beside a running answer, can be stopped, and cost what was said', async ({
  launch,
  provider,
}) => {
  const app = await launch(connected(provider))
  const { page } = app
  await say(page, 'Hello')
  await untilQuiet(page)
  const make = page.getByRole('button', { name: 'Make an image' })
  await messageBox(page).press('ControlOrMeta+Shift+P')
  await expect(make).toHaveAttribute('aria-pressed', 'true')
  await messageBox(page).press('Escape')
  await expect(make).toHaveAttribute('aria-pressed', 'false')
  await make.click()
  await expect(make).toHaveAttribute('aria-pressed', 'true')
  const bar = page.getByRole('group', { name: 'Image', exact: true })
  await expect(bar.getByRole('combobox', { name: 'Image model' })).toBeVisible()
  await expect(bar.getByRole('status')).toHaveText('Billed by tokens')
  await bar.getByRole('combobox', { name: 'Image model' }).click()
  await page
    .getByRole('option', { name: /Gemini 2\.5 Flash Image.*\$/ })
    .first()
    .click()
  await bar.getByRole('combobox', { name: 'How many' }).click()
  await page.getByRole('option', { name: '2 images' }).click()
  await expect(bar.getByRole('status')).toContainText('About $')
  await bar.getByRole('combobox', { name: 'How many' }).click()
  await page.getByRole('option', { name: '1 image' }).click()
  await messageBox(page).fill('A lighthouse at dusk')
  await look(page, 'pictures-composer')
  await messageBox(page).press('Enter')
  await expect(lastAnswer(page).getByRole('button', { name: /^Edit image/ })).toBeVisible({ timeout: 30_000 })
  await expect(lastAnswer(page)).not.toContainText('failed')

  // Two at the same time: one is stopped, the other comes.
  await provider.script({ on: 'images', instead: 'hang' })
  await messageBox(page).fill('A slow one')
  await messageBox(page).press('Enter')
  await expect(page.getByRole('button', { name: 'Stop' }).first()).toBeVisible()
  await messageBox(page).fill('A quick one')
  await messageBox(page).press('Enter')
  await expect(lastAnswer(page).getByRole('button', { name: /^Edit image/ })).toBeVisible({ timeout: 30_000 })
  const slow = answers(page).nth(-2)
  await slow.getByRole('button', { name: 'Stop' }).click()
  await expect(slow).toContainText('Stopped')
  await expect(slow).not.toContainText(/Failed|is kept/)
  await look(page, 'pictures-two-jobs')
})

test('a picture of 12 MB goes to the disk and never into the page’s heap', async ({ launch, provider }) => {
  const { page } = await launch(connected(provider))
  await say(page, 'Hello')
  await untilQuiet(page)
  await page.getByRole('button', { name: 'Make an image' }).click()
  const before = await heap(page)
  await provider.script({ on: 'images', huge_event_bytes: 12_000_000 })
  await messageBox(page).fill('A very large one')
  await messageBox(page).press('Enter')
  await expect(lastAnswer(page).getByRole('button', { name: /^Edit image/ })).toBeVisible({ timeout: 45_000 })
  const grown = (await heap(page)) - before
  expect(grown).toBeLessThan(4_000_000)
})
