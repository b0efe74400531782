import { createVoiceGate, type VoiceGate } from './voice-gate'
import { decibels, levelOf } from './level'
import { samplesOf } from './rate'

/**
 * What a recording is made of: sound for a segment, and the ends of segments. A segment may end before what was given
 * for it last: the next one has begun there, and is given that again. So all that is heard can be stored at once.
 */
export type Cut =
  | {
      readonly kind: 'sound'
      readonly segment: number
      readonly fromSample: number
      readonly samples: Int16Array
    }
  | { readonly kind: 'end'; readonly segment: number; readonly isSilent: boolean; readonly length: number }

/** Cuts sound into segments as it comes: nothing is left out, nothing comes twice, and none is longer than 30 s. */
export interface Segments {
  /** One frame of the microphone. */
  push(frame: Int16Array): readonly Cut[]
  /** No more comes: the last segment ends. */
  end(): readonly Cut[]
}

/** Longest segment, as the contract's chunks want it. */
export const longestSegment = samplesOf(30_000)
/** Until somebody speaks, it is open to which segment this much belongs: how softly a word can begin. */
const heldBack = samplesOf(160)
/** Less silence than this before the first word stays with it. */
const shortSilence = samplesOf(700)
/** From this length on the quietest moment is as good as a pause. */
const urgent = samplesOf(26_000)
const urgentDecibels = -50

/** How long a pause has to be to cut there, by how much has been said. */
const pauseFor = (length: number): number =>
  length < samplesOf(3_000)
    ? Number.POSITIVE_INFINITY
    : length < samplesOf(12_000)
      ? samplesOf(900)
      : samplesOf(450)

export function createSegments(gate: VoiceGate = createVoiceGate()): Segments {
  let segment = 0
  /** Samples that belong to the segment, and those that were given for it: of what waits, all but the newest frame. */
  let length = 0
  let given = 0
  let hasVoice = false
  let pause = 0
  let waiting: Int16Array[] = []
  let waitingLength = 0

  /** What waits belongs to the segment, all but so much of it. */
  function flush(out: Cut[], keep = 0): void {
    while (waiting[0] && waitingLength - waiting[0].length >= keep) {
      const [samples] = waiting
      waiting = waiting.slice(1)
      waitingLength -= samples.length
      give(out, length, samples)
      length += samples.length
    }
  }

  function give(out: Cut[], fromSample: number, samples: Int16Array): void {
    if (fromSample < given) return
    out.push({ kind: 'sound', segment, fromSample, samples })
    given = fromSample + samples.length
  }

  function giveWaiting(out: Cut[]): void {
    let from = length
    for (const samples of waiting) {
      give(out, from, samples)
      from += samples.length
    }
  }

  function cut(out: Cut[]): void {
    if (length === 0) return
    out.push({ kind: 'end', segment, isSilent: !hasVoice, length })
    segment += 1
    length = 0
    given = 0
    hasVoice = false
    pause = 0
  }

  return {
    push(frame) {
      const out: Cut[] = []
      if (length + waitingLength + frame.length > longestSegment) {
        // A word may be beginning where silence ends.
        flush(out, hasVoice ? 0 : heldBack)
        cut(out)
      }
      const isVoice = gate.hear(frame)
      waiting.push(frame)
      waitingLength += frame.length
      pause = isVoice ? 0 : pause + frame.length
      if (isVoice) {
        // What was silent so far is a segment of its own; the beginning of the word is still waiting.
        if (!hasVoice && length >= shortSilence) cut(out)
        hasVoice = true
        flush(out)
        if (length >= urgent && decibels(levelOf(frame).rms) < urgentDecibels) cut(out)
      } else if (hasVoice) {
        // Near the cut the next word may have begun already.
        flush(out, pause > heldBack ? heldBack : 0)
        if (pause >= pauseFor(length)) cut(out)
      } else flush(out, heldBack)
      giveWaiting(out)
      return out
    },
    end() {
      const out: Cut[] = []
      flush(out)
      cut(out)
      return out
    },
  }
}
