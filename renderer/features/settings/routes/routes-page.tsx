import { Waypoints } from 'lucide-react'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import { faultCatalogue, faultWords } from '../../../lib/fault-words'
import { useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { Callout } from '../../../ui/callout'
import { EmptyState } from '../../../ui/empty-state'
import { Spinner } from '../../../ui/spinner'
import { useSettings } from '../settings-context'
import { ApplyBar } from './apply-bar'
import { RoutesEditor } from './routes-editor'
import { useSlots } from './use-slots'
import { routesWords } from './words'

/** The routes file; where there is none, why. */
export function RoutesPage() {
  const t = useWords(routesWords)
  const { client, routes: store, models, openTab, runningChats, isDemo, onLeaveDemo } = useSettings()
  const phase = useStore(store, (state) => state.phase)
  const slots = useSlots(client)
  useEffect(() => void store.open(), [store, isDemo])
  if (isDemo || phase === 'no_file') {
    return (
      <EmptyState
        className="grow"
        icon={<Waypoints size={28} />}
        title={t('demoTitle')}
        body={t('demoBody')}
        actions={<Button onClick={onLeaveDemo}>{t('demoLeave')}</Button>}
      />
    )
  }
  if (phase === 'loading') {
    return (
      <p role="status" className="appears-late flex items-center gap-2.5 p-5 text-sm text-muted">
        <Spinner /> {t('loading')}
      </p>
    )
  }
  if (phase === 'failed') return <NotRead />
  return (
    <RoutesEditor
      store={store}
      models={models}
      slots={slots}
      onOpenKeys={() => openTab('keys')}
      onReveal={() => void client.ask['app.reveal']({ what: 'routes_file' })}
    >
      <ApplyBar runningChats={runningChats} />
    </RoutesEditor>
  )
}

function NotRead() {
  const t = useWords(routesWords)
  const { routes: store } = useSettings()
  const fault = useStore(store, (state) => state.fault)
  const tFault = useWords(faultCatalogue)
  if (!fault) return null
  const words = faultWords(fault, tFault)
  return (
    <Callout
      tone="danger"
      role="alert"
      className="m-5"
      title={words.title}
      actions={
        <Button size="small" onClick={() => void store.open()}>
          {t('again')}
        </Button>
      }
    >
      {words.body}
    </Callout>
  )
}
