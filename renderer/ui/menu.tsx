import { ContextMenu as BaseContext } from '@base-ui/react/context-menu'
import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'
import { classNames } from './class-names'
import { Kbd } from './kbd'

export interface MenuItem {
  readonly id: string
  readonly words: string
  readonly icon?: ReactNode
  readonly keys?: string
  readonly danger?: boolean
  readonly disabled?: boolean
  readonly run: () => void
}
/** Groups are parted by a line; empty groups vanish. */
export type MenuGroups = readonly (readonly MenuItem[])[]

const popup = 'popup max-h-[var(--available-height)] min-w-46 overflow-y-auto p-1'

/** A menu behind a button. */
export function Menu(props: {
  readonly trigger: ReactElement<Record<string, unknown>>
  readonly groups: MenuGroups
  readonly align?: 'start' | 'end'
}) {
  return (
    <Base.Root>
      <Base.Trigger render={props.trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={props.align ?? 'end'} className="z-50">
          <Base.Popup className={popup}>
            <MenuRows groups={props.groups} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

/** The same rows on a right click, or the menu key. */
export function ContextMenu(props: {
  readonly children: ReactElement<Record<string, unknown>>
  readonly groups: MenuGroups
}) {
  return (
    <BaseContext.Root>
      <BaseContext.Trigger render={props.children} />
      <BaseContext.Portal>
        <BaseContext.Positioner className="z-50">
          <BaseContext.Popup className={popup}>
            <MenuRows groups={props.groups} />
          </BaseContext.Popup>
        </BaseContext.Positioner>
      </BaseContext.Portal>
    </BaseContext.Root>
  )
}

function MenuRows({ groups }: { readonly groups: MenuGroups }) {
  return groups
    .filter((group) => group.length > 0)
    .map((group, place) => (
      <Base.Group key={group[0]?.id}>
        {place > 0 ? <Base.Separator className="mx-1 my-1 h-px bg-line" /> : null}
        {group.map((item) => (
          <Base.Item
            key={item.id}
            disabled={item.disabled === true}
            onClick={item.run}
            className={classNames(
              'flex h-7.5 items-center gap-2 rounded-xs px-2 text-sm outline-none select-none',
              'data-[disabled]:opacity-50 data-[highlighted]:bg-hover',
              item.danger === true && 'text-danger data-[highlighted]:bg-danger-soft',
            )}
          >
            {item.icon === undefined ? null : (
              <span className="flex w-4 justify-center text-faint" aria-hidden="true">
                {item.icon}
              </span>
            )}
            <span className="grow">{item.words}</span>
            {item.keys === undefined ? null : <Kbd keys={item.keys} />}
          </Base.Item>
        ))}
      </Base.Group>
    ))
}
