import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { environmentOf, type LaunchOptions } from './launch-app'

const program = join(import.meta.dirname, '../../out/main/kheish.js')

/** A `kheish` command that runs. */
export interface RunningCommand {
  readonly child: ChildProcess
  readonly out: () => string
  readonly err: () => string
  /** The exit code, or the signal's name. */
  readonly ended: Promise<number | string>
}

/** Starts the built command on the state root of `options`, with nothing typed into it. */
export function startCommand(
  words: readonly string[],
  options: LaunchOptions & { readonly stateRoot: string },
): RunningCommand {
  const child = spawn(process.execPath, [program, ...words], {
    env: environmentOf(options, options.stateRoot),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const ended = new Promise<number | string>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'))
  })
  return { child, out: () => out, err: () => err, ended }
}

/** Runs a command to its end. */
export async function kheish(
  words: readonly string[],
  options: LaunchOptions & { readonly stateRoot: string },
): Promise<{ readonly code: number | string; readonly out: string; readonly err: string }> {
  const running = startCommand(words, options)
  const code = await running.ended
  return { code, out: running.out(), err: running.err() }
}
