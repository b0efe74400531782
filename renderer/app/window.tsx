import type { SlotId } from '@contract/ids'
import { lazy, Suspense, useEffect, useLayoutEffect, useState } from 'react'
import { FirstRun } from '../features/first-run/first-run'
import { bindKeys, onRelease } from '../lib/keys'
import { useWords } from '../lib/words'
import { ToastHost } from '../ui/toast'
import { useApp, useAppState } from './app-context'
import { commands, holdCommand } from './commands'
import { FailedScreen } from './failed-screen'
import { Frame } from './frame'
import { RepairScreen } from './repair-screen'
import { Skeleton } from './skeleton'
import { useKeys } from './use-keys'
import { appWords } from './words'

/** Half of the code, and none of it is on the first screen. */
const Overlays = lazy(async () => ({ default: (await import('./overlays')).Overlays }))

/** One screen for each phase of the daemon; there is always something to see. */
export function Window() {
  const t = useWords(appWords)
  useShortcuts()
  const isDue = useOverlaysDue()
  return (
    <>
      <Screen />
      <Suspense fallback={null}>{isDue ? <Overlays /> : null}</Suspense>
      <ToastHost name={t('messages')} closeName={t('close')} />
    </>
  )
}

function Screen() {
  const { client } = useApp()
  const daemon = useAppState((state) => state.daemon)
  const hasPreferences = useAppState((state) => state.hasPreferences)
  const isLoaded = useAppState((state) => state.isLoaded)
  if (daemon.phase === 'starting' || !hasPreferences) return <Skeleton />
  if (daemon.phase === 'setup') {
    return <FirstRun client={client} routeId={daemon.route_id} slotId={daemon.slot_id as SlotId} />
  }
  if (daemon.phase === 'repair') return <RepairScreen fault={daemon.fault} file={daemon.file} />
  if (daemon.phase === 'failed') return <FailedScreen fault={daemon.fault} />
  // Drawn once and whole: each answer by itself would draw it again.
  return isLoaded ? <Frame /> : <Skeleton />
}

/** In force as soon as there is anything to see: a press before that is nobody's, one after it is never lost. */
function useShortcuts(): void {
  const app = useApp()
  const keysOf = useKeys()
  useLayoutEffect(
    () =>
      bindKeys(
        Object.fromEntries(
          commands.flatMap((command) => {
            const keys = keysOf(command.id)
            return keys === '' ? [] : [[keys, (press) => onRelease(press, holdCommand(app, command.id))]]
          }),
        ),
      ),
    [app, keysOf],
  )
}

/** When the first screen stands and nothing else is to be done, or as soon as somebody wants one. */
function useOverlaysDue(): boolean {
  const [isIdle, setIdle] = useState(false)
  const isOpened = useAppState((state) => state.isOpened)
  const isWanted = useAppState(
    ({ picker, settingsTab, isPaletteOpen, viewer }) =>
      picker !== null || settingsTab !== null || isPaletteOpen || viewer !== null,
  )
  useEffect(() => {
    if (!isOpened) return
    const handle = requestIdleCallback(() => setIdle(true), { timeout: 3000 })
    return () => cancelIdleCallback(handle)
  }, [isOpened])
  return isIdle || isWanted
}
