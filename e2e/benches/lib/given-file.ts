import type { Page } from 'playwright'

/** A file of the disk in the hands of the page. */
export async function givenFile(page: Page, path: string) {
  const file = await page.evaluateHandle(() => document.body.appendChild(document.createElement('input')))
  await file.evaluate((input) => Object.assign(input, { type: 'file', id: 'given', hidden: true }))
  // As a person picks it: what is sent over the port as bytes would have no place on the disk.
  const session = await page.context().newCDPSession(page)
  const { root } = await session.send('DOM.getDocument')
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: '#given' })
  await session.send('DOM.setFileInputFiles', { nodeId, files: [path] })
  await session.detach()
  await file.evaluate((input) => input.remove())
  return file
}
