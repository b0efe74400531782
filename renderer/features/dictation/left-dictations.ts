import type { RecordingId, SessionId } from '@contract/ids'
import type { RecordingView } from '@contract/recordings'
import type { StoreApi } from 'zustand/vanilla'
import { isComing, restOf, wholeText, type DictationState } from './dictation'
import type { DictationOptions, DictationStore, Insertion } from './dictation-store'

/** Where some of a text may stand already. */
interface Place {
  readonly session: SessionId | null
  readonly insertion: Insertion | null
}

export interface LeftDictations extends Pick<
  DictationStore,
  'insertLeft' | 'discardLeft' | 'retryLeft' | 'load'
> {
  add(view: RecordingView, place: Place): void
  see(view: RecordingView): void
  drop(id: RecordingId): void
  forget(): void
}

/** Dictations whose text nobody has taken. */
export function createLeftDictations(
  { client, session, insertInto }: Pick<DictationOptions, 'client' | 'session' | 'insertInto'>,
  { getState, setState }: Pick<StoreApi<DictationState>, 'getState' | 'setState'>,
  isMine: (id: RecordingId) => boolean,
): LeftDictations {
  const places = new Map<RecordingId, Place>()

  function drop(id: RecordingId): void {
    places.delete(id)
    setState(({ left }) => ({ left: left.filter(({ recording_id }) => recording_id !== id) }))
  }

  /** Where it was begun here, or what is missing of it in the open chat. */
  function insert(view: RecordingView, draft: string): void {
    const place = places.get(view.recording_id)
    const insertion = place?.session === session() ? place.insertion : null
    if (insertion) return insertion.put(wholeText(view))
    const rest = restOf(view, draft)
    if (rest !== '') insertInto(session()).put(rest)
  }

  return {
    drop,
    add(view, place) {
      places.set(view.recording_id, place)
      setState(({ left }) => ({ left: [...left, view] }))
    },
    see(view) {
      const at = (each: RecordingView): RecordingView =>
        each.recording_id === view.recording_id ? view : each
      setState(({ left }) => ({ left: left.map(at) }))
    },
    forget() {
      places.clear()
      setState({ left: [] })
    },
    insertLeft(id, draft = '') {
      const view = getState().left.find(({ recording_id }) => recording_id === id)
      // What is still being written down would be lost.
      if (!view || isComing(view)) return
      insert(view, draft)
      drop(id)
      void client.ask['recordings.take']({ recording_id: id })
    },
    discardLeft(id) {
      drop(id)
      void client.ask['recordings.discard']({ recording_id: id })
    },
    retryLeft: (recording_id) => void client.ask['recordings.retry']({ recording_id }),
    async load() {
      const answer = await client.ask['recordings.list']({})
      if (!answer.ok) return
      const left = answer.value.recordings.filter(({ recording_id }) => !isMine(recording_id))
      setState({ left })
      // Its page is gone, and nobody else tells the daemon that no more sound comes. Events tell of the rest.
      for (const { recording_id, state } of left)
        if (state === 'open') void client.ask['recordings.end']({ recording_id })
    },
  }
}
