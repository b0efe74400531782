import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './kbd'

interface Told {
  readonly text: string
  /** In tinykeys' spelling, for instance `$mod+K`. */
  readonly keys?: string
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
}

/** There is one for all: what could be told of a hundred buttons is no hundred popups. */
const shared = Base.createHandle<Told>()

/** Neighbouring tooltips share one delay. */
export function TooltipProvider(props: { readonly children: ReactNode }) {
  return (
    <Base.Provider delay={500} closeDelay={0}>
      {props.children}
      <Base.Root handle={shared}>
        {({ payload }) => (
          <Base.Portal>
            <Base.Positioner side={payload?.side ?? 'bottom'} sideOffset={6} className="z-50">
              <Base.Popup className="popup flex items-center gap-2 rounded-sm px-2 py-1 text-xs text-ink">
                {payload?.text}
                {payload?.keys === undefined ? null : <Kbd keys={payload.keys} />}
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        )}
      </Base.Root>
    </Base.Provider>
  )
}

export interface TooltipProps extends Told {
  readonly children: ReactElement<Record<string, unknown>>
}

export function Tooltip({ children, ...told }: TooltipProps) {
  return <Base.Trigger handle={shared} payload={told} render={children} />
}
