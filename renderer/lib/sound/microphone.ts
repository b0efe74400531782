import { readTrack } from './read-track'

/** Why there is no sound. `busy`: the device is there, and another program or the system keeps it. */
export type MicrophoneTrouble = 'denied' | 'absent' | 'busy'

export interface Microphone {
  /** As the system names it. */
  readonly label: string
  /** It is not the one that was asked for, which isn't there. */
  readonly isOther: boolean
  close(): void
}

export interface MicrophoneHearers {
  /** Some frames of `frameLength` samples, in their order. */
  readonly onSound: (sound: Int16Array) => void
  /** The device is gone, or the system has taken it back. */
  readonly onGone: () => void
}

export type Opened =
  | { readonly ok: true; readonly microphone: Microphone }
  | { readonly ok: false; readonly trouble: MicrophoneTrouble }

/** Opens the device of this id, or the system's own choice where it is empty or gone. */
export async function openMicrophone(deviceId: string, hearers: MicrophoneHearers): Promise<Opened> {
  const found = await findStream(deviceId)
  if ('trouble' in found) return { ok: false, trouble: found.trouble }
  const { stream, isOther } = found
  const track = stream.getAudioTracks()[0]
  if (!track) return { ok: false, trouble: 'busy' }
  let isClosed = false
  const close = (): void => {
    isClosed = true
    for (const each of stream.getTracks()) each.stop()
  }
  const gone = (): void => {
    if (!isClosed) hearers.onGone()
  }
  readTrack(track, (sound) => isClosed || hearers.onSound(sound)).catch(gone)
  track.addEventListener('ended', gone)
  return { ok: true, microphone: { label: track.label, isOther, close } }
}

type Found =
  { readonly stream: MediaStream; readonly isOther: boolean } | { readonly trouble: MicrophoneTrouble }

async function findStream(deviceId: string): Promise<Found> {
  try {
    return { stream: await ask(deviceId), isOther: false }
  } catch (error) {
    const trouble = troubleOf(error)
    if (deviceId === '' || trouble === 'denied') return { trouble }
  }
  try {
    return { stream: await ask(''), isOther: true }
  } catch (error) {
    return { trouble: troubleOf(error) }
  }
}

const ask = (deviceId: string): Promise<MediaStream> =>
  navigator.mediaDevices.getUserMedia({
    audio: {
      ...(deviceId === '' ? {} : { deviceId: { exact: deviceId } }),
      channelCount: { ideal: 1 },
      // Speech at one loudness, without the answer that is being read aloud. What suppresses noise swallows soft words.
      echoCancellation: true,
      noiseSuppression: false,
      autoGainControl: true,
    },
  })

function troubleOf(error: unknown): MicrophoneTrouble {
  const name = error instanceof DOMException || error instanceof Error ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'absent' : 'busy'
}
