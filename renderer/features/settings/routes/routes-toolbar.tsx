import { Ellipsis, FolderOpen, History, Redo2, RotateCcw, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useWords } from '../../../lib/words'
import { AlertDialog } from '../../../ui/alert-dialog'
import { Badge } from '../../../ui/badge'
import { Button } from '../../../ui/button'
import type { HistoryDepth } from '../../../ui/code-editor/create-editor'
import { IconButton } from '../../../ui/icon-button'
import { Menu } from '../../../ui/menu'
import { isDirty } from './routes-state'
import { useRoutes, useRoutesState } from './routes-context'
import { routesWords } from './words'

/** Which file it is, how it stands, and everything that is done with the whole of it. */
export function RoutesToolbar(props: {
  readonly depth: HistoryDepth
  readonly onUndo: () => void
  readonly onRedo: () => void
  readonly onSave: () => void
  readonly onReveal: () => void
  readonly saveWords?: string
  /** The repair screen has no daemon whose routes are in force. */
  readonly hidesState?: boolean
}) {
  const { depth, onUndo, onRedo, onSave, onReveal } = props
  const t = useWords(routesWords)
  const { store } = useRoutes()
  const file = useRoutesState((state) => state.file)
  const doing = useRoutesState((state) => state.doing)
  const isChanged = useRoutesState(isDirty)
  const [isAsking, setAsking] = useState(false)
  const state = isChanged ? 'unsaved' : file?.is_in_force === false ? 'waiting' : 'inForce'
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-2">
      <p className="flex min-w-0 grow basis-60 flex-wrap items-center gap-x-2 gap-y-1">
        <span className="selectable min-w-0 font-mono text-xs text-muted wrap-anywhere">{file?.file}</span>
        {props.hidesState === true && !isChanged ? null : (
          <Badge tone={state === 'inForce' ? 'good' : 'warn'}>{t(`state.${state}`)}</Badge>
        )}
      </p>
      <div className="flex items-center gap-1">
        <IconButton
          name={t('undo')}
          keys="$mod+Z"
          icon={<Undo2 size={15} />}
          disabled={depth.undo === 0}
          onClick={onUndo}
        />
        <IconButton
          name={t('redo')}
          icon={<Redo2 size={15} />}
          disabled={depth.redo === 0}
          onClick={onRedo}
        />
        <Menu
          trigger={<IconButton name={t('more')} icon={<Ellipsis size={15} />} />}
          groups={[
            [
              { id: 'reveal', words: t('reveal'), icon: <FolderOpen size={14} />, run: onReveal },
              {
                id: 'restore',
                words: t('restore'),
                icon: <History size={14} />,
                disabled: file?.has_backup !== true,
                run: () => setAsking(true),
              },
            ],
            [
              {
                id: 'revert',
                words: t('revert'),
                icon: <RotateCcw size={14} />,
                disabled: !isChanged,
                run: () => store.revert(),
              },
            ],
          ]}
        />
        <Button
          variant="primary"
          className="ml-1"
          busy={doing === 'saving'}
          disabled={!isChanged && props.saveWords === undefined}
          onClick={onSave}
        >
          {props.saveWords ?? t('save')}
        </Button>
      </div>
      <AlertDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t('restoreTitle')}
        body={t('restoreBody')}
        cancel={t('cancel')}
        confirm={t('restoreDo')}
        onConfirm={() => void store.restore()}
      />
    </div>
  )
}
