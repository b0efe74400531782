import { Button as Base } from '@base-ui/react/button'
import type { ComponentProps, ReactNode } from 'react'
import { ariaKeys, pagePlatform } from '../lib/keys'
import { buttonLook } from './button'
import { classNames } from './class-names'
import { Tooltip } from './tooltip'

export interface IconButtonProps extends Omit<ComponentProps<typeof Base>, 'className' | 'aria-label'> {
  /** The accessible name, and the tooltip. */
  readonly name: string
  readonly icon: ReactNode
  readonly keys?: string
  readonly variant?: 'primary' | 'secondary' | 'ghost' | 'danger'
  readonly size?: 'small' | 'medium'
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
  readonly className?: string
}

export function IconButton(props: IconButtonProps) {
  const { name, icon, keys, variant = 'ghost', size = 'medium', side, className, ...rest } = props
  return (
    <Tooltip text={name} {...(keys === undefined ? {} : { keys })} {...(side === undefined ? {} : { side })}>
      <Base
        {...rest}
        aria-label={name}
        aria-keyshortcuts={keys ? ariaKeys(keys, pagePlatform()) : undefined}
        className={classNames(
          buttonLook({ variant, size }),
          'aspect-square px-0 aria-pressed:bg-selected aria-pressed:text-ink',
          className,
        )}
      >
        {icon}
      </Base>
    </Tooltip>
  )
}
