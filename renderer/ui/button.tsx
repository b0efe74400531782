import { Button as Base } from '@base-ui/react/button'
import { cva, type VariantProps } from 'class-variance-authority'
import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names'
import { Spinner } from './spinner'

export const buttonLook = cva(
  [
    'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-sm font-medium whitespace-nowrap',
    'transition-colors duration-100 data-[disabled]:opacity-50',
  ],
  {
    variants: {
      variant: {
        primary: 'bg-accent text-on-accent hover:not-data-disabled:bg-accent-hover',
        secondary:
          'border border-line-control bg-control text-ink shadow-sm hover:not-data-disabled:bg-control-hover data-[popup-open]:bg-control-hover',
        ghost:
          'text-muted hover:not-data-disabled:bg-hover hover:not-data-disabled:text-ink data-[popup-open]:bg-hover',
        danger: 'bg-danger-fill text-on-accent hover:not-data-disabled:brightness-110',
      },
      size: {
        small: 'h-7 px-2.5 text-xs',
        medium: 'h-8 px-3 text-sm',
        large: 'h-10 rounded-md px-4 text-base',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'medium' },
  },
)

export interface ButtonProps
  extends Omit<ComponentProps<typeof Base>, 'className'>, VariantProps<typeof buttonLook> {
  readonly className?: string
  /** Shows a spinner and refuses presses; the name stays. */
  readonly busy?: boolean
  readonly icon?: ReactNode
}

export function Button({ variant, size, className, busy, icon, children, disabled, ...rest }: ButtonProps) {
  return (
    <Base
      {...rest}
      disabled={disabled === true || busy === true}
      focusableWhenDisabled={busy === true}
      aria-busy={busy === true ? true : undefined}
      className={classNames(buttonLook({ variant, size }), className)}
    >
      {busy === true ? <Spinner /> : icon}
      {children}
    </Base>
  )
}
