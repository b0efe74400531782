import { join } from 'node:path'
import { fault } from '@contract/fault'
import type { Command } from 'commander'
import { openControl } from '../control/open-control'
import { startDaemon } from '../daemon/index'
import { portsOf, stateRootOf } from './daemon-ports'
import { exitCodes } from './exit-code'
import { toJsonLine } from './print'
import { orRefuse, Refused } from './session'
import type { Desk, JsonOption } from './show'
import type { Terminal } from './terminal'

interface ServeOptions extends JsonOption {
  readonly bind?: string
  readonly tokenFile?: string
  readonly allowRemote?: boolean
}

/** `kheish serve`: the daemon of the app without its window, until it is asked to end. */
export function addServeCommand(program: Command, { terminal, run }: Desk): void {
  program
    .command('serve')
    .description('serve this folder without a window, for the commands and windows of this computer')
    .option('--bind <address>', 'a port too, for instance 127.0.0.1:4000')
    .option(
      '--token-file <file>',
      'who may ask there; made when it is not there (default: tokens in the folder)',
    )
    .option('--allow-remote', 'with --bind: other computers may ask, unencrypted')
    .addHelpText('after', helpOnServe)
    .action((options: ServeOptions) => run(() => serve(terminal, options)))
}

const helpOnServe = `
Ctrl-C or SIGTERM ends it: what runs ends as interrupted with every byte kept,
what is queued stays queued. One daemon serves a folder; a second start exits 6.
With --json it prints one line as soon as it can be asked.

Examples:
  kheish serve
  kheish serve --bind 127.0.0.1:4000 --token-file ~/.kheish-tokens
  curl -H "Authorization: Bearer $(head -n 1 ~/.kheish-tokens)" http://127.0.0.1:4000/v1/status
`

async function serve(terminal: Terminal, options: ServeOptions): Promise<number> {
  const { json } = options
  const ports = portsOf(terminal)
  const tcp = options.bind === undefined ? undefined : portOf(terminal, options.bind, options)
  const asked = new Promise<void>((resolve) => {
    terminal.onInterrupt(resolve)
    terminal.onTerminate(resolve)
  })
  const keychain = terminal.openKeychain()
  try {
    const daemon = await orRefuse(() => startDaemon({ ...ports, keychain, publish: () => undefined }))
    try {
      const { stateRoot, version } = ports
      const control = await orRefuse(() =>
        openControl({ daemon, stateRoot, version, ...(tcp ? { tcp } : {}) }),
      )
      const state = daemon.state()
      const url = control.tcp && urlOf(control.tcp)
      const said = { state_root: stateRoot, socket: control.address, url, token_file: tcp?.tokenFile }
      terminal.out(
        json
          ? toJsonLine({ ...said, pid: process.pid, version, state })
          : `Kheish ${version} serves ${stateRoot}\nat ${[control.address, url].filter(Boolean).join('\nand ')}\n`,
      )
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

function portOf(terminal: Terminal, bind: string, { tokenFile, allowRemote = false }: ServeOptions) {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/u.exec(bind) ?? []
  const host = bracketed ?? plain
  if (host === undefined || Number(port) > 65_535)
    throw new Refused(
      fault('bind_refused', 'Say where to listen as ADDRESS:PORT, for instance 127.0.0.1:4000.'),
    )
  const file = tokenFile === undefined ? join(stateRootOf(terminal), 'tokens') : terminal.resolve(tokenFile)
  return { host, port: Number(port), tokenFile: file, allowRemote }
}

const urlOf = ({ host, port }: { readonly host: string; readonly port: number }): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`

/** It serves all the same: that is how the trouble is mended. */
function troubleOf(state: ReturnType<Awaited<ReturnType<typeof startDaemon>>['state']>): string {
  if (state.phase === 'setup')
    return `kheish: the route ${state.route_id} has no key yet: kheish secrets set ${state.slot_id} --from-env OPENROUTER_API_KEY\n`
  return state.phase === 'repair' || state.phase === 'failed' ? `kheish: ${state.fault.detail}\n` : ''
}
