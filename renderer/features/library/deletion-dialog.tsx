import type { AssetId, MessageId, SessionId } from '@contract/ids'
import { MessageSquare } from 'lucide-react'
import { useRef, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { formatBytes } from '../../lib/format'
import { formatLocale, useWords } from '../../lib/words'
import { AlertDialog } from '../../ui/alert-dialog'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { FileIcon } from '../../ui/file-icon'
import { tellFault } from '../../ui/tell-fault'
import { toast } from '../../ui/toast'
import { countWords } from './asset-cell'
import type { Deletion, DeletionPlan } from './create-deletion'
import { type Holder, holdersOf } from './holders'
import { libraryWords } from './words'

interface Doors {
  readonly onOpenMessage: (session: SessionId, message: MessageId | null) => void
  readonly onOpenAsset: (id: AssetId) => void
}

interface DeletionDialogProps extends Doors {
  readonly deletion: Deletion
  /** What has the focus afterwards; true: what had it before. */
  readonly finalFocus: () => HTMLElement | true
}

/** What deleting would do, asked before it is done; or who still needs it, and the way there. */
export function DeletionDialog({ deletion, finalFocus, ...doors }: DeletionDialogProps) {
  const t = useWords(libraryWords)
  const current = useStore(deletion, (state) => state.plan)
  // While it closes it says what it said.
  const last = useRef<DeletionPlan | null>(null)
  last.current = current ?? last.current
  const plan = last.current
  if (!plan) return null
  const { free, held } = plan
  const isHeld = free.length === 0
  const close = (): void => deletion.close()
  const size = formatBytes(plan.reclaimable_bytes, formatLocale())
  const one = free.length === 1 ? free[0] : undefined
  const confirm = async (): Promise<void> => {
    const { count, bytes, fault } = await deletion.confirm(plan)
    if (fault) tellFault(fault)
    if (count === 0) return
    toast({
      title: count === 1 ? t('deletion.done') : t('deletion.doneMany', countWords(count)),
      body: t('deletion.freed', { size: formatBytes(bytes, formatLocale()) }),
    })
  }
  return (
    <>
      <AlertDialog
        open={current !== null && !isHeld}
        onOpenChange={(open) => open || close()}
        danger
        title={
          one
            ? t('deletion.title', { name: one.asset.file_name })
            : t('deletion.titleMany', countWords(free.length))
        }
        body={
          <>
            <p>{one ? t('deletion.body', { size }) : t('deletion.bodyMany', { size })}</p>
            {held.length === 0 ? null : (
              <p className="mt-2">{t('deletion.keeps', countWords(held.length))}</p>
            )}
          </>
        }
        cancel={t('cancel')}
        confirm={t('deletion.confirm')}
        onConfirm={() => void confirm()}
        finalFocus={finalFocus}
      />
      <Dialog
        open={current !== null && isHeld}
        onOpenChange={(open) => open || close()}
        size="medium"
        closeName={t('deletion.close')}
        title={
          held.length === 1
            ? t('deletion.heldTitle', { name: held[0]?.asset.file_name ?? '' })
            : t('deletion.heldTitleMany', countWords(held.length))
        }
      >
        <div className="min-h-0 overflow-y-auto p-5">
          <p className="text-sm text-muted">{t('deletion.heldBody')}</p>
          <HolderList plan={plan} onGone={close} {...doors} />
        </div>
        <div className="flex shrink-0 justify-end border-t border-line p-3">
          <Button onClick={close}>{t('deletion.close')}</Button>
        </div>
      </Dialog>
    </>
  )
}

function HolderList(props: Doors & { readonly plan: DeletionPlan; readonly onGone: () => void }) {
  const t = useWords(libraryWords)
  const holders = holdersOf(props.plan.held.flatMap(({ plan }) => plan.references))
  const row = (
    holder: Holder,
  ): { readonly icon: ReactNode; readonly title: string; readonly what: string } =>
    holder.kind === 'chat'
      ? {
          icon: <MessageSquare size={15} aria-hidden="true" />,
          title: holder.title || t('page.untitled'),
          what: holder.isDraft ? t('deletion.inDraft') : t('deletion.goChat'),
        }
      : {
          icon: <FileIcon mediaType="image/png" size={15} />,
          title: holder.title || holder.asset_id,
          what: t('deletion.asSource'),
        }
  return (
    <ul className="mt-3 divided rounded-md border border-line">
      {holders.map((holder) => {
        const { icon, title, what } = row(holder)
        return (
          <li key={holder.kind === 'chat' ? holder.session_id : holder.asset_id}>
            <button
              type="button"
              onClick={() => {
                props.onGone()
                if (holder.kind === 'chat') props.onOpenMessage(holder.session_id, holder.message_id)
                else props.onOpenAsset(holder.asset_id)
              }}
              className="flex w-full items-center gap-2.5 px-3 py-2 text-left text-sm outline-offset-[-2px] hover:bg-hover"
            >
              <span className="text-faint">{icon}</span>
              <span className="min-w-0 grow truncate">{title}</span>
              <span className="shrink-0 text-xs text-faint">{what}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
