import { Field } from '@base-ui/react/field'
import type { ComponentProps, ReactNode, Ref } from 'react'
import { classNames } from './class-names'

export const inputLook = classNames(
  'h-9 w-full min-w-0 rounded-sm border border-line-strong bg-canvas px-3 text-sm text-ink',
  'focus-visible:border-focus data-[invalid]:border-danger',
)

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'className' | 'ref' | 'defaultValue'> {
  readonly label: string
  readonly hint?: ReactNode
  /** Read out when it appears. */
  readonly problem?: ReactNode
  readonly mono?: boolean
  readonly className?: string
  readonly inputRef?: Ref<HTMLInputElement>
}

/** A labelled line of text. As a password it is masked and can't be revealed. */
export function TextField(props: TextFieldProps) {
  const { label, hint, problem, mono, className, inputRef, ...rest } = props
  const invalid = problem !== undefined && problem !== null
  return (
    <Field.Root invalid={invalid} className={classNames('flex min-w-0 flex-col gap-1.5', className)}>
      <Field.Label className="text-sm font-medium">{label}</Field.Label>
      <Field.Control
        {...rest}
        {...(inputRef === undefined ? {} : { ref: inputRef })}
        spellCheck={false}
        autoComplete="off"
        className={classNames(inputLook, mono === true && 'font-mono')}
      />
      {hint === undefined || invalid ? null : (
        <Field.Description className="text-xs text-faint">{hint}</Field.Description>
      )}
      <div aria-live="polite" className="empty:hidden">
        {invalid ? <p className="text-xs text-danger">{problem}</p> : null}
      </div>
    </Field.Root>
  )
}
