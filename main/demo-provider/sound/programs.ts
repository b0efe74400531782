import { execFile } from 'node:child_process'
import { access, constants, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { fromWav, toWav, type Sound } from './samples'

const run = promisify(execFile)
const found = new Map<string, Promise<string | undefined>>()

/** Where a program of that name is, among the folders of the PATH; looked up once. */
export function programOf(name: string): Promise<string | undefined> {
  const known = found.get(name)
  if (known) return known
  const looking = look(name)
  found.set(name, looking)
  return looking
}

async function look(name: string): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, name)
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (folder !== '' && isThere) return path
  }
  return undefined
}

const fliteVoices = ['slt', 'rms', 'awb', 'kal16']

/** Speaks English words with flite; undefined where there is none, or where it can't say this. */
export async function speakWithFlite(text: string, voice: number, speed: number): Promise<Sound | undefined> {
  const flite = /[a-z0-9]/i.test(text) ? await programOf('flite') : undefined
  if (flite === undefined) return undefined
  return inFolder(async (folder) => {
    const [said, file] = [join(folder, 'text'), join(folder, 'speech.wav')]
    // From a file: a text that begins with a hyphen is no option.
    await writeFile(said, text.replaceAll('\0', ' '))
    const stretch = (1 / speed).toFixed(3)
    const name = fliteVoices[voice % fliteVoices.length] ?? 'slt'
    await run(flite, ['-voice', name, '--setf', `duration_stretch=${stretch}`, '-f', said, '-o', file])
    const sound = fromWav(await readFile(file))
    return sound.samples.length > 0 ? sound : undefined
  })
}

/** Packs it with LAME at a constant rate; undefined where there is none. */
export async function packWithLame(sound: Sound): Promise<Buffer | undefined> {
  const lame = await programOf('lame')
  if (lame === undefined) return undefined
  return inFolder(async (folder) => {
    const [plain, packed] = [join(folder, 'speech.wav'), join(folder, 'speech.mp3')]
    await writeFile(plain, toWav(sound))
    await run(lame, ['--quiet', '-t', '--cbr', '-b', '64', '-m', 'm', '--resample', '24', plain, packed])
    return readFile(packed)
  })
}

/** A folder for a moment; whatever goes wrong in it means that the program can't do it. */
async function inFolder<T>(work: (folder: string) => Promise<T | undefined>): Promise<T | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'kheish-demo-'))
  try {
    return await work(folder)
  } catch {
    return undefined
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
