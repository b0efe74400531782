import type { Sound } from './create-sound'

/** Seconds for one press of a key that goes back or forth. */
export const soundStep = 5

/** The keys of the keyboard and the desktop's own player: what plays, how far it is, and what they may do. */
export function speakToSystem(sound: Sound): void {
  const session = typeof navigator === 'undefined' ? undefined : navigator.mediaSession
  if (!session) return
  const now = (): ReturnType<Sound['state']>['recording'] => sound.state().recording
  const move = (by: number): void => {
    const recording = now()
    if (recording) sound.seek(recording, sound.placeOf(recording.asset_id) + by)
  }
  const handlers: Partial<Record<MediaSessionAction, MediaSessionActionHandler>> = {
    play: () => {
      const recording = now()
      if (recording) sound.play(recording)
    },
    pause: () => sound.pause(),
    stop: () => sound.pause(),
    seekbackward: ({ seekOffset }) => move(-(seekOffset ?? soundStep)),
    seekforward: ({ seekOffset }) => move(seekOffset ?? soundStep),
    seekto: ({ seekTime }) => {
      const recording = now()
      if (recording && seekTime !== undefined) sound.seek(recording, seekTime)
    },
  }
  for (const [action, handler] of Object.entries(handlers))
    session.setActionHandler(action as MediaSessionAction, handler)
  let told = { id: '', phase: '' }
  sound.subscribe(() => {
    const { recording, phase, duration } = sound.state()
    const id = recording?.asset_id ?? ''
    if (id !== told.id) session.metadata = recording && new MediaMetadata({ title: recording.file_name })
    if (phase === told.phase && id === told.id) return
    told = { id, phase }
    session.playbackState = phase === 'playing' || phase === 'loading' ? 'playing' : 'paused'
    const position = sound.placeOf(id)
    if (duration > 0) session.setPositionState({ duration, position: Math.min(position, duration) })
  })
}
