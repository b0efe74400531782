import type { AnyEvent } from './events'
import type { Answer } from './fault'
import type { CallName } from './names'

/** What the preload puts on `window.kheish`: a pipe, not a program. */
export interface Bridge {
  /** `app.opening`, asked before the page's own program is read. */
  readonly opening: Promise<Answer<unknown>>
  ask(name: CallName, input: unknown): Promise<Answer<unknown>>
  /** Returns the undo. Events come in batches, at most one a frame; the first listener hears all since the opening. */
  listen(hear: (events: readonly AnyEvent[]) => void): () => void
  readonly platform: string
}
