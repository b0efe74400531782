import type { MessageId, SessionId } from '@contract/ids'
import type { EarlierPicture } from '../core/runs/context-pictures'
import { earlierPictures } from '../core/runs/context-pictures'
import type { Store } from '../ports/store'
import { findMessage, findSession } from './find'

/**
 * Pictures of earlier turns, those that answers show among them, newest first: on the path that is shown and in what waits behind it, or on
 * the way to the message that is replaced. Faults: `session_not_found`, `message_not_found`.
 */
export function picturesBefore(
  store: Pick<Store, 'sessions' | 'messages' | 'runs'>,
  session_id: SessionId,
  replaces?: MessageId,
): readonly EarlierPicture[] {
  const session = findSession(store, session_id)
  const leaf = replaces ? findMessage(store, session_id, replaces).parent_id : session.head_message_id
  const waiting = replaces ? [] : store.runs.queued(session_id)
  return earlierPictures([
    ...(leaf ? store.messages.withAttachments(leaf) : []),
    ...waiting.map(({ input }) => ({ message_id: null, parts: input })),
  ])
}
