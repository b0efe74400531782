import { ChevronRight, Ellipsis, Pencil, Star, Trash2 } from 'lucide-react'
import { useId, useState } from 'react'
import { useWords } from '../../../lib/words'
import { Badge } from '../../../ui/badge'
import { classNames } from '../../../ui/class-names'
import { IconButton } from '../../../ui/icon-button'
import { Menu } from '../../../ui/menu'
import { RouteFields } from './route-fields'
import { RouteNameDialog } from './route-name-dialog'
import { useField, useRoutes } from './routes-context'
import { routesWords } from './words'

/** A route of the file, folded to its name and model. */
export function RouteCard(props: {
  readonly routeId: string
  readonly isDefault: boolean
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
  readonly onRenamed: (to: string) => void
  readonly taken: readonly string[]
}) {
  const { routeId, isDefault, isOpen, onOpen, onRenamed, taken } = props
  const t = useWords(routesWords)
  const { store, problems } = useRoutes()
  const model = useField('default_model', routeId)
  const [isRenaming, setRenaming] = useState(false)
  const body = useId()
  const errors = problems.filter((problem) => problem.routeId === routeId && problem.tone === 'error').length
  return (
    <section aria-label={routeId} className="rounded-md border border-line">
      <header className="flex items-center gap-1 p-1.5">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={isOpen ? body : undefined}
          onClick={() => onOpen(!isOpen)}
          className="flex min-h-9 min-w-0 grow items-center gap-2 rounded-sm px-2 text-left hover:bg-hover"
        >
          <ChevronRight
            size={14}
            aria-hidden="true"
            className={classNames(
              'shrink-0 text-faint transition-transform duration-100',
              isOpen && 'rotate-90',
            )}
          />
          <span className="min-w-0 grow">
            <span className="flex flex-wrap items-center gap-x-2">
              <span className="min-w-0 font-mono text-xs font-medium wrap-anywhere">{routeId}</span>
              {isDefault ? <Badge tone="accent">{t('isDefault')}</Badge> : null}
              {errors > 0 ? <Badge tone="danger">{t('errors', { count: errors })}</Badge> : null}
            </span>
            {isOpen ? null : (
              <span className="block truncate font-mono text-2xs text-faint">{String(model ?? '')}</span>
            )}
          </span>
        </button>
        <Menu
          trigger={<IconButton name={t('moreRoute', { route: routeId })} icon={<Ellipsis size={15} />} />}
          groups={[
            [
              {
                id: 'default',
                words: t('makeDefault'),
                icon: <Star size={14} />,
                disabled: isDefault,
                run: () => void store.edit({ kind: 'set', key: 'default_route', value: routeId }),
              },
              {
                id: 'rename',
                words: t('rename'),
                icon: <Pencil size={14} />,
                run: () => setRenaming(true),
              },
            ],
            [
              {
                id: 'remove',
                words: t('remove'),
                icon: <Trash2 size={14} />,
                danger: true,
                run: () => void store.edit({ kind: 'remove_route', route_id: routeId }),
              },
            ],
          ]}
        />
      </header>
      {isOpen ? (
        <div id={body} className="border-t border-line p-3.5">
          <RouteFields routeId={routeId} />
        </div>
      ) : null}
      <RouteNameDialog
        open={isRenaming}
        onClose={() => setRenaming(false)}
        renames={routeId}
        taken={taken}
        onName={(to) => {
          void store.edit({ kind: 'rename_route', route_id: routeId, to }).then((isDone) => {
            if (isDone && isOpen) onRenamed(to)
          })
        }}
      />
    </section>
  )
}
