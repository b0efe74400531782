/** What is kept of one attempt, in the order in which it comes to be (contract 15). */
export const attemptKinds = [
  'model-request',
  'provider-request',
  'provider-events',
  'provider-response',
  'model-response',
] as const
export type AttemptKind = (typeof attemptKinds)[number]

export const routeResolution = 'route-resolution'

/** `turn-0001-attempt-0001-provider-request`. Both count from 1. */
export const attemptArtifact = (turn: number, attempt: number, kind: AttemptKind): string =>
  `turn-${padded(turn)}-attempt-${padded(attempt)}-${kind}`

/** The way back; undefined for ids of another kind. */
export function readAttemptArtifact(
  id: string,
): { readonly turn: number; readonly attempt: number; readonly kind: AttemptKind } | undefined {
  const [, turn, attempt, rest] = /^turn-(\d{4,})-attempt-(\d{4,})-(.+)$/.exec(id) ?? []
  const kind = attemptKinds.find((known) => known === rest)
  return kind ? { turn: Number(turn), attempt: Number(attempt), kind } : undefined
}

/** Kinds that have no turn: a repeat gets the time as a suffix and never overwrites. */
export function freeArtifact(id: string, isTaken: (id: string) => boolean, at_ms: number): string {
  if (!isTaken(id)) return id
  let stamp = at_ms
  while (isTaken(`${id}-${stamp}`)) stamp += 1
  return `${id}-${stamp}`
}

const padded = (number: number): string => String(number).padStart(4, '0')
