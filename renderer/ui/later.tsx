import { startTransition, useEffect, useState, type ReactNode } from 'react'

/** Drawn when the window has time for it: what is not seen yet holds up nothing that is. */
export function Later({ children }: { readonly children: ReactNode }) {
  const [isDue, setDue] = useState(false)
  useEffect(() => {
    const handle = requestIdleCallback(() => startTransition(() => setDue(true)), { timeout: 500 })
    return () => cancelIdleCallback(handle)
  }, [])
  return isDue ? children : null
}
