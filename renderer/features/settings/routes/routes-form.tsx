import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { Callout } from '../../../ui/callout'
import { Select } from '../../../ui/select'
import { problemOf } from './problems'
import { RouteCard } from './route-card'
import { RouteNameDialog } from './route-name-dialog'
import { useField, useRoutes, useRoutesState } from './routes-context'
import { routesWords } from './words'

/** The file as a form. It holds nothing: every change is one of the text. */
export function RoutesForm({ onGoTo }: { readonly onGoTo: () => void }) {
  const t = useWords(routesWords)
  const { store, problems } = useRoutes()
  const form = useRoutesState((state) => state.checked?.form)
  const said = useField('default_route')
  const [opened, setOpened] = useState<string | null | undefined>(undefined)
  const [isAdding, setAdding] = useState(false)
  if (form === undefined) return null
  if (form === null) {
    return (
      <Callout
        tone="warn"
        role="status"
        actions={
          <Button size="small" onClick={onGoTo}>
            {t('goThere')}
          </Button>
        }
      >
        {t('noForm')}
      </Callout>
    )
  }
  const ids = form.routes.map((route) => route.route_id)
  const standard = typeof said === 'string' ? said : ids.length === 1 ? (ids[0] ?? '') : ''
  const open = opened === undefined ? (ids.length === 1 ? ids[0] : standard) : opened
  const problem = problemOf(problems, undefined, 'default_route', 'default_route_unresolved')
  return (
    <div className="flex flex-col gap-4">
      {ids.length > 1 ? (
        <div>
          <div className="flex flex-wrap items-center justify-between gap-2">
            <span className="text-sm font-medium">{t('defaultRoute')}</span>
            <Select
              name={t('defaultRoute')}
              className="max-w-full min-w-40"
              value={standard}
              choices={ids.map((value) => ({ value, words: value }))}
              onChange={(value) => void store.edit({ kind: 'set', key: 'default_route', value })}
            />
          </div>
          <p className={problem ? 'mt-1 text-xs text-danger' : 'mt-1 text-xs text-faint'}>
            {problem ? problem.words : t('defaultHint')}
          </p>
        </div>
      ) : null}
      <ul aria-label={t('routes')} className="flex flex-col gap-2.5">
        {ids.map((routeId) => (
          <li key={routeId}>
            <RouteCard
              routeId={routeId}
              isDefault={routeId === standard}
              isOpen={open === routeId}
              onOpen={(isOpen) => setOpened(isOpen ? routeId : null)}
              onRenamed={setOpened}
              taken={ids}
            />
          </li>
        ))}
      </ul>
      <div>
        <Button icon={<Plus size={14} aria-hidden="true" />} onClick={() => setAdding(true)}>
          {t('addRoute')}
        </Button>
      </div>
      <RouteNameDialog
        open={isAdding}
        onClose={() => setAdding(false)}
        taken={ids}
        onName={(routeId) => {
          const { default_model: model } = form.routes[0]?.fields ?? {}
          setOpened(routeId)
          void store.edit({
            kind: 'add_route',
            route_id: routeId,
            default_model: typeof model === 'string' && model !== '' ? model : 'openrouter/auto',
          })
        }}
      />
    </div>
  )
}
