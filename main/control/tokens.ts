import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { closeSync, constants, fstatSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fault } from '@contract/fault'
import { Failure } from '../daemon/core/failure'

export type Verdict = 'ok' | 'missing' | 'wrong' | 'expired'

export interface Tokens {
  /** Looks into the file each time: a line that was taken out opens nothing any more. */
  check(authorization: string | undefined): Verdict
}

interface Line {
  readonly hash: Buffer
  /** From then on it opens nothing. */
  readonly expires_at_ms: number
}

const largestFile = 64 * 1024
const fewestCharacters = 32
const fewestDifferent = 10

/**
 * The bearer tokens of a port: one a line, with a date behind it when it ends some day (`TOKEN 2027-01-31`); `#` begins
 * a remark. A file that is not there is made, with one token of 32 random bytes. Throws `bind_refused` when others could
 * read it, or a token could be guessed.
 */
export function openTokens(file: string, now: () => number = Date.now): Tokens {
  provide(file)
  if (readLines(file).length === 0) throw refused('it holds no token')
  return {
    check(authorization) {
      const given = /^Bearer +([\x21-\x7e]{1,1024})$/i.exec(authorization ?? '')?.[1]
      if (given === undefined) return 'missing'
      const hash = hashed(given)
      let verdict: Verdict = 'wrong'
      for (const line of linesOrNone(file)) {
        // No early end: how long it takes says nothing about where it is.
        if (timingSafeEqual(line.hash, hash)) verdict = line.expires_at_ms > now() ? 'ok' : 'expired'
      }
      return verdict
    },
  }
}

function provide(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw systemSays(error)
  }
}

/** A file that is not fit any more opens nothing. */
function linesOrNone(file: string): readonly Line[] {
  try {
    return readLines(file)
  } catch {
    return []
  }
}

function readLines(file: string): readonly Line[] {
  return readOwn(file)
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '')
    .map(readLine)
}

function readOwn(file: string): string {
  const handle = open(file)
  try {
    const found = fstatSync(handle)
    if (!found.isFile() || found.size > largestFile) throw refused('it is no small file')
    const isOthers = process.platform !== 'win32' && (found.mode & 0o077 || found.uid !== process.getuid?.())
    if (isOthers) throw refused('it must belong to you and be readable for you alone (chmod 600)')
    return readFileSync(handle, 'utf8')
  } finally {
    closeSync(handle)
  }
}

function open(file: string): number {
  try {
    // A pipe without a writer would hold everything up.
    return openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    throw systemSays(error)
  }
}

function readLine(line: string): Line {
  const [token = '', date, ...more] = line.split(/\s+/)
  const expires_at_ms = date === undefined ? Infinity : Date.parse(date)
  if (more.length > 0 || Number.isNaN(expires_at_ms)) throw refused('a line is not “TOKEN” or “TOKEN DATE”')
  if (token.length < fewestCharacters || new Set(token).size < fewestDifferent)
    throw refused(`a token could be guessed; give it ${fewestCharacters} random characters or more`)
  return { hash: hashed(token), expires_at_ms }
}

const hashed = (token: string) => createHash('sha256').update(token).digest()

const systemSays = (error: unknown) =>
  refused(`the system says ${(error as NodeJS.ErrnoException).code ?? 'no'}`, error)

const refused = (why: string, cause?: unknown) =>
  new Failure(fault('bind_refused', `The file of tokens can’t be used: ${why}.`), { cause })
