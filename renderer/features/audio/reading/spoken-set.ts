import type { SpokenRef } from '@contract/message'

/** Voice and model that are wished for; empty: any. `model`: a selector, whose route a recording doesn't tell. */
export interface Wish {
  readonly model: string
  readonly voice: string
}

/** The newest recordings of a message that are as wished, by part; a hole is a part that is not there. */
export interface SpokenSet {
  readonly parts: readonly (SpokenRef | undefined)[]
  readonly isWhole: boolean
}

export function spokenSet(spoken: readonly SpokenRef[] | undefined, wish: Wish): SpokenSet {
  const fitting = (spoken ?? []).filter(
    ({ model, voice }) =>
      (wish.voice === '' || voice === wish.voice) &&
      (wish.model === '' || wish.model === model || wish.model.endsWith(`/${model}`)),
  )
  const newest = fitting.at(-1)
  if (!newest) return { parts: [], isWhole: false }
  const parts = Array.from({ length: newest.parts }, (_, at) =>
    fitting.findLast(
      ({ model, voice, part, parts: all }) =>
        part === at + 1 && all === newest.parts && model === newest.model && voice === newest.voice,
    ),
  )
  return { parts, isWhole: parts.every((part) => part !== undefined) }
}
