import type { AnyEvent } from '@contract/events'
import type { RecordingId, SessionId } from '@contract/ids'
import type { Preferences } from '@contract/preferences'
import type { StoreApi } from 'zustand/vanilla'
import type { RendererClient } from '../../client/client'
import type { ArmedMicrophone } from '../../lib/sound/armed-microphone'
import type { DictationState } from './dictation'

/** The text of one dictation in the box of a chat; all of it is one step of undo. */
export interface Insertion {
  /** The text so far; what came before stays where it is, and what somebody made of it stays as it is. */
  put(text: string): void
  /** As if nothing had been said. False: somebody has changed it, and it stays; or it never stood there. */
  remove(): boolean
}

export interface DictationOptions {
  readonly client: RendererClient
  readonly microphone: ArmedMicrophone
  readonly encode: (samples: Int16Array) => Promise<ArrayBuffer | null>
  readonly preferences: () => Pick<Preferences, 'dictation_format' | 'microphone_id' | 'dictation_types'>
  /** The chat that is written in; null: one to come. */
  readonly session: () => SessionId | null
  readonly insertInto: (session: SessionId | null) => Insertion
  /** For another program; what can't be typed there comes back. */
  readonly type: (text: string) => Promise<boolean>
  readonly now?: () => number
  readonly newId?: () => string
}

export interface DictationStore extends StoreApi<DictationState> {
  /** Somebody is about to dictate. */
  arm(): void
  /** The window is not in front any more. */
  disarm(): void
  /** Starts, or ends and inserts. */
  toggle(): void
  /** The key is down; answers what its release does: a tap leaves it on. */
  hold(): () => void
  /** The key of the whole desktop: for the program that is in front. */
  pressElsewhere(): void
  /** Ends and inserts; of one that has failed, what there is. */
  insert(): void
  /** Asks before, where much would be lost. */
  askDiscard(): void
  keepOn(): void
  discard(): void
  retry(): void
  /** Its text leaves the box, for a while or for good; whether it did. Only then can it be put back. */
  takeBack(): boolean
  putBack(): void
  /** What was said has gone where it is needed: nothing of it is offered any more. */
  settle(): void
  /** It is done, or its trouble has been read. */
  dismiss(): void
  /** `draft`: what stands in the box; nothing of it is written there twice. */
  insertLeft(id: RecordingId, draft?: string): void
  discardLeft(id: RecordingId): void
  retryLeft(id: RecordingId): void
  /** How loud it is now, 0 to 1 of a meter. For a drawing of every frame. */
  level(): number
  /** What a crash or a reload has left. */
  load(): Promise<void>
  /** Another daemon: nothing of this is its own. */
  forget(): void
  hear(event: AnyEvent): void
}
