import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Listens with the recogniser of this machine (pocketsphinx): what it understood, maybe nothing; undefined where there
 * is none. `grammar`: a JSGF file of the sentences that may be said. It ends with the signal.
 */
export async function recognise(
  sound: Float32Array,
  grammar: string | undefined,
  gone: AbortSignal,
): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'kheish-demo-'))
  try {
    const file = join(folder, 'heard.wav')
    await writeFile(file, wavOf(sound))
    const given = ['-infile', file, '-logfn', '/dev/null', ...(grammar ? ['-jsgf', grammar] : [])]
    return await said('pocketsphinx_continuous', given, gone)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function said(program: string, given: readonly string[], gone: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, given, {
      stdio: ['ignore', 'pipe', 'ignore'],
      signal: gone,
      killSignal: 'SIGKILL',
    })
    let text = ''
    child.stdout.on('data', (piece: Buffer) => (text += piece.toString('utf8')))
    // Not there, or the client went away: nobody waits for words then.
    child.on('error', () => resolve(undefined))
    child.on('close', (code) => resolve(code === 0 ? text.replace(/\s+/g, ' ').trim() : undefined))
  })
}

/** Half as loud as can be at most: of what is louder the recogniser understands nothing at times. */
const loudest = 0.5

function wavOf(sound: Float32Array): Buffer {
  const peak = sound.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const scale = 32_767 * Math.min(1, loudest / peak)
  const bytes = Buffer.alloc(44 + sound.length * 2)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(36 + sound.length * 2, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(16_000, 24)
  bytes.writeUInt32LE(32_000, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(sound.length * 2, 40)
  sound.forEach((value, at) => bytes.writeInt16LE(Math.round(scale * value), 44 + at * 2))
  return bytes
}
