import type { Command } from 'commander'
import { openControl } from '../control/open-control'
import { startDaemon } from '../daemon/index'
import { portsOf } from './daemon-ports'
import { exitCodes } from './exit-code'
import { toJsonLine } from './print'
import { orRefuse } from './session'
import type { Desk, JsonOption } from './show'
import type { Terminal } from './terminal'

/** `kheish serve`: the daemon of the app without its window, until it is asked to end. */
export function addServeCommand(program: Command, { terminal, run }: Desk): void {
  program
    .command('serve')
    .description('serve this folder without a window, for the commands and windows of this computer')
    .addHelpText('after', helpOnServe)
    .action((options: JsonOption) => run(() => serve(terminal, options)))
}

const helpOnServe = `
Ctrl-C or SIGTERM ends it: what runs ends as interrupted with every byte kept,
what is queued stays queued. One daemon serves a folder; a second start exits 6.
With --json it prints one line as soon as it can be asked.
`

async function serve(terminal: Terminal, { json }: JsonOption): Promise<number> {
  const ports = portsOf(terminal)
  const asked = new Promise<void>((resolve) => {
    terminal.onInterrupt(resolve)
    terminal.onTerminate(resolve)
  })
  const keychain = terminal.openKeychain()
  try {
    const daemon = await orRefuse(() => startDaemon({ ...ports, keychain, publish: () => undefined }))
    try {
      const { stateRoot, version } = ports
      const control = await orRefuse(() => openControl({ daemon, stateRoot, version }))
      const state = daemon.state()
      const said = { state_root: stateRoot, socket: control.address, pid: process.pid, version, state }
      terminal.out(json ? toJsonLine(said) : `Kheish ${version} serves ${stateRoot}\nat ${control.address}\n`)
      if (!json) terminal.err(troubleOf(state))
      await asked
      await control.stop(() => daemon.stop())
    } finally {
      await daemon.stop()
    }
  } finally {
    await keychain.close()
  }
  return exitCodes.ok
}

/** It serves all the same: that is how the trouble is mended. */
function troubleOf(state: ReturnType<Awaited<ReturnType<typeof startDaemon>>['state']>): string {
  if (state.phase === 'setup')
    return `kheish: the route ${state.route_id} has no key yet: kheish secrets set ${state.slot_id} --from-env OPENROUTER_API_KEY\n`
  return state.phase === 'repair' || state.phase === 'failed' ? `kheish: ${state.fault.detail}\n` : ''
}
