import type { SlotId } from '@contract/ids'
import { useEffect } from 'react'
import { FirstRun } from '../features/first-run/first-run'
import { bindKeys } from '../lib/keys'
import { useWords } from '../lib/words'
import { ToastHost } from '../ui/toast'
import { useApp, useAppState } from './app-context'
import { canRun, commands } from './commands'
import { FailedScreen } from './failed-screen'
import { Frame } from './frame'
import { Overlays } from './overlays'
import { RepairScreen } from './repair-screen'
import { Skeleton } from './skeleton'
import { appWords } from './words'

/** One screen for each phase of the daemon; there is always something to see. */
export function Window() {
  const t = useWords(appWords)
  useShortcuts()
  return (
    <>
      <Screen />
      <Overlays />
      <ToastHost name={t('messages')} closeName={t('close')} />
    </>
  )
}

function Screen() {
  const { client } = useApp()
  const daemon = useAppState((state) => state.daemon)
  const hasPreferences = useAppState((state) => state.hasPreferences)
  if (daemon.phase === 'starting' || !hasPreferences) return <Skeleton />
  if (daemon.phase === 'setup') {
    return <FirstRun client={client} routeId={daemon.route_id} slotId={daemon.slot_id as SlotId} />
  }
  if (daemon.phase === 'repair') return <RepairScreen fault={daemon.fault} file={daemon.file} />
  if (daemon.phase === 'failed') return <FailedScreen fault={daemon.fault} />
  return <Frame />
}

function useShortcuts(): void {
  const app = useApp()
  useEffect(
    () =>
      bindKeys(
        Object.fromEntries(
          commands.flatMap((command) =>
            command.keys === undefined
              ? []
              : [[command.keys, () => (canRun(app, command) ? command.run(app) : undefined)]],
          ),
        ),
      ),
    [app],
  )
}
