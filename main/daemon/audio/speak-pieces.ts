import type { SpeechFormat } from '@contract/audio'
import { fault } from '@contract/fault'
import type { CheckedSpeech } from '../core/audio/check-speech'
import { splitText } from '../core/audio/split-text'
import { isTooLong } from '../core/audio/too-long'
import { Failure } from '../core/failure'
import type { SpeechMade } from '../ports/driver'
import type { AudioPorts } from './audio-ports'
import { openAccess } from './open-access'
import type { SoundFile } from './spool'

/** A text, and who says it where. */
export interface Recital extends CheckedSpeech {
  readonly route_id: string
  readonly model: string
  readonly voice: string
}

interface Hearing {
  readonly signal: AbortSignal
  /** Whoever may use the key: the chat, or nobody in particular. */
  readonly subject: string
  /** Right before the first request. */
  readonly dispatch: () => void
  /** Pieces that are whole, of as many as there are. */
  readonly progress: (done: number, all: number) => void
  /** A provider took this on: it may have to be paid for, whatever becomes of it. */
  readonly taken: (piece: { readonly generation_id?: string; readonly letters: number }) => void
}

/**
 * Says a text into a file, in as many requests as its length needs: one after the other, with the same model and voice,
 * as samples where there are several, so that they join without a gap. Where a model takes less at a time, pieces of
 * half the length are tried once. Answers the transcript, if the provider sent one. Faults as of `Driver.speak`.
 */
export async function speakPieces(
  on: Pick<AudioPorts, 'driver' | 'lease'>,
  recital: Recital,
  into: SoundFile,
  hearing: Hearing,
): Promise<string | undefined> {
  const { signal } = hearing
  const transcripts: string[] = []
  let waiting = splitText(recital.input)
  let done = 0
  let isHalved = false
  while (waiting.length > 0) {
    const [piece = '', ...rest] = waiting
    const isAlone = done === 0 && rest.length === 0
    try {
      const access = await openAccess(on, recital.route_id, hearing.subject)
      if (signal.aborted) throw stopped()
      if (done === 0) hearing.dispatch()
      hearing.progress(done, done + waiting.length)
      const made = await on.driver.speak(
        access,
        askOf(recital, piece, isAlone ? recital.format : 'pcm'),
        signal,
      )
      const { generation_id } = made
      hearing.taken({ letters: piece.length, ...(generation_id === undefined ? {} : { generation_id }) })
      if (!fits(made, into, isAlone)) {
        // Nobody listens any more: the connection goes.
        for await (const _ of made.bytes) break
        throw noAudio('The provider answered with pieces of sound that can’t be joined.', recital)
      }
      await into.take(made)
      if (made.transcript?.trim()) transcripts.push(made.transcript.trim())
      done += 1
      waiting = rest
    } catch (error) {
      if (isHalved || signal.aborted || !(error instanceof Failure) || !isTooLong(error.fault)) throw error
      isHalved = true
      const most = Math.ceil(piece.length / 2)
      waiting = waiting.flatMap((each) => splitText(each, most))
    }
  }
  return transcripts.length === 0 ? undefined : transcripts.join(' ')
}

const askOf = ({ model, voice, speed, instructions }: Recital, input: string, format: SpeechFormat) => ({
  model,
  input,
  voice,
  format,
  ...(speed === 1 ? {} : { speed }),
  ...(instructions === undefined ? {} : { instructions }),
})

/** Whether a piece joins what is there already. */
function fits(made: SpeechMade, into: SoundFile, isAlone: boolean): boolean {
  const before = into.kind() ?? made
  const isSame =
    before.media_type === made.media_type &&
    before.sample_rate === made.sample_rate &&
    before.channels === made.channels
  return isSame && (isAlone || made.media_type === 'audio/l16')
}

export const noAudio = (
  detail: string,
  { route_id, model }: { readonly route_id: string; readonly model: string },
) =>
  new Failure(
    fault('provider_error', detail, {
      kind: 'no_audio',
      retryable: false,
      provider: 'openrouter',
      route_id,
      model,
    }),
  )

export const stopped = () => new Failure(fault('interrupted', 'Stopped.'))
