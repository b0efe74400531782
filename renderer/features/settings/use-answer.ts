import type { AllCalls } from '@contract/calls'
import type { InputOf, OutputOf } from '@contract/define'
import type { AnyEvent } from '@contract/events'
import type { Answer, Fault } from '@contract/fault'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { RendererClient } from '../../client/client'

export interface Looked<T> {
  /** The newest good answer; it stays while a newer one is on its way. */
  readonly value: T | null
  readonly fault: Fault | null
  readonly isLooking: boolean
  readonly look: () => void
  /** Shows an answer that another call gave. */
  readonly take: (answer: Answer<T>) => void
}

/** Asks when the page opens, on `look`, and after every event that `isNews`. `input` is compared by what it says. */
export function useAnswer<K extends keyof AllCalls>(
  client: RendererClient,
  name: K,
  input: InputOf<AllCalls[K]>,
  isNews?: (event: AnyEvent) => boolean,
): Looked<OutputOf<AllCalls[K]>> {
  type Out = OutputOf<AllCalls[K]>
  const [value, setValue] = useState<Out | null>(null)
  const [fault, setFault] = useState<Fault | null>(null)
  const [isLooking, setLooking] = useState(true)
  const [tries, setTries] = useState(0)
  const look = useCallback(() => setTries((count) => count + 1), [])
  const take = useCallback((answer: Answer<Out>) => {
    setFault(answer.ok ? null : answer.fault)
    if (answer.ok) setValue(answer.value)
  }, [])
  const given = JSON.stringify(input)
  useEffect(() => {
    let isOver = false
    setLooking(true)
    // The same call with the same input; JSON keeps plain data as it is.
    const ask = client.ask[name] as (input: unknown) => Promise<Answer<Out>>
    void ask(JSON.parse(given)).then((answer) => {
      if (isOver) return
      setLooking(false)
      take(answer)
    })
    return () => {
      isOver = true
    }
  }, [client, name, given, tries, take])
  const newest = useRef(isNews)
  newest.current = isNews
  useEffect(
    () =>
      client.listen((event) => {
        if (newest.current?.(event)) look()
      }),
    [client, look],
  )
  return { value, fault, isLooking, look, take }
}
