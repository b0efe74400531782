/** Names and values under each other; values can be selected and copied. */
export function FactList({ facts }: { readonly facts: readonly (readonly [name: string, value: string])[] }) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-xs">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-faint">{name}</dt>
          <dd className="selectable text-end text-ink wrap-anywhere tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
