import type { Fault } from '@contract/fault'
import type { RecordingId, SessionId } from '@contract/ids'
import type { RecordingView } from '@contract/recordings'
import type { StoreApi } from 'zustand/vanilla'
import type { Started } from '../../lib/sound/armed-microphone'
import { createBacklog, type Backlog } from '../../lib/sound/backlog'
import { msOf, samplesOf } from '../../lib/sound/rate'
import { createShownLevel } from '../../lib/sound/shown-level'
import type { DictationState } from './dictation'
import type { DictationOptions, Insertion } from './dictation-store'
import { createRecorder, type Recorder } from './recorder'
import { createStarving } from './starving'

/** The end of the last word. */
export const tailMs = 500
const mutedMs = 2_000

/** One that is being spoken, or whose texts are still coming. */
export interface Dictation {
  readonly id: RecordingId
  readonly session: SessionId | null
  insertion: Insertion | null
  /** Samples until it ends; infinite while it goes on. */
  left: number
  samples: number
  zeros: number
  readonly backlog: Backlog
  isOpen: boolean
  recorder: Recorder | null
  /** As it was told of last; an answer may be older. */
  told: RecordingView | null
}

export const newDictation = (
  from: Pick<Dictation, 'id' | 'session' | 'insertion'>,
  now: () => number,
): Dictation => ({
  ...from,
  left: Number.POSITIVE_INFINITY,
  samples: 0,
  zeros: 0,
  backlog: createBacklog(now),
  isOpen: false,
  recorder: null,
  told: null,
})

/** It has been told to end, and its tail is not heard yet. */
export const isEnding = ({ left }: Dictation): boolean => left > 0 && Number.isFinite(left)

export interface SpeakingNeeds {
  readonly options: DictationOptions
  readonly now: () => number
  readonly store: Pick<StoreApi<DictationState>, 'getState' | 'setState'>
  /** The microphone is its own, and what the bar shows. */
  readonly isCurrent: (dictation: Dictation) => boolean
  /** Its last sample is here, or no more comes. */
  readonly onHeard: (dictation: Dictation) => void
  readonly onRefused: (dictation: Dictation, fault: Fault) => void
}

/** The sound of a dictation: from the microphone to its recorder. */
export interface Speaking {
  open(dictation: Dictation): Promise<Started>
  /** The tail comes first. */
  finish(dictation: Dictation): void
  /** Its end was meant to be none. */
  goOn(dictation: Dictation): void
  /** No sound of the current one is heard any more. */
  close(dictation: Dictation): void
  /** How loud it is now, 0 to 1 of a meter. */
  level(): number
}

export function createSpeaking(needs: SpeakingNeeds): Speaking {
  const { options, now, store, isCurrent, onHeard, onRefused } = needs
  const { client, microphone, preferences, encode } = options
  const starving = createStarving()
  const shown = createShownLevel()

  const set = (dictation: Dictation, change: Partial<DictationState>): void => {
    if (isCurrent(dictation)) store.setState(change)
  }

  const recorderOf = (dictation: Dictation, first: Int16Array): Recorder =>
    createRecorder({
      client,
      recordingId: dictation.id,
      sessionId: dictation.session,
      startedAtMs: Math.round(now() - msOf(first.length)),
      format: preferences().dictation_format,
      encode,
      onDiskFull: (isFull) => set(dictation, { notice: isFull ? { kind: 'diskFull' } : null }),
      onUnencoded: () => set(dictation, { notice: { kind: 'unencoded' } }),
      onRefused: (fault) => onRefused(dictation, fault),
    })

  function hear(dictation: Dictation, sound: Int16Array): void {
    if (!isCurrent(dictation) || dictation.left <= 0) return
    dictation.recorder ??= recorderOf(dictation, sound)
    const { phase, seconds } = store.getState()
    if (phase === 'arming') store.setState({ phase: isEnding(dictation) ? 'finishing' : 'recording' })
    dictation.samples += sound.length
    dictation.left -= sound.length
    dictation.backlog.heard(sound.length)
    dictation.recorder.push(sound)
    watchSilence(dictation, sound, shown.heard(sound))
    const whole = Math.floor(msOf(dictation.samples) / 1000)
    if (whole !== seconds) store.setState({ seconds: whole })
    if (dictation.left <= 0) onHeard(dictation)
    else if (isEnding(dictation)) awaitTail(dictation)
  }

  /** A microphone that is switched off gives not even noise. */
  function watchSilence(dictation: Dictation, sound: Int16Array, peak: number): void {
    dictation.zeros = peak === 0 ? dictation.zeros + sound.length : 0
    const { notice } = store.getState()
    if (dictation.zeros >= samplesOf(mutedMs) && notice === null)
      set(dictation, { notice: { kind: 'muted' } })
    else if (dictation.zeros === 0 && notice?.kind === 'muted') set(dictation, { notice: null })
  }

  const awaitTail = (dictation: Dictation): void =>
    starving.begin(() => {
      if (isCurrent(dictation) && isEnding(dictation)) onHeard(dictation)
    })

  return {
    async open(dictation) {
      const started = await microphone.start(preferences().microphone_id, {
        onSound: (sound) => hear(dictation, sound),
        onOther: (label) => set(dictation, { notice: { kind: 'other', label } }),
        onGone: () => {
          if (!isCurrent(dictation)) return
          set(dictation, { trouble: { kind: 'gone' } })
          onHeard(dictation)
        },
      })
      dictation.isOpen = started.ok
      if (started.ok && isCurrent(dictation) && isEnding(dictation)) awaitTail(dictation)
      return started
    },
    finish(dictation) {
      if (dictation.left !== Number.POSITIVE_INFINITY) return
      dictation.left = samplesOf(tailMs) + dictation.backlog.waiting()
      // Nothing can be heard of a microphone that is still being opened.
      if (!dictation.isOpen) return
      set(dictation, { phase: 'finishing' })
      awaitTail(dictation)
    },
    goOn(dictation) {
      dictation.left = Number.POSITIVE_INFINITY
      starving.stop()
      set(dictation, { phase: dictation.samples > 0 ? 'recording' : 'arming' })
    },
    close(dictation) {
      dictation.left = 0
      if (!isCurrent(dictation)) return
      microphone.stop()
      starving.stop()
      shown.reset()
    },
    level: shown.level,
  }
}
