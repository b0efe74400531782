import { connected, lastAnswer, messageBox, say, untilQuiet } from '../driver/chat'
import { dropFiles, solidPng, writeTestFile } from '../driver/files'
import { lookInBoth } from '../driver/look'
import { linePdf, toneWav } from '../driver/sample-assets'
import { expect, test } from '../driver/test'

const longName = 'Quarterly figures of all branches, northern region, revised.csv'
const colours = [
  [214, 122, 86],
  [86, 132, 190],
  [112, 160, 98],
  [196, 160, 80],
  [140, 100, 170],
] as const

test('what is attached stands up in light and dark, before and after sending', async ({
  launch,
  provider,
}) => {
  await provider.clear()
  // What is heard is not looked at here.
  await provider.script({ on: 'transcription', times: 9, text: 'We met at the harbour at nine.' })
  const app = await launch(connected(provider))
  const { page } = app
  const remove = (name: string) => page.getByRole('button', { name: `Remove ${name}` })
  await messageBox(page).click()
  await dropFiles(page, [
    ...colours.map((colour, at) =>
      writeTestFile(`colour ${at + 1}.png`, solidPng(600 + 100 * at, 900 - 100 * at, colour)),
    ),
    writeTestFile('report.pdf', linePdf('The harvest was plentiful')),
    writeTestFile(longName, 'city;people\nLisbon;545,796\n'),
    writeTestFile('interview.wav', toneWav(3)),
    writeTestFile('cut.png', solidPng(8, 8, [0, 0, 0]).subarray(0, 40)),
  ])
  await expect(page.getByText('1 file could not be added')).toBeVisible()
  await messageBox(page).fill('What do these have in common?')
  await lookInBoth(page, 'attachments-tray')

  await remove('cut.png').click()
  await messageBox(page).press('Enter')
  await expect(lastAnswer(page)).toContainText('5 pictures')
  await untilQuiet(page)
  await page.getByRole('log', { name: 'Conversation' }).hover()
  await page.mouse.wheel(0, -10_000)
  await lookInBoth(page, 'attachments-message')

  await page.getByRole('article', { name: 'You' }).getByRole('button', { name: 'Edit', exact: true }).click()
  await expect(remove('colour 1.png')).toBeVisible()
  await lookInBoth(page, 'attachments-edit')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Model', exact: true }).click()
  await page.getByLabel('Search models').fill('llama-3.1-8b-instruct')
  await page.keyboard.press('Enter')
  await dropFiles(page, [writeTestFile('harbour.png', solidPng(1_600, 1_000, [90, 130, 170]))])
  await messageBox(page).fill('Compare it with colour 2 and colour 4')
  await expect(page.getByText('can’t see pictures')).toBeVisible()
  await expect(remove('harbour.png')).toBeVisible()
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(480, 760))
  await lookInBoth(page, 'attachments-earlier')

  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1180, 780))
  await page.getByRole('button', { name: 'Use meta-llama/llama-4-maverick' }).click()
  await say(page, 'And this one?')
  await expect(lastAnswer(page)).toContainText('1600 × 1000')
  await untilQuiet(page)
  await lookInBoth(page, 'attachments-picture')
})
