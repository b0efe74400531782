import { useEffect, useState } from 'react'

/**
 * The time in milliseconds, anew at every full `everyMs` of the clock: ten that count seconds are drawn in one frame
 * together, not each in its own.
 */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const wait = (): void => {
      timer = setTimeout(
        () => {
          setNow(Date.now())
          wait()
        },
        everyMs - (Date.now() % everyMs),
      )
    }
    wait()
    return () => clearTimeout(timer)
  }, [everyMs])
  return now
}
