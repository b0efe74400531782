import type { MessageId } from '@contract/ids'
import type { Message } from '@contract/message'
import type { Store } from '../ports/store'

/** Messages that travel to the provider at most; the model's own limit is usually far below. */
export const historyLimit = 10_000

/**
 * What the model is told before it goes on with `answer`: the path above it, without answers that never came, and the
 * answer itself where earlier turns have begun it.
 */
export const historyOf = (store: Pick<Store, 'messages'>, answer: MessageId): readonly Message[] =>
  store.messages
    .path(answer, { limit: historyLimit })
    .messages.filter((message) => message.role === 'user' || message.parts.length > 0)
