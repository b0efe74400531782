import { Autocomplete } from '@base-ui/react/autocomplete'
import { Field } from '@base-ui/react/field'
import { type ReactNode, useMemo } from 'react'
import { classNames } from './class-names'
import { inputLook } from './text-field'

export interface SuggestFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly suggestions: readonly string[]
  readonly hint?: ReactNode
  readonly problem?: ReactNode
  readonly placeholder?: string
  readonly className?: string
}

const most = 60

/** A line of text that takes anything and suggests what is known. Every word of what is typed must fit somewhere. */
export function SuggestField(props: SuggestFieldProps) {
  const { label, value, onChange, suggestions, hint, problem, placeholder, className } = props
  const invalid = problem !== undefined && problem !== null
  const found = useMemo(() => find(suggestions, value), [suggestions, value])
  return (
    <Field.Root invalid={invalid} className={classNames('flex min-w-0 flex-col gap-1.5', className)}>
      <Field.Label className="text-sm font-medium">{label}</Field.Label>
      <Autocomplete.Root
        items={found}
        mode="none"
        value={value}
        onValueChange={(next) => onChange(next)}
        openOnInputClick
      >
        <Autocomplete.Input
          placeholder={placeholder}
          spellCheck={false}
          autoComplete="off"
          className={classNames(inputLook, 'font-mono')}
        />
        <Autocomplete.Portal>
          <Autocomplete.Positioner sideOffset={4} className="z-50">
            <Autocomplete.Popup className="popup max-h-[min(18rem,var(--available-height))] w-[var(--anchor-width)] min-w-56 scroll-py-1 overflow-y-auto p-1 empty:hidden data-[empty]:hidden">
              <Autocomplete.List aria-label={label}>
                {(item: string) => (
                  <Autocomplete.Item
                    key={item}
                    value={item}
                    className="flex min-h-7.5 items-center rounded-xs px-2 py-1 font-mono text-xs wrap-anywhere outline-none select-none data-[highlighted]:bg-hover"
                  >
                    {item}
                  </Autocomplete.Item>
                )}
              </Autocomplete.List>
            </Autocomplete.Popup>
          </Autocomplete.Positioner>
        </Autocomplete.Portal>
      </Autocomplete.Root>
      {hint === undefined || invalid ? null : (
        <Field.Description className="text-xs text-faint">{hint}</Field.Description>
      )}
      <div aria-live="polite" className="empty:hidden">
        {invalid ? <p className="text-xs text-danger">{problem}</p> : null}
      </div>
    </Field.Root>
  )
}

/** All of them when the value is one of them: a person who opens the list wants to see the others. */
function find(suggestions: readonly string[], value: string): readonly string[] {
  const words = value.toLowerCase().split(/\s+/).filter(Boolean)
  if (suggestions.includes(value)) return suggestions.slice(0, most)
  return suggestions.filter((each) => words.every((word) => each.toLowerCase().includes(word))).slice(0, most)
}
