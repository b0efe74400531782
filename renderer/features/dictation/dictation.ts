import type { Fault } from '@contract/fault'
import type { RecordingId } from '@contract/ids'
import type { RecordingView, SegmentView } from '@contract/recordings'
import type { MicrophoneTrouble } from '../../lib/sound/microphone'

/**
 * `arming`: the microphone is being opened. `finishing`: the last half second, and what is still on its way to the
 * disk. `waiting`: for texts. `done`: everything is where it belongs.
 */
export type Phase = 'idle' | 'arming' | 'recording' | 'finishing' | 'waiting' | 'failed' | 'done'

/** Why a dictation did not come about, or has no text. */
export type DictationTrouble =
  | { readonly kind: MicrophoneTrouble }
  /** The device went away, and there is no other: it ends with what there is. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'silent' }
  /** The daemon did not keep it; `fault` says why. */
  | { readonly kind: 'notKept'; readonly fault: Fault }
  | { readonly kind: 'unwritten'; readonly fault: Fault | null }

/** What is to be known while it goes on. */
export type DictationNotice =
  | { readonly kind: 'other'; readonly label: string }
  | { readonly kind: 'muted' }
  | { readonly kind: 'diskFull' }
  /** It is kept, but not as small as was wished. */
  | { readonly kind: 'unencoded' }

export interface DictationState {
  readonly phase: Phase
  readonly recordingId: RecordingId | null
  /** Whole seconds since the first sample. */
  readonly seconds: number
  readonly view: RecordingView | null
  readonly trouble: DictationTrouble | null
  readonly notice: DictationNotice | null
  /** Whether to throw it away is being asked. */
  readonly isAsking: boolean
  /** It was begun in another program. */
  readonly isElsewhere: boolean
  /** It was to be typed there, and could not be. */
  readonly isUntyped: boolean
  /** Dictations whose text nobody has taken, oldest first. */
  readonly left: readonly RecordingView[]
}

export const isOn = ({ phase }: Pick<DictationState, 'phase'>): boolean =>
  phase === 'arming' || phase === 'recording'

const isSettled = ({ state }: SegmentView): boolean =>
  state === 'heard' || state === 'silent' || state === 'failed'

/** No text comes any more by itself. */
export const isOver = (view: RecordingView): boolean =>
  view.state !== 'open' && view.segments.every(isSettled)

/** Texts are on their way, or a segment is: `open` is one whose page has gone, and that is being ended. */
export const isComing = (view: RecordingView): boolean =>
  view.state === 'open' || view.segments.some(({ state }) => state === 'transcribing')

/** Somebody breathed, or a key was struck: it was sent, and there were no words in it. */
const isWordless = ({ fault }: SegmentView): boolean =>
  fault?.code === 'provider_error' && fault.kind === 'no_text'

/** What could not be written down. No words among others that have some are no failure. */
export function failedSegment(view: RecordingView): SegmentView | undefined {
  const failed = view.segments.filter(({ state }) => state === 'failed')
  return wholeText(view) === '' ? failed[0] : failed.find((segment) => !isWordless(segment))
}

const textsOf = ({ segments }: RecordingView): readonly string[] =>
  segments.map(({ text = '' }) => text.trim()).filter((text) => text !== '')

/** Every text there is, also behind one that is missing. */
export const wholeText = (view: RecordingView): string => textsOf(view).join(' ')

/** So much of it is nobody's own words by chance. */
const unlikely = 16

/** What does not stand in a draft yet: the page before this one may have written the beginning there. */
export function restOf(view: RecordingView, draft: string): string {
  const texts = textsOf(view)
  for (let count = texts.length; count > 0; count -= 1) {
    const beginning = texts.slice(0, count).join(' ')
    if (beginning.length >= unlikely && draft.includes(beginning)) return texts.slice(count).join(' ')
  }
  return texts.join(' ')
}
