import type { Provider } from './demo-provider'
import type { LaunchOptions } from './launch-app'
import { writeRoutes } from './routes'

/** Launch options of a person who has connected: a route to the provider, the key in the environment. */
export function connected(provider: Provider, options: LaunchOptions = {}): LaunchOptions {
  const routesFile = writeRoutes({ prefix: provider.prefix, key: { env: 'KHEISH_E2E_KEY' } })
  return { routesFile, ...options, env: { KHEISH_E2E_KEY: 'sk-or-v1-e2e', ...options.env } }
}
