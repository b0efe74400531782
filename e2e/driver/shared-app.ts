import { connected } from './connected'
import type { Provider } from './demo-provider'
import { launchApp, removeStateRoot, type RunningApp } from './launch-app'
import { killTree } from './processes'

/** The connected app that the tests of one file share. */
export interface SharedApp {
  /** The one of this file; that of another ends first. */
  of(file: string, provider: Provider): Promise<RunningApp>
  end(): void
}

export function sharedApp(): SharedApp {
  let current: { readonly file: string; readonly app: RunningApp } | undefined
  const end = () => {
    if (!current) return
    killTree(current.app.pid)
    removeStateRoot(current.app.stateRoot)
    current = undefined
  }
  return {
    async of(file, provider) {
      if (current?.file !== file) {
        end()
        current = { file, app: await launchApp(connected(provider)) }
      }
      return current.app
    },
    end,
  }
}
