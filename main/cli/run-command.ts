import { fault } from '@contract/fault'
import type { Fault } from '@contract/fault'
import { CommanderError } from 'commander'
import { reportSurprise } from '../daemon/index'
import { createProgram } from './create-program'
import { stateRootOf } from './daemon-ports'
import { exitCodeOf, exitCodes } from './exit-code'
import { faultLine, toJson } from './print'
import { Refused } from './session'
import type { Run, Terminal } from './terminal'

/** Runs the `kheish` command with these words and answers its exit code. Never throws, never ends the process. */
export async function runCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  let code: number = exitCodes.ok
  const run: Run = async (work) => {
    code = (await work()) ?? exitCodes.ok
  }
  const refuse = (why: Fault): number => {
    terminal.err(words.includes('--json') ? toJson(why) : faultLine(why))
    return exitCodeOf(why)
  }
  try {
    await createProgram({ terminal, run }).parseAsync(words, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help and version were asked for and are on standard output already.
      if (error.exitCode === 0) return exitCodes.ok
      return refuse(fault('call_refused', sentenceOf(error), {}))
    }
    if (error instanceof Refused) return refuse(error.fault)
    const ref = await reportSurprise(stateRootOf(terminal), error)
    return refuse(fault('bug', `Something broke inside Kheish. The log has it as ${ref}.`, { ref }))
  }
}

function sentenceOf(error: CommanderError): string {
  if (error.code === 'commander.help') return 'Say what to do; kheish --help lists the commands.'
  const words = error.message.replace(/^error: /u, '').replace(/\s*\n\s*/gu, ' ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.?!)]$/u.test(words) ? '' : '.'}`
}
