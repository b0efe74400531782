import type { ReactNode } from 'react'
import { classNames } from '../../ui/class-names'

/** Settings that belong together, with a line between them. */
export function Section(props: {
  readonly title: string
  readonly hint?: string
  readonly children: ReactNode
}) {
  return (
    <section>
      <h3 className="text-xs font-medium text-faint">{props.title}</h3>
      {props.hint === undefined ? null : <p className="text-xs text-faint">{props.hint}</p>}
      <div className="mt-1 divided">{props.children}</div>
    </section>
  )
}

/** One of them: its name, what it means, and what changes it. */
export function Setting(props: {
  readonly name: string
  readonly hint?: string
  /** The name is a path on this computer. */
  readonly isPath?: boolean
  readonly children?: ReactNode
}) {
  return (
    <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
      <div className="min-w-0 flex-1 basis-60">
        <p
          className={classNames(
            props.isPath === true ? 'selectable font-mono text-xs wrap-anywhere' : 'text-sm',
          )}
        >
          {props.name}
        </p>
        {props.hint === undefined ? null : <p className="text-xs text-faint">{props.hint}</p>}
      </div>
      {props.children}
    </div>
  )
}
