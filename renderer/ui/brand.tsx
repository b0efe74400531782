import { classNames } from './class-names'

/** The mark: a K whose arms are a turn and its answer. */
export function Brand({ className }: { readonly className?: string }) {
  return (
    <svg viewBox="0 0 48 48" aria-hidden="true" className={classNames('size-12', className)}>
      <rect width="48" height="48" rx="12" className="fill-accent" />
      <path
        d="M16 12v24M32 12 20.5 23.2a1.1 1.1 0 0 0 0 1.6L32 36"
        fill="none"
        className="stroke-on-accent"
        strokeWidth="4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
