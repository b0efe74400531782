import { test as plain } from '@playwright/test'
import { startProvider, type Provider } from './demo-provider'
import { startKeyring, type Keyring } from './keyring'
import { launchApp, removeStateRoot, type LaunchOptions, type RunningApp } from './launch-app'
import { killTree } from './processes'

interface Fixtures {
  /** Starts the app; whatever is left of it goes away with the test. */
  readonly launch: (options?: LaunchOptions) => Promise<RunningApp>
}
interface WorkerFixtures {
  readonly provider: Provider
  /** A Secret Service of the worker's own, unlocked. Lay `keyring.env` over the app's. */
  readonly keyring: Keyring
}

export { expect } from '@playwright/test'

export const test = plain.extend<Fixtures, WorkerFixtures>({
  launch: async ({}, use, info) => {
    const launched: RunningApp[] = []
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
