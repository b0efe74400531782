import { test as plain } from '@playwright/test'
import { startProvider, type Provider } from './demo-provider'
import { startKeyring, type Keyring } from './keyring'
import { launchApp, removeStateRoot, type LaunchOptions, type RunningApp } from './launch-app'
import { killTree } from './processes'
import { sharedApp, type SharedApp } from './shared-app'

interface Fixtures {
  /** Starts the app; whatever is left of it goes away with the test. */
  readonly launch: (options?: LaunchOptions) => Promise<RunningApp>
  /**
   * A connected app at the beginning of a new chat, shared by the tests of the file that ask for it; it ends where one
   * of them fails or launches another. What a test leaves behind (chats, a model that was chosen) is there for the next.
   */
  readonly app: RunningApp
}
interface WorkerFixtures {
  readonly provider: Provider
  /** A Secret Service of the worker's own, unlocked. Lay `keyring.env` over the app's. */
  readonly keyring: Keyring
  readonly shared: SharedApp
}

export { expect } from '@playwright/test'

export const test = plain.extend<Fixtures, WorkerFixtures>({
  app: async ({ provider, shared }, use, info) => {
    await provider.clear()
    const app = await shared.of(info.file, provider)
    await app.page.getByRole('button', { name: 'New chat' }).click()
    await use(app)
    if (info.status !== info.expectedStatus) await info.attach('main process', { body: app.logs() })
  },
  launch: async ({ shared }, use, info) => {
    const launched: RunningApp[] = []
    // The focus and the clipboard are one window's.
    shared.end()
    await use(async (options) => {
      const app = await launchApp(options)
      launched.push(app)
      return app
    })
    for (const app of launched) {
      if (info.status !== info.expectedStatus) await info.attach('main process', { body: app.logs() })
      killTree(app.pid)
    }
    for (const root of new Set(launched.map(({ stateRoot }) => stateRoot))) removeStateRoot(root)
  },
  shared: [
    async ({}, use) => {
      const shared = sharedApp()
      await use(shared)
      shared.end()
    },
    { scope: 'worker' },
  ],
  provider: [
    async ({}, use) => {
      const provider = await startProvider()
      await use(provider)
      await provider.stop()
    },
    { scope: 'worker' },
  ],
  keyring: [
    async ({}, use) => {
      const keyring = await startKeyring()
      await use(keyring)
      await keyring.stop()
    },
    { scope: 'worker' },
  ],
})
