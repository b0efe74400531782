const length = 2 * Math.PI * 9

/** Decoration: whoever shows it says in words what is going on. `share` is 0 to 1; null turns. */
export function ProgressRing({ share }: { readonly share: number | null }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      className={share === null ? 'size-6 shrink-0 animate-spin' : 'size-6 shrink-0 -rotate-90'}
    >
      <circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" strokeWidth="2.5" opacity="0.25" />
      <circle
        cx="12"
        cy="12"
        r="9"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeDasharray={length}
        strokeDashoffset={length * (1 - Math.max(0.06, share ?? 0.25))}
        className="transition-[stroke-dashoffset] duration-200"
      />
    </svg>
  )
}
