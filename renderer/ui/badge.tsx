import type { ReactNode } from 'react'
import { classNames } from './class-names'

const tones = {
  plain: 'bg-hover text-muted',
  accent: 'bg-accent-soft text-accent-ink',
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  danger: 'bg-danger-soft text-danger',
} as const

export function Badge(props: {
  readonly tone?: keyof typeof tones
  readonly children: ReactNode
  readonly className?: string
}) {
  return (
    <span
      className={classNames(
        'inline-flex h-4.5 shrink-0 items-center gap-1 rounded-xs px-1.5 text-2xs font-medium whitespace-nowrap',
        tones[props.tone ?? 'plain'],
        props.className,
      )}
    >
      {props.children}
    </span>
  )
}
