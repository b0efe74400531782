import { fault } from '@contract/fault'
import { daemonCallNames, type DaemonCallName } from '@contract/names'
import { Argument, type Command } from 'commander'
import { toJson } from './print'
import { Refused } from './session'
import { show, type Desk, type JsonOption } from './show'

/** `kheish call`: any call of the contract by its name, so that nothing is out of reach for want of a command. */
export function addCallCommand(program: Command, desk: Desk): void {
  program
    .command('call')
    .description('ask the daemon anything, in JSON')
    .addArgument(new Argument('<name>', 'a call of the contract').choices([...daemonCallNames]))
    .argument('[input]', 'its input, as JSON; - reads standard input', '{}')
    .addHelpText('after', helpOnCall)
    .action((name: DaemonCallName, input: string, options: JsonOption) =>
      show(
        desk,
        options,
        async ({ ask }) =>
          ask(name, asJson(input === '-' ? await desk.terminal.readInput() : input) as never),
        (value) => toJson(value ?? null),
      ),
    )
}

const helpOnCall = `
Examples:
  kheish call sessions.list '{"limit":1}'
  kheish call preferences.set '{"theme":"dark"}'
`

function asJson(text = ''): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refused(fault('call_refused', 'The input is not JSON.', {}))
  }
}
