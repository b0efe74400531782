import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { electronBinary } from './launch-app'

/** A page of some web site, in a browser that is not ours. */
export interface WebPage {
  readonly browser: ElectronApplication
  readonly page: Page
  /** The page's own origin. */
  readonly origin: string
  close(): Promise<void>
}

const isRoot = process.getuid?.() === 0

/** Opens a page from a server on loopback in a plain window: Chromium as any browser has it, with its own rules in force. */
export async function openWebPage(): Promise<WebPage> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>A web site</title>')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const browser = await _electron.launch({
    args: [join(import.meta.dirname, 'plain-window'), origin],
    chromiumSandbox: !isRoot,
    ...(electronBinary ? { executablePath: electronBinary } : {}),
  })
  const page = await browser.firstWindow()
  await page.waitForLoadState('load')
  return {
    browser,
    page,
    origin,
    async close() {
      await browser.close()
      server.close()
    },
  }
}
