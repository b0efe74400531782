import type { Fault } from '@contract/fault'
import type { MediaJob, MediaResult } from './media'

/** What goes to the process that looks at files. */
export interface MediaQuestion {
  readonly id: number
  readonly job: MediaJob
}

/** And what comes back: how far it is, and then one end. */
export type MediaAnswer =
  | { readonly id: number; readonly done: number; readonly all: number }
  | { readonly id: number; readonly result: MediaResult }
  | { readonly id: number; readonly fault: Fault }

/** A running child, whatever forked it. */
export interface MediaChild {
  /** Not known before it has started. */
  readonly pid: number | undefined
  ask(question: MediaQuestion): void
  hear(listener: (answer: MediaAnswer) => void): void
  ended(listener: () => void): void
  kill(): void
}

/** Forks the built `media-child.js`: a utility process in the app, a Node process elsewhere. */
export type ForkMedia = () => MediaChild
