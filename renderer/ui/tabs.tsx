import { Tabs as Base } from '@base-ui/react/tabs'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { classNames } from './class-names'

export interface Tab<Id extends string> {
  readonly id: Id
  readonly words: string
  readonly icon?: ReactNode
  readonly body: ReactNode
  /** The page fills the room and scrolls by itself. */
  readonly fills?: boolean
}

/** A column of tabs with its page beside it; a row above it where the window is narrow. */
export function Tabs<Id extends string>(props: {
  readonly name: string
  readonly tabs: readonly Tab<Id>[]
  readonly value: Id
  readonly onChange: (id: Id) => void
}) {
  const isRow = useNarrow()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current
      ?.querySelector('[aria-selected="true"]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [props.value, isRow])
  return (
    <Base.Root
      value={props.value}
      onValueChange={(next: Id) => props.onChange(next)}
      orientation={isRow ? 'horizontal' : 'vertical'}
      className="flex min-h-0 grow max-sm:flex-col"
    >
      <Base.List
        ref={list}
        aria-label={props.name}
        className="base-ui-disable-scrollbar flex w-44 shrink-0 flex-col gap-0.5 overflow-auto border-r border-line bg-surface p-2 max-sm:w-full max-sm:flex-row max-sm:border-r-0 max-sm:border-b"
      >
        {props.tabs.map((tab) => (
          <Base.Tab
            key={tab.id}
            value={tab.id}
            className="flex h-8 shrink-0 items-center gap-2 rounded-sm px-2.5 text-sm whitespace-nowrap text-muted hover:bg-hover data-[active]:bg-selected data-[active]:font-medium data-[active]:text-ink"
          >
            {tab.icon}
            {tab.words}
          </Base.Tab>
        ))}
      </Base.List>
      {props.tabs.map((tab) => (
        <Base.Panel
          key={tab.id}
          value={tab.id}
          className={classNames(
            'min-h-0 min-w-0 grow outline-offset-[-2px]',
            tab.fills === true ? 'flex flex-col overflow-hidden' : 'overflow-y-auto p-5',
          )}
        >
          {tab.body}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}

/** The same width as `sm` in class names: arrow keys go the way the tabs lie. */
function useNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(() => narrow().matches)
  useEffect(() => {
    const query = narrow()
    const follow = (): void => setNarrow(query.matches)
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [])
  return isNarrow
}

const narrow = (): MediaQueryList => window.matchMedia('(max-width: 639px)')
