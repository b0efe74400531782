import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type ReactNode, type RefObject, useRef } from 'react'
import { classNames } from './class-names'
import { IconButton } from './icon-button'

export interface DialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  /** Names the dialog; `hideTitle` keeps it for screen readers only. */
  readonly title: string
  readonly hideTitle?: boolean
  readonly closeName: string
  /** `page` is as high as it may be, whatever it shows. */
  readonly size?: 'small' | 'medium' | 'large' | 'page'
  /** `top` keeps the first line still while the height changes, as a list that filters needs. */
  readonly place?: 'centre' | 'top'
  readonly initialFocus?: RefObject<HTMLElement | null>
  readonly children: ReactNode
}

const widths = {
  small: 'max-w-100',
  medium: 'max-w-140',
  large: 'max-w-190',
  page: 'h-[min(100%,52rem)] max-w-290',
} as const

export function Dialog(props: DialogProps) {
  const {
    open,
    onOpenChange,
    title,
    hideTitle,
    closeName,
    size = 'medium',
    place = 'centre',
    children,
  } = props
  const popup = useRef<HTMLDivElement>(null)
  // Not the close button: its tooltip would open, and take the first Escape.
  const start = (): HTMLElement | null =>
    popup.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]') ?? popup.current
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-100 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
        <Base.Viewport
          className={classNames(
            'fixed inset-0 z-40 flex justify-center overflow-hidden p-4',
            size === 'page' && 'max-sm:p-0',
            place === 'top' ? 'items-start pt-[10vh]' : 'items-center',
          )}
        >
          <Base.Popup
            ref={popup}
            initialFocus={props.initialFocus ?? start}
            className={classNames(
              'popup flex max-h-full w-full min-w-0 flex-col overflow-hidden rounded-lg shadow-lg',
              widths[size],
              size === 'page' && 'max-sm:rounded-none',
            )}
          >
            {hideTitle === true ? (
              <Base.Title className="sr-only">{title}</Base.Title>
            ) : (
              <header className="flex h-12 shrink-0 items-center justify-between border-b border-line pr-2 pl-5">
                <Base.Title className="text-base font-semibold">{title}</Base.Title>
                <Base.Close render={<IconButton name={closeName} icon={<X size={16} />} />} />
              </header>
            )}
            {children}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
