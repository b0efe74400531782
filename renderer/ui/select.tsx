import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronsUpDown } from 'lucide-react'
import { buttonLook } from './button'
import { classNames } from './class-names'

export interface SelectProps<Value extends string> {
  readonly name: string
  readonly value: Value
  readonly choices: readonly { readonly value: Value; readonly words: string }[]
  readonly onChange: (value: Value) => void
  readonly className?: string
}

export function Select<Value extends string>({
  name,
  value,
  choices,
  onChange,
  className,
}: SelectProps<Value>) {
  return (
    <Base.Root
      value={value}
      items={choices.map((choice) => ({ value: choice.value, label: choice.words }))}
      onValueChange={(next) => {
        if (next !== null) onChange(next)
      }}
    >
      <Base.Trigger
        aria-label={name}
        className={classNames(
          buttonLook({ variant: 'secondary' }),
          'justify-between pr-2 font-normal',
          className,
        )}
      >
        <Base.Value className="min-w-0 truncate" />
        <ChevronsUpDown size={13} className="shrink-0 text-faint" aria-hidden="true" />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
          <Base.Popup className="popup max-h-[var(--available-height)] min-w-[var(--anchor-width)] overflow-y-auto p-1">
            {choices.map((choice) => (
              <Base.Item
                key={choice.value}
                value={choice.value}
                className="flex h-7.5 items-center gap-2 rounded-xs pr-3 pl-2 text-sm outline-none select-none data-[highlighted]:bg-hover"
              >
                <span className="flex w-4 justify-center">
                  <Base.ItemIndicator>
                    <Check size={14} aria-hidden="true" />
                  </Base.ItemIndicator>
                </span>
                <Base.ItemText>{choice.words}</Base.ItemText>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
