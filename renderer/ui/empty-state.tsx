import type { ReactNode } from 'react'
import { classNames } from './class-names'

/** What to say, and what to do, where there is nothing yet. */
export function EmptyState(props: {
  readonly icon?: ReactNode
  readonly title: string
  readonly body?: ReactNode
  readonly actions?: ReactNode
  readonly className?: string
}) {
  return (
    <div className={classNames('flex flex-col items-center justify-center p-6 text-center', props.className)}>
      {props.icon === undefined ? null : (
        <div aria-hidden="true" className="mb-3 text-faint">
          {props.icon}
        </div>
      )}
      <p className="text-base font-medium">{props.title}</p>
      {props.body === undefined ? null : <div className="mt-1 max-w-90 text-sm text-muted">{props.body}</div>}
      {props.actions === undefined ? null : (
        <div className="mt-4 flex flex-wrap justify-center gap-2">{props.actions}</div>
      )}
    </div>
  )
}
