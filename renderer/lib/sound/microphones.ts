export interface MicrophoneChoice {
  readonly id: string
  /** Empty until the microphone may be used. */
  readonly label: string
}

/** Those that can be chosen, without the system's own choice, which is always there. */
export async function listMicrophones(): Promise<readonly MicrophoneChoice[]> {
  const devices = await navigator.mediaDevices.enumerateDevices()
  return devices
    .filter(
      ({ kind, deviceId }) => kind === 'audioinput' && !['', 'default', 'communications'].includes(deviceId),
    )
    .map(({ deviceId, label }) => ({ id: deviceId, label }))
}

/** Returns the undo. */
export function onMicrophones(changed: () => void): () => void {
  navigator.mediaDevices.addEventListener('devicechange', changed)
  return () => navigator.mediaDevices.removeEventListener('devicechange', changed)
}
