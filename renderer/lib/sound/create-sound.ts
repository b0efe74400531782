import { speakToSystem } from './media-keys'
import { soundUri, type Recording } from './recording'

/** `refused`: the window may not play before somebody does something; a press on Play will do. */
export type SoundPhase = 'loading' | 'playing' | 'paused' | 'refused' | 'failed'

/** Of the recording that is in the one place where something plays. */
export interface SoundState {
  readonly recording: Recording | null
  readonly phase: SoundPhase
  /** Seconds; 0 while nothing is known. */
  readonly duration: number
  /** Of one that failed: its bytes are not to be had. */
  readonly isLost?: boolean
}

/** All that sounds in this window: one recording at a time, whoever shows it. */
export interface Sound {
  state(): SoundState
  /** Seconds into a recording: of the one that plays, or where it was left. */
  placeOf(id: string): number
  /** Told of every change, also of the place. */
  subscribe(changed: () => void): () => void
  /** From where it was left, or from the beginning if it was at its end. Whatever plays is paused. */
  play(recording: Recording): void
  pause(): void
  seek(recording: Recording, seconds: number): void
  /** 0.5 to 3. */
  setSpeed(speed: number): void
  /** A recording was heard to its end. */
  onEnded(ended: (id: string) => void): () => void
}

/** How near to the end counts as the end, in seconds. */
const atEnd = 0.05

/** The element is made when something is to be heard for the first time. */
export function createSound(make: () => HTMLAudioElement = newElement, isThere = canBeRead): Sound {
  let made: HTMLAudioElement | undefined
  const element = (): HTMLAudioElement => (made ??= listenTo(make()))
  let state: SoundState = { recording: null, phase: 'paused', duration: 0 }
  let speed = 1
  const places = new Map<string, number>()
  const hearers = new Set<() => void>()
  const enders = new Set<(id: string) => void>()
  const tell = (): void => hearers.forEach((hear) => hear())
  const become = (change: Partial<SoundState>): void => {
    state = { ...state, ...change }
    tell()
  }
  const idNow = (): string | undefined => state.recording?.asset_id
  const keepPlace = (): void => {
    const id = idNow()
    // Before anything is loaded the element stands at 0 and knows nothing of where it will begin.
    if (id !== undefined && made && made.readyState > 0) places.set(id, made.currentTime)
  }
  const knownLength = (): number =>
    made && Number.isFinite(made.duration) ? made.duration : (state.recording?.duration_ms ?? 0) / 1000

  function load(recording: Recording): void {
    keepPlace()
    const audio = element()
    state = { recording, phase: 'loading', duration: (recording.duration_ms ?? 0) / 1000 }
    audio.src = soundUri(recording.asset_id)
    audio.defaultPlaybackRate = speed
    audio.playbackRate = speed
  }

  function play(recording: Recording): void {
    const audio = element()
    if (idNow() !== recording.asset_id || state.phase === 'failed') load(recording)
    const end = knownLength()
    const place = places.get(recording.asset_id) ?? 0
    if (end > 0 && place >= end - atEnd) seekTo(recording.asset_id, 0)
    become({ phase: audio.readyState >= 3 ? 'playing' : 'loading' })
    audio.play().catch((error: unknown) => {
      if (idNow() !== recording.asset_id || !(error instanceof DOMException)) return
      if (error.name === 'NotAllowedError') become({ phase: 'refused' })
    })
  }

  function seekTo(id: string, seconds: number): void {
    places.set(id, seconds)
    if (idNow() === id && made && made.readyState > 0) made.currentTime = seconds
  }

  function listenTo(audio: HTMLAudioElement): HTMLAudioElement {
    audio.addEventListener('loadedmetadata', () => {
      const place = places.get(idNow() ?? '') ?? 0
      if (place > 0) audio.currentTime = place
      become({ duration: knownLength() })
    })
    audio.addEventListener('durationchange', () => become({ duration: knownLength() }))
    audio.addEventListener('waiting', () => state.phase === 'playing' && become({ phase: 'loading' }))
    audio.addEventListener('playing', () => become({ phase: 'playing' }))
    audio.addEventListener('timeupdate', () => {
      keepPlace()
      tell()
    })
    audio.addEventListener('pause', () => {
      if (state.phase === 'playing' || state.phase === 'loading') become({ phase: 'paused' })
    })
    audio.addEventListener('ended', () => {
      const id = idNow()
      keepPlace()
      become({ phase: 'paused' })
      if (id !== undefined) enders.forEach((each) => each(id))
    })
    audio.addEventListener('error', () => {
      if (state.recording === null) return
      const { asset_id } = state.recording
      become({ phase: 'failed' })
      void isThere(asset_id).then((isFound) => {
        if (!isFound && idNow() === asset_id && state.phase === 'failed') become({ isLost: true })
      })
    })
    return audio
  }

  const sound: Sound = {
    state: () => state,
    placeOf: (id) => places.get(id) ?? 0,
    subscribe: added(hearers),
    onEnded: added(enders),
    play,
    pause() {
      made?.pause()
      become({ phase: state.phase === 'failed' ? 'failed' : 'paused' })
    },
    seek(recording, seconds) {
      const known = (recording.duration_ms ?? 0) / 1000
      const end = idNow() === recording.asset_id && state.duration > 0 ? state.duration : known
      seekTo(recording.asset_id, Math.max(0, end > 0 ? Math.min(seconds, end) : seconds))
      tell()
    },
    setSpeed(next) {
      speed = next
      if (made) Object.assign(made, { defaultPlaybackRate: next, playbackRate: next })
    },
  }
  speakToSystem(sound)
  return sound
}

const added =
  <T>(to: Set<T>) =>
  (each: T): (() => void) => {
    to.add(each)
    return () => to.delete(each)
  }

/** The element tells a file that is gone from one that it can't decode by words alone. */
const canBeRead = async (id: string): Promise<boolean> => {
  const answer = await fetch(soundUri(id), { method: 'HEAD' }).catch(() => null)
  return answer === null || answer.ok
}

/** Part of the page and never seen: it plays on whatever is scrolled away or closed. */
function newElement(): HTMLAudioElement {
  const audio = document.createElement('audio')
  audio.preload = 'metadata'
  audio.hidden = true
  document.body.append(audio)
  return audio
}
