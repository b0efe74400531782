import { Switch as Base } from '@base-ui/react/switch'

export function Switch(props: {
  readonly name: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean
}) {
  return (
    <Base.Root
      aria-label={props.name}
      checked={props.checked}
      disabled={props.disabled === true}
      onCheckedChange={(next) => props.onChange(next)}
      className="relative flex h-5 w-8.5 shrink-0 rounded-full bg-line-strong p-0.5 transition-colors data-[checked]:bg-accent data-[disabled]:opacity-50"
    >
      <Base.Thumb className="size-4 rounded-full bg-on-accent shadow-sm transition-transform duration-150 data-[checked]:translate-x-3.5" />
    </Base.Root>
  )
}
