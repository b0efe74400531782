import { useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { Callout } from '../../../ui/callout'
import { Spinner } from '../../../ui/spinner'
import { useRoutes, useRoutesState } from './routes-context'
import { routesWords } from './words'

/** After saving: what is still missing, and how to do it with or without the answers that are being written. */
export function ApplyBar({ runningChats }: { readonly runningChats: number }) {
  const t = useWords(routesWords)
  const { store } = useRoutes()
  const isWaiting = useRoutesState(({ file }) => file !== null && !file.is_in_force)
  const doing = useRoutesState((state) => state.doing)
  const draining = useRoutesState((state) => state.draining)
  if (draining !== null) {
    return (
      <Callout
        role="status"
        actions={
          <Button size="small" onClick={() => void store.restart('interrupt')}>
            {t('stopNow')}
          </Button>
        }
      >
        <span className="flex items-center gap-2">
          <Spinner /> {t('draining', { count: draining })}
        </span>
      </Callout>
    )
  }
  if (!isWaiting && doing !== 'restarting') return null
  const isBusy = doing === 'restarting'
  return (
    <Callout
      role="status"
      title={isBusy ? t('restarting') : t('applyTitle')}
      actions={
        runningChats === 0 || isBusy ? (
          <Button size="small" variant="primary" busy={isBusy} onClick={() => void store.restart('drain')}>
            {t('restart')}
          </Button>
        ) : (
          <>
            <Button size="small" variant="primary" onClick={() => void store.restart('drain')}>
              {t('restartWait')}
            </Button>
            <Button size="small" onClick={() => void store.restart('interrupt')}>
              {t('restartStop')}
            </Button>
          </>
        )
      }
    >
      {t('applyBody')} {runningChats > 0 && !isBusy ? t('applyBusy', { count: runningChats }) : null}
    </Callout>
  )
}
