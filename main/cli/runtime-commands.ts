import type { Command } from 'commander'
import { helpOnSelectors } from './help'
import { runtimeLines, toJson } from './print'
import type { Run, Terminal } from './terminal'
import { refuseRepair, withDaemon } from './with-daemon'

/** `kheish runtime …`: routes and models in force (contract 13.1). */
export function addRuntimeCommands(program: Command, terminal: Terminal, run: Run): void {
  const runtime = program.command('runtime').description('routes and models in force')

  runtime
    .command('get')
    .description('show what is in force')
    .option('--json', 'answer as JSON')
    .action((options: { readonly json?: boolean }) =>
      run(async () => {
        const view = await withDaemon(terminal, async (session) => {
          refuseRepair(session.state())
          return session.ask('runtime.get', {})
        })
        terminal.out(options.json ? toJson(view) : runtimeLines(view))
      }),
    )

  runtime
    .command('set-model <selector>')
    .description('choose the default route and its model: MODEL or ROUTE/MODEL')
    .option('--provider <route>', 'route id')
    .option('--json', 'answer as JSON')
    .addHelpText('after', helpOnSelectors)
    .action((model: string, options: { readonly provider?: string; readonly json?: boolean }) =>
      run(async () => {
        const view = await withDaemon(terminal, async (session) => {
          refuseRepair(session.state())
          return session.ask('runtime.setModel', { model, provider: options.provider })
        })
        terminal.out(options.json ? toJson(view) : runtimeLines(view))
      }),
    )
}
