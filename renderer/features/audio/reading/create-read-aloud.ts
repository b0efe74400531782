import type { AnyEvent } from '@contract/events'
import type { Message } from '@contract/message'
import type { MessageId } from '@contract/ids'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RendererClient } from '../../../client/client'
import type { Sound } from '../../../lib/sound/create-sound'
import {
  changed,
  dueIn,
  failed,
  heard,
  noReadings,
  readingOf,
  without,
  withReading,
  type Reading,
  type Readings,
} from './reading'
import { spokenSet, type Wish } from './spoken-set'

export interface ReadAloudActions {
  /** After the others that are being read. What is there already is asked of nobody. */
  read(message: Message): void
  /** Ends this one, also its making; the next begins. */
  stop(id: MessageId): void
  stopAll(): void
  hear(event: AnyEvent): void
}

export type ReadAloud = StoreApi<Readings> & ReadAloudActions

/** Messages that are read aloud, one after the other and part by part. */
export function createReadAloud(client: RendererClient, sound: Sound, wishOf: () => Wish): ReadAloud {
  const store = createStore<Readings>(() => noReadings)
  const turn = (next: (all: Readings) => Readings): void => {
    store.setState(next(store.getState()))
    goOn()
  }
  /** Of the parts that were begun, the one that plays or was paused. */
  let begun = ''

  function goOn(): void {
    const due = dueIn(store.getState())
    if (!due) begun = store.getState().queue.length === 0 ? '' : begun
    if (!due || due.asset_id === begun) return
    // From the beginning, wherever somebody left it. This is told, while something else may still play.
    sound.seek(due, 0)
    begun = due.asset_id
    sound.play(due)
  }

  async function make({ message_id, session_id, speech_id }: Reading): Promise<void> {
    if (speech_id === null) return
    const answer = await client.ask['audio.readAloud']({ speech_id, session_id, message_id })
    const now = readingOf(store.getState(), message_id)
    if (now?.speech_id !== speech_id) return
    if (!answer.ok) turn((all) => failed(all, message_id, answer.fault))
    else {
      const parts = answer.value.spoken.map(({ asset }) => asset)
      turn((all) => changed(all, message_id, { parts, isWhole: true }))
    }
  }

  function stop(id: MessageId): void {
    const reading = readingOf(store.getState(), id)
    if (!reading) return
    const isHeard = store.getState().queue[0] === reading
    if (reading.speech_id !== null && !reading.isWhole)
      void client.ask['audio.cancelSpeech']({ speech_id: reading.speech_id })
    if (isHeard) {
      begun = ''
      if (sound.state().recording?.asset_id === reading.parts[reading.at]?.asset_id) sound.pause()
    }
    turn((all) => without(all, id))
  }

  const stopAll = (): void => {
    for (const { message_id } of store.getState().queue.toReversed()) stop(message_id)
  }

  sound.onEnded((id) => turn((all) => heard(all, id)))
  sound.subscribe(() => {
    const { recording, phase } = sound.state()
    // Somebody listens to something else now.
    if (begun !== '' && phase === 'playing' && recording && recording.asset_id !== begun) stopAll()
    // Its player says so; the next one is not kept waiting.
    const [first] = store.getState().queue
    if (first && phase === 'failed' && recording?.asset_id === begun)
      turn((all) => without(all, first.message_id))
  })

  return Object.assign(store, {
    read(message: Message) {
      const { message_id, session_id } = message
      if (readingOf(store.getState(), message_id)) return
      const set = spokenSet(message.spoken, wishOf())
      const reading: Reading = {
        message_id,
        session_id,
        speech_id: set.isWhole ? null : crypto.randomUUID(),
        parts: set.parts.map((part) => part?.asset),
        isWhole: set.isWhole,
        at: 0,
      }
      turn((all) => withReading(all, reading))
      void make(reading)
    },
    stop,
    stopAll,
    hear(event: AnyEvent) {
      if (event.type === 'message.changed') {
        const { message_id, spoken } = event.message
        const reading = readingOf(store.getState(), message_id)
        if (!reading || reading.isWhole) return
        const { parts } = spokenSet(spoken, wishOf())
        turn((all) => changed(all, message_id, { parts: parts.map((part) => part?.asset) }))
      } else if (event.type === 'speech.progress') {
        const of = store.getState().queue.find(({ speech_id }) => speech_id === event.speech_id)
        const progress = { done: event.done, all: event.all }
        if (of) turn((all) => changed(all, of.message_id, { progress }))
      }
    },
  })
}
