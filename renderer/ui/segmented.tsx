import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import type { ReactNode } from 'react'

/** One of a few, all in view. */
export function Segmented<Value extends string>(props: {
  readonly name: string
  readonly value: Value
  readonly choices: readonly { readonly value: Value; readonly words: string; readonly icon?: ReactNode }[]
  readonly onChange: (value: Value) => void
}) {
  return (
    <RadioGroup
      aria-label={props.name}
      value={props.value}
      onValueChange={(next) => props.onChange(next)}
      className="inline-flex rounded-sm border border-line bg-surface p-0.5"
    >
      {props.choices.map((choice) => (
        <Radio.Root
          key={choice.value}
          value={choice.value}
          aria-label={choice.words}
          className="flex h-6.5 items-center gap-1.5 rounded-xs px-2.5 text-xs text-muted hover:text-ink data-[checked]:bg-raised data-[checked]:font-medium data-[checked]:text-ink data-[checked]:shadow-md dark:data-[checked]:bg-selected more-contrast:data-[checked]:ring-1 more-contrast:data-[checked]:ring-line-strong"
        >
          {choice.icon}
          {choice.words}
        </Radio.Root>
      ))}
    </RadioGroup>
  )
}
