import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names'

const looks = {
  info: { box: 'border-line bg-surface', icon: 'text-accent-ink', Icon: Info },
  warn: { box: 'border-warn/30 bg-warn-soft', icon: 'text-warn', Icon: TriangleAlert },
  danger: { box: 'border-danger/30 bg-danger-soft', icon: 'text-danger', Icon: CircleAlert },
} as const

/** What happened, what is safe, and what to do next. `role` decides whether it is read out at once. */
export function Callout(props: {
  readonly tone?: keyof typeof looks
  readonly title?: string
  readonly children?: ReactNode
  readonly actions?: ReactNode
  readonly role?: 'status' | 'alert'
  readonly className?: string
}) {
  const { box, icon, Icon } = looks[props.tone ?? 'info']
  return (
    <div
      role={props.role}
      className={classNames('flex gap-2.5 rounded-md border p-3 text-sm', box, props.className)}
    >
      <Icon size={16} aria-hidden="true" className={classNames('mt-px shrink-0', icon)} />
      <div className="selectable min-w-0 grow">
        {props.title === undefined ? null : <p className="font-medium">{props.title}</p>}
        <div
          className={classNames('text-ink wrap-anywhere', props.title !== undefined && 'mt-0.5 text-muted')}
        >
          {props.children}
        </div>
        {props.actions === undefined ? null : (
          <div className="mt-2.5 flex flex-wrap gap-2 empty:hidden">{props.actions}</div>
        )}
      </div>
    </div>
  )
}
