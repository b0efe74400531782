import { connected } from '../driver/chat'
import { expect, test } from '../driver/test'

test('a button of a picture says its name and keys when it is pointed at or holds the focus', async ({
  launch,
  provider,
}) => {
  await provider.clear()
  const { page } = await launch(connected(provider))
  const told = page.locator('[data-base-ui-portal] .popup')
  const button = (name: string) => page.getByRole('button', { name, exact: true })

  await button('Attach files').hover()
  await expect(told).toHaveText(/^Attach files.+/)
  const [over, box] = await Promise.all([told.boundingBox(), button('Attach files').boundingBox()])
  expect(over!.y + over!.height).toBeLessThanOrEqual(box!.y)
  expect(Math.abs(over!.x + over!.width / 2 - (box!.x + box!.width / 2))).toBeLessThan(2)

  // Its neighbour says its own at once, below or above as it is placed; there is one at a time.
  await button('Make an image').hover()
  await expect(told).toHaveText(/^Make an image/, { timeout: 300 })
  await expect(told).toHaveCount(1)
  const moved = await told.boundingBox()
  expect(moved!.x).toBeGreaterThan(over!.x)

  // A press is an answer; nothing is told of what was just pressed, and Escape takes it away as well.
  await button('Make an image').click()
  await expect(told).toHaveCount(0)
  await page.mouse.move(5, 5)
  await page.keyboard.press('Escape')
  await button('Attach files').hover()
  await expect(told).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(told).toHaveCount(0)

  // By keyboard.
  await page.mouse.move(5, 5)
  await page.getByRole('textbox', { name: 'Message' }).focus()
  await page.keyboard.press('Tab')
  await expect(told).toHaveText(/^Attach files/)
  await page.keyboard.press('Tab')
  await expect(told).toHaveText(/^Make an image/)
})
