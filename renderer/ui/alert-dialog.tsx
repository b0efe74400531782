import { AlertDialog as Base } from '@base-ui/react/alert-dialog'
import type { ReactNode } from 'react'
import { Button } from './button'

export interface AlertDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: string
  readonly body: ReactNode
  readonly cancel: string
  readonly confirm: string
  readonly danger?: boolean
  readonly onConfirm: () => void
  /** What has the focus afterwards; true: what had it before. */
  readonly finalFocus?: () => HTMLElement | true
}

/** A question that must be answered. Focus starts on the safe side. */
export function AlertDialog(props: AlertDialogProps) {
  return (
    <Base.Root open={props.open} onOpenChange={(next) => props.onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-50 bg-scrim" />
        <Base.Viewport className="fixed inset-0 z-50 flex items-center justify-center p-4">
          <Base.Popup
            className="popup w-full max-w-100 rounded-lg p-5 shadow-lg"
            finalFocus={props.finalFocus ?? true}
          >
            <Base.Title className="text-base font-semibold">{props.title}</Base.Title>
            <Base.Description render={<div />} className="mt-1.5 text-sm text-muted">
              {props.body}
            </Base.Description>
            <div className="mt-5 flex justify-end gap-2">
              <Base.Close render={<Button>{props.cancel}</Button>} />
              <Button
                variant={props.danger === true ? 'danger' : 'primary'}
                onClick={() => {
                  props.onOpenChange(false)
                  props.onConfirm()
                }}
              >
                {props.confirm}
              </Button>
            </div>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
