import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

export interface Tab<Id extends string> {
  readonly id: Id
  readonly words: string
  readonly icon?: ReactNode
  readonly body: ReactNode
}

/** A column of tabs with its page beside it; a row above it where the window is narrow. */
export function Tabs<Id extends string>(props: {
  readonly name: string
  readonly tabs: readonly Tab<Id>[]
  readonly value: Id
  readonly onChange: (id: Id) => void
}) {
  return (
    <Base.Root
      value={props.value}
      onValueChange={(next: Id) => props.onChange(next)}
      orientation="vertical"
      className="flex min-h-0 grow max-sm:flex-col"
    >
      <Base.List
        aria-label={props.name}
        className="flex w-44 shrink-0 flex-col gap-0.5 border-r border-line bg-surface p-2 max-sm:w-full max-sm:flex-row max-sm:border-r-0 max-sm:border-b"
      >
        {props.tabs.map((tab) => (
          <Base.Tab
            key={tab.id}
            value={tab.id}
            className="flex h-8 items-center gap-2 rounded-sm px-2.5 text-sm text-muted hover:bg-hover data-[active]:bg-selected data-[active]:font-medium data-[active]:text-ink"
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
          className="min-h-0 min-w-0 grow overflow-y-auto p-5 outline-offset-[-2px]"
        >
          {tab.body}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
