import { keyCaps, pagePlatform } from '../lib/keys'
import { formatLocale } from '../lib/words'

/** A shortcut, for the eye only: the control itself carries `aria-keyshortcuts`. */
export function Kbd({ keys }: { readonly keys: string }) {
  if (keys === '') return null
  return (
    <span aria-hidden="true" className="inline-flex items-center gap-0.5">
      {keyCaps(keys, pagePlatform(), formatLocale()).map((cap) => (
        <kbd
          key={cap}
          className="min-w-4.5 rounded-xs border border-line bg-surface px-1 text-center font-sans text-2xs text-faint"
        >
          {cap}
        </kbd>
      ))}
    </span>
  )
}
