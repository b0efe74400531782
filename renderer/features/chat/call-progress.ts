import type { DaemonEvent } from '@contract/events'
import type { MessageId } from '@contract/ids'

type ProgressEvent = Extract<DaemonEvent, { type: 'call.progress' }>
/** How far a call is. */
export type CallProgress = Pick<ProgressEvent, 'stage' | 'done' | 'all' | 'partial_uri'>
/** By `callKey`. */
export type Progress = Readonly<Record<string, CallProgress>>

export const callKey = (message: MessageId, call: string): string => `${message} ${call}`

/** The newest news; an unfinished picture stays until there is a newer one. */
export function withProgress(known: Progress, event: ProgressEvent): Progress {
  const key = callKey(event.message_id, event.call_id)
  const { stage, done, all, partial_uri = known[key]?.partial_uri } = event
  const now: CallProgress = {
    stage,
    ...(done === undefined ? {} : { done }),
    ...(all === undefined ? {} : { all }),
    ...(partial_uri === undefined ? {} : { partial_uri }),
  }
  return { ...known, [key]: now }
}

/** Once an answer is over nothing of it is under way. */
export function withoutMessage(known: Progress, message: MessageId): Progress {
  const all = Object.entries(known)
  const kept = all.filter(([key]) => !key.startsWith(`${message} `))
  return kept.length === all.length ? known : Object.fromEntries(kept)
}
