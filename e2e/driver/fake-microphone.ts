import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Arguments of an app whose microphone plays this WAV (16-bit PCM) from the moment it is opened, then silence. */
export function fakeMicrophone(wav: Uint8Array, { again = false } = {}): readonly string[] {
  const file = join(mkdtempSync(join(tmpdir(), 'kheish-microphone-')), 'microphone.wav')
  writeFileSync(file, wav)
  return [
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${file}${again ? '' : '%noloop'}`,
  ]
}
