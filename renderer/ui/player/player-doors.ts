import { createContext, use, useCallback, useSyncExternalStore } from 'react'
import type { Sound } from '../../lib/sound/create-sound'
import type { Recording } from '../../lib/sound/recording'

/** What is known of the words of a recording. */
export type Transcript =
  | { readonly is: 'text'; readonly text: string; readonly isCut: boolean }
  | { readonly is: 'none' }
  | { readonly is: 'failed'; readonly title: string; readonly body: string }

/** What every player of the window shares. */
export interface PlayerDoors {
  readonly sound: Sound
  readonly speed: number
  readonly onSpeed: (speed: number) => void
  /** 1,000 values of 0 to 255; null where the recording can't be read. */
  readonly peaksOf: (recording: Recording) => Promise<Uint8Array | null>
  readonly transcriptOf: (id: Recording['asset_id']) => Promise<Transcript>
  /** It was written down, by whomever. Returns the undo. */
  readonly onTranscript: (id: Recording['asset_id'], changed: () => void) => () => void
  readonly transcribe: (id: Recording['asset_id']) => Promise<Transcript>
  readonly onSave: (id: Recording['asset_id']) => void
}

export const PlayerContext = createContext<PlayerDoors | null>(null)

export function usePlayer(): PlayerDoors {
  const doors = use(PlayerContext)
  if (!doors) throw new Error('A player was drawn where nothing can be played')
  return doors
}

/** How it is with one recording; drawn anew only when that changes. */
export function useSounding(sound: Sound, recording: Recording) {
  const id = recording.asset_id
  const subscribe = useCallback((changed: () => void) => sound.subscribe(changed), [sound])
  const isHere = (): boolean => sound.state().recording?.asset_id === id
  const known = (recording.duration_ms ?? 0) / 1000
  return {
    phase: useRead(subscribe, () => (isHere() ? sound.state().phase : 'paused')),
    place: useRead(subscribe, () => sound.placeOf(id)),
    duration: useRead(subscribe, () => (isHere() && sound.state().duration) || known),
    isLost: useRead(subscribe, () => isHere() && sound.state().isLost === true),
  }
}

/** The same where nothing is drawn on a screen. */
const useRead = <T>(subscribe: (changed: () => void) => () => void, read: () => T): T =>
  useSyncExternalStore(subscribe, read, read)
