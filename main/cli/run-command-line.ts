import { readFile, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { isatty } from 'node:tty'
import { exitCodes } from './exit-code'
import { runCommand } from './run-command'
import type { Look } from './look'
import type { ForkMedia, Keychain, Terminal } from './terminal'

export interface CommandLineNeeds {
  /** What stands behind `kheish`. */
  readonly words: readonly string[]
  readonly version: string
  readonly openKeychain: () => Keychain
  readonly forkMedia: ForkMedia
  readonly hashThread: string
}

/** Leaving takes this long at most, once a person has asked for it twice. */
const leavingMs = 2_000

/**
 * The `kheish` command on this process's terminal: in plain Node, and in the main process of a packaged app that was
 * started for a command. Answers the exit code when everything is written; the caller ends the process with it.
 */
export async function runCommandLine(needs: CommandLineNeeds): Promise<number> {
  const { words, version, openKeychain, forkMedia, hashThread } = needs
  const interrupts = new Set<() => void>()
  const interrupt = () => {
    for (const work of interrupts) work()
  }
  let unwritten: NodeJS.ErrnoException | undefined
  // A reader that has gone (`| head`) wants no more: the same as Ctrl-C, but no failure. A full disk is one.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (unwritten) return
    unwritten = error
    interrupt()
  })
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (!isGone(error)) throw error
  })

  let asked = 0
  const onSigint = () => {
    asked += 1
    if (asked === 2) setTimeout(() => process.exit(130), leavingMs).unref()
    interrupt()
  }
  const terminal: Terminal = {
    env: process.env,
    platform: process.platform,
    home: homedir(),
    version,
    look: lookOf(process.stdout, process.env),
    resolve: (path) => resolve(path),
    out: (text) => {
      if (!unwritten) process.stdout.write(text)
    },
    outBytes: (bytes) =>
      new Promise((done) => {
        if (unwritten) return done()
        process.stdout.write(bytes, () => done())
      }),
    err: (text) => void process.stderr.write(text),
    readInput: async () => (await readAll())?.toString(),
    readBytes: readAll,
    readFile: (path) => readFile(path, 'utf8'),
    readFileBytes: (path) => readFile(path),
    writeFile: (path, content) => writeFile(path, content, { mode: 0o600 }),
    onInterrupt(work) {
      if (interrupts.size === 0) process.on('SIGINT', onSigint)
      interrupts.add(work)
      return () => {
        interrupts.delete(work)
        if (interrupts.size === 0) process.off('SIGINT', onSigint)
      }
    },
    onTerminate(work) {
      process.on('SIGTERM', work).on('SIGHUP', work)
      return () => void process.off('SIGTERM', work).off('SIGHUP', work)
    },
    openKeychain,
    forkMedia,
    hashThread,
  }
  const code = await runCommand(words, terminal)
  await Promise.all([drained(process.stdout), drained(process.stderr)])
  if (!unwritten) return code
  if (isGone(unwritten)) return exitCodes.ok
  terminal.err(`kheish: The result could not be written (${unwritten.code ?? 'no reason given'}).\n`)
  return exitCodes.failed
}

function lookOf(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Look {
  const isScreen = isatty(1)
  const hasColour = isScreen && !env['NO_COLOR'] && env['TERM'] !== 'dumb'
  return { isScreen, hasColour, ...(isScreen ? { columns: stream.columns } : {}) }
}

async function readAll(): Promise<Buffer | undefined> {
  if (process.stdin.isTTY) return undefined
  const pieces: Buffer[] = []
  for await (const piece of process.stdin) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

const isGone = ({ code }: NodeJS.ErrnoException): boolean =>
  code === 'EPIPE' || code === 'EOF' || code === 'ERR_STREAM_DESTROYED'

/** What was written has left this process, or never will. */
const drained = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((done) => {
    if (stream.destroyed || !stream.writable) return done()
    stream.once('close', done)
    stream.write('', () => done())
  })
