import type { ComponentProps } from 'react'
import { classNames } from './class-names'

export interface SearchFieldProps extends Omit<
  ComponentProps<'input'>,
  'type' | 'value' | 'onChange' | 'placeholder' | 'aria-label'
> {
  /** The accessible name, and what stands there while it is empty. */
  readonly name: string
  readonly value: string
  readonly onChange: (text: string) => void
}

/** A field whose text filters what stands below it. */
export function SearchField({ name, onChange, className, ...rest }: SearchFieldProps) {
  return (
    <input
      {...rest}
      type="search"
      aria-label={name}
      placeholder={name}
      onChange={(event) => onChange(event.target.value)}
      autoComplete="off"
      spellCheck={false}
      className={classNames('[&::-webkit-search-cancel-button]:hidden', className)}
    />
  )
}
