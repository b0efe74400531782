import { mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import pino from 'pino'
import { createStream } from 'rotating-file-stream'
import type { Log } from '../ports/log'

interface Needs {
  /** Absolute; made when the first line is written. */
  readonly folder: string
  readonly newRef: () => string
  /** Takes secrets out of a value of any shape; everything passes through it. */
  readonly scrub: (value: unknown) => unknown
}

/** JSON lines in `<folder>/kheish.log`, turned over at 5 MB, six kept. Opening it is left to the first line. */
export function createLog({ folder, newRef, scrub }: Needs): {
  readonly log: Log
  /** Removes every line there is. */
  clear(): Promise<void>
  close(): Promise<void>
} {
  let open: { readonly logger: pino.Logger; readonly stream: ReturnType<typeof createStream> } | undefined
  let isClosed = false

  function logger(): pino.Logger | undefined {
    if (isClosed) return undefined
    open ??= openLog(folder)
    return open.logger
  }
  const clean = (facts: object | undefined) => scrub(facts ?? {}) as object

  return {
    log: {
      info: (tag, facts) => logger()?.info(clean(facts), tag),
      warn: (tag, facts) => logger()?.warn(clean(facts), tag),
      surprise(error) {
        const ref = newRef()
        logger()?.error(clean({ ref, ...described(error) }), 'surprise')
        return ref
      },
    },
    async clear() {
      const wasClosed = isClosed
      isClosed = true
      await ended(open?.stream)
      open = undefined
      await rm(folder, { recursive: true, force: true })
      isClosed = wasClosed
    },
    async close() {
      isClosed = true
      await ended(open?.stream)
    },
  }
}

const ended = (stream: ReturnType<typeof createStream> | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (stream) stream.end(() => resolve())
    else resolve()
  })

function openLog(folder: string) {
  makeFolder(folder)
  const stream = createStream('kheish.log', { path: folder, size: '5M', maxFiles: 6, mode: 0o600 })
  // A full or vanished disk must not end the daemon.
  stream.on('error', () => undefined)
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream)
  return { logger, stream }
}

/** Where there can be none, the stream says so again, and is not heard. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch {
    // A log that can't be written must not end the daemon either.
  }
}

/** Name, place and cause of an error. Words that somebody else chose stay out: a parser's error quotes its input. */
function described(error: unknown): object {
  if (!(error instanceof Error)) return { thrown: typeof error }
  const cause = error.cause === undefined ? {} : { cause: described(error.cause) }
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    name: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    message: error.message.replace(quoted, (found, _, words: string) =>
      mayQuote(error, words) ? found : `<${found.length - 2} characters>`,
    ),
    stack: places.join('\n'),
    ...cause,
  }
}

const quoted = /(["'`])((?:(?!\1)[\s\S])*)\1/g

/** The system names files, the language names fields; whoever else quotes, quotes what somebody wrote. */
function mayQuote(error: Error, words: string): boolean {
  if ('code' in error) return /^[\w.:@/<>\\ -]{0,300}$/.test(words) && /[/\\<]/.test(words)
  return /^(?:Type|Reference|Range)Error$/.test(error.name) && /^[\w$.]{0,64}$/.test(words)
}
