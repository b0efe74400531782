import { createVoiceGate, type VoiceGate } from './voice-gate'
import { decibels, levelOf } from './level'
import { samplesOf } from './rate'

/** What a recording is made of: sound for a segment, and the ends of segments. */
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
  /** Samples that wait for the segment they belong to. */
  held(): number
}

/** Longest segment, as the contract's chunks want it. */
export const longestSegment = samplesOf(30_000)
/**
 * Until somebody speaks, this much waits for the segment it belongs to: how softly a word can begin. It is not on the
 * disk yet.
 */
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
  let length = 0
  let hasVoice = false
  let pause = 0
  let waiting: Int16Array[] = []
  let waitingLength = 0

  function flush(out: Cut[], keep = 0): void {
    while (waiting[0] && waitingLength - waiting[0].length >= keep) {
      const samples = waiting[0]
      waiting = waiting.slice(1)
      waitingLength -= samples.length
      out.push({ kind: 'sound', segment, fromSample: length, samples })
      length += samples.length
    }
  }

  function cut(out: Cut[]): void {
    if (length === 0) return
    out.push({ kind: 'end', segment, isSilent: !hasVoice, length })
    segment += 1
    length = 0
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
        const isQuiet = decibels(levelOf(frame).rms) < urgentDecibels
        if (length >= urgent && isQuiet) cut(out)
      } else if (hasVoice) {
        // Near the cut the next word may have begun already.
        flush(out, pause > heldBack ? heldBack : 0)
        if (pause >= pauseFor(length)) cut(out)
      } else flush(out, heldBack)
      return out
    },
    end() {
      const out: Cut[] = []
      flush(out)
      cut(out)
      return out
    },
    held: () => waitingLength,
  }
}
