import { spawn } from 'node:child_process'

/** Where the system lets people allow a microphone: an address of its settings, or programs one of which may be there. */
export function microphoneSettings(
  platform: NodeJS.Platform,
  find: (program: string) => string | undefined,
):
  { readonly address: string } | { readonly program: string; readonly words: readonly string[] } | undefined {
  if (platform === 'darwin')
    return { address: 'x-apple.systempreferences:com.apple.preference.security?Privacy_Microphone' }
  if (platform === 'win32') return { address: 'ms-settings:privacy-microphone' }
  for (const [name, ...words] of linuxPrograms) {
    const program = find(name)
    if (program !== undefined) return { program, words }
  }
  return undefined
}

/** Desktops of Linux ask nobody for leave: what there is chooses and mutes devices. */
const linuxPrograms = [
  ['gnome-control-center', 'sound'],
  ['systemsettings', 'kcm_pulseaudio'],
  ['systemsettings5', 'kcm_pulseaudio'],
  ['cinnamon-settings', 'sound'],
  ['mate-volume-control'],
  ['pavucontrol'],
] as const

/** Opens it; false where there is no such place. */
export async function openMicrophoneSettings(
  place: ReturnType<typeof microphoneSettings>,
  openAddress: (address: string) => Promise<void>,
): Promise<boolean> {
  if (!place) return false
  if ('address' in place)
    return openAddress(place.address).then(
      () => true,
      () => false,
    )
  return new Promise((resolve) => {
    const child = spawn(place.program, place.words, { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
