import { longestSpeech, type audioCalls, type Spoken } from '@contract/audio'
import type { InputOf } from '@contract/define'
import { fault } from '@contract/fault'
import type { Message } from '@contract/message'
import { speechTextOf } from '../core/audio/speech-text'
import { splitText } from '../core/audio/split-text'
import { wishedChoice } from '../core/audio/wished-choice'
import { Failure } from '../core/failure'
import { findMessage, findSession } from './find'
import type { Speeches } from './speeches'
import type { World } from './world'

type Ports = Pick<World, 'store' | 'speech' | 'routing' | 'publish'>

/**
 * `audio.readAloud`: an answer in as many recordings as its length needs, one after the other; each is kept with the
 * message as soon as it is whole.
 */
export function readAloud(on: Ports, speeches: Speeches) {
  const { store, speech, routing, publish } = on

  /** Whether the message has it already, and nothing is to be told. */
  const has = (message: Message, spoken: Spoken, part: number): boolean =>
    store.speech
      .of(message.message_id)
      .some(
        (each) =>
          each.asset.asset_id === spoken.asset.asset_id &&
          each.part === part &&
          each.model === spoken.model &&
          each.voice === spoken.voice,
      )

  function keep(message: Message, spoken: Spoken, part: number, parts: number): void {
    const { session_id, message_id } = message
    if (has(message, spoken, part)) return
    findMessage(store, session_id, message_id)
    const { model, voice, asset } = spoken
    store.speech.keep(session_id, message_id, { asset_id: asset.asset_id, model, voice, part, parts })
    const now = store.messages.get(message_id)
    if (now) publish({ type: 'message.changed', message: now })
  }

  return ({
    speech_id,
    session_id,
    message_id,
    ...choice
  }: InputOf<(typeof audioCalls)['audio.readAloud']>) =>
    speeches.during(speech_id, async (signal) => {
      findSession(store, session_id)
      const message = findMessage(store, session_id, message_id)
      const texts = splitText(speechTextOf(message.parts), longestSpeech)
      if (texts.length === 0)
        throw new Failure(
          fault('speech_empty', 'There are no words in this answer that could be read aloud.'),
        )
      const run = message.run_id === null ? undefined : store.runs.get(message.run_id)
      const wished = wishedChoice(
        choice,
        store.preferences.get(),
        speech,
        (id) => routing.find(id) !== undefined,
      )
      const tell = (done: number) =>
        speech_id === undefined || publish({ type: 'speech.progress', speech_id, done, all: texts.length })
      const all: Spoken[] = []
      tell(0)
      for (const [at, input] of texts.entries()) {
        const { transcript: _, ...spoken } = await speech.speak(
          { ...wished, input },
          {
            signal,
            session_id,
            ...(run ? { soft: { route_id: run.route_id, model: run.model } } : {}),
          },
        )
        keep(message, spoken, at + 1, texts.length)
        all.push(spoken)
        tell(at + 1)
      }
      return { spoken: all }
    })
}
