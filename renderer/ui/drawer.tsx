import { Dialog as Base } from '@base-ui/react/dialog'
import { type ReactNode, useRef } from 'react'
import { classNames } from './class-names'

/** A side panel over the page, for windows too narrow to have it beside. */
export function Drawer(props: {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: string
  readonly side: 'left' | 'right'
  readonly children: ReactNode
}) {
  const isLeft = props.side === 'left'
  const popup = useRef<HTMLDivElement>(null)
  // Not the first button: its tooltip would open, and take the first Escape. What has the focus already keeps it.
  const start = (): HTMLElement | false | null =>
    popup.current?.contains(document.activeElement) === true ? false : popup.current
  return (
    <Base.Root open={props.open} onOpenChange={(next) => props.onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-30 bg-scrim transition-opacity duration-150 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
        <Base.Popup
          ref={popup}
          initialFocus={start}
          className={classNames(
            'fixed inset-y-0 z-30 w-76 max-w-[85vw] bg-surface shadow-lg outline-none',
            'transition-transform duration-150 ease-out',
            isLeft
              ? 'left-0 data-[ending-style]:-translate-x-full data-[starting-style]:-translate-x-full'
              : 'right-0 data-[ending-style]:translate-x-full data-[starting-style]:translate-x-full',
          )}
        >
          <Base.Title className="sr-only">{props.title}</Base.Title>
          {props.children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
