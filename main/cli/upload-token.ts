import { fault } from '@contract/fault'
import type { Command } from 'commander'
import { Refused } from './session'
import type { Terminal } from './terminal'

export interface TokenOptions {
  readonly tokenFromEnv?: string
  readonly tokenStdin?: boolean
}

/** Where an upload token comes from. Never an argument: those are in the list of processes and in a shell's history. */
export const addTokenFlags = (command: Command): Command =>
  command
    .option('--token-from-env <name>', 'take the upload token from an environment variable')
    .option('--token-stdin', 'take the upload token from standard input')

/** Fault: `source_invalid` (`upload_token`). */
export async function uploadTokenOf(
  terminal: Terminal,
  { tokenFromEnv, tokenStdin }: TokenOptions,
): Promise<string> {
  if ((tokenFromEnv === undefined) !== (tokenStdin === true))
    throw missing('Give exactly one of --token-from-env and --token-stdin.')
  if (tokenFromEnv !== undefined) {
    const value = Object.hasOwn(terminal.env, tokenFromEnv) ? terminal.env[tokenFromEnv] : undefined
    if (value === undefined) throw missing('This environment variable is not set.')
    return value
  }
  const piped = await terminal.readInput()
  if (piped === undefined) throw missing('Nothing was piped in.')
  return piped.replace(/\r?\n$/u, '')
}

const missing = (detail: string) => new Refused(fault('source_invalid', detail, { field: 'upload_token' }))
