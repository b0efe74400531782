import { type CSSProperties, useId } from 'react'
import { classNames } from '../../ui/class-names'
import './slider.css'

/** A number of a range, with its name and its value in words beside it. */
export function Slider(props: {
  readonly name: string
  readonly value: number
  readonly least: number
  readonly most: number
  readonly step?: number
  /** How the value is spoken and shown. */
  readonly words: string
  readonly keys?: string
  readonly onChange: (value: number) => void
  readonly className?: string
}) {
  const id = useId()
  return (
    <div className={classNames('flex min-w-0 items-center gap-2 text-xs', props.className)}>
      <label htmlFor={id} className="whitespace-nowrap text-muted">
        {props.name}
      </label>
      <input
        id={id}
        type="range"
        min={props.least}
        max={props.most}
        step={props.step ?? 1}
        value={props.value}
        aria-label={props.name}
        aria-valuetext={props.words}
        aria-keyshortcuts={props.keys}
        onChange={({ currentTarget }) => props.onChange(currentTarget.valueAsNumber)}
        style={
          {
            '--share': `${(100 * (props.value - props.least)) / (props.most - props.least)}%`,
          } as CSSProperties
        }
        className="slider h-6 w-22 min-w-0 shrink"
      />
      <output htmlFor={id} className="w-12 whitespace-nowrap text-faint tabular-nums">
        {props.words}
      </output>
    </div>
  )
}
