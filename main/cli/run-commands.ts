import { randomUUID } from 'node:crypto'
import type { RunEvent, RunView } from '@contract/runs'
import { runStatuses } from '@contract/run-status'
import { Option, type Command } from 'commander'
import { addEvidenceCommands } from './evidence-commands'
import { costOf, durationOf, timeOf } from './figures'
import { isOver } from './follow-run'
import { oneLine, type Look } from './look'
import { toJsonLine } from './print'
import { numberOf } from './request-flags'
import { answerOfRun } from './answer-of-run'
import { Refused, type Session } from './session'
import { show, type Desk, type JsonOption } from './show'
import { nobodyToGoOn } from './submit-command'
import { facts, table } from './table'
import { withDaemon } from './with-daemon'
import { untilInterrupted } from './until-interrupted'

/** `kheish runs …`: single executions, past and present. */
export function addRunCommands(program: Command, desk: Desk): void {
  const runs = program.command('runs').description('single answers: their state, events and evidence')
  const { terminal } = desk
  const { look } = terminal

  runs
    .command('list')
    .description('show the newest runs')
    .option('--session <id>', 'of this chat only')
    .addOption(new Option('--status <status>', 'in this state only').choices([...runStatuses]))
    .option('--limit <count>', 'how many', numberOf, 20)
    .action(
      (
        options: JsonOption & {
          readonly session?: string
          readonly status?: RunView['status']
          readonly limit: number
        },
      ) =>
        show(
          desk,
          options,
          ({ ask }) =>
            ask('runs.list', { session_id: options.session, status: options.status, limit: options.limit }),
          (list) => runTable(look, list.runs),
        ),
    )

  runs
    .command('get <run>')
    .description('show a run: route, model, state, receipt')
    .option('--output', 'only the text of its answer, to the byte')
    .option('--skip-bytes <count>', 'with --output: leave out what is known already', numberOf, 0)
    .action(
      (run_id: string, options: JsonOption & { readonly output?: boolean; readonly skipBytes: number }) =>
        options.output
          ? show(
              desk,
              options,
              async (session) => ({ run_id, text: await answerOfRun(session, run_id) }),
              ({ text }) => Buffer.from(text).subarray(options.skipBytes).toString(),
            )
          : show(
              desk,
              options,
              ({ ask }) => ask('runs.get', { run_id }),
              (view) => runFacts(look, view),
            ),
    )

  runs
    .command('events <run>')
    .description('show what happened to a run, in order')
    .option('--follow', 'go on until it ends')
    .addHelpText('after', '\nWith --follow and --json each event is a line of its own.\n')
    .action((run_id: string, options: JsonOption & { readonly follow?: boolean }) =>
      options.follow
        ? desk.run(() =>
            withDaemon(terminal, (session) =>
              followEvents(session, run_id, terminal, (event) =>
                terminal.out(options.json ? toJsonLine(event) : eventLine(look, event)),
              ),
            ),
          )
        : show(
            desk,
            options,
            ({ ask }) => ask('runs.events', { run_id }),
            ({ events }) => events.map((event) => eventLine(look, event)).join(''),
          ),
    )

  runs
    .command('cancel <run>')
    .description('stop a run; what had arrived is kept')
    .action((run_id: string, options: JsonOption) =>
      show(
        desk,
        options,
        ({ ask }) => ask('runs.cancel', { run_id }),
        (view) => runFacts(look, view),
      ),
    )

  runs
    .command('retry <run>')
    .description('ask for another answer to the same message and print the id of its run')
    .option('--model <selector>', 'MODEL or ROUTE/MODEL; without it the same')
    .option('--provider <route>', 'route id')
    .action((run_id: string, options: JsonOption & { readonly model?: string; readonly provider?: string }) =>
      show(
        desk,
        options,
        async (session) => {
          if (session.isOwn) throw new Refused(nobodyToGoOn)
          const { model, provider } = options
          const split = await session.ask('runtime.parseSelector', { model, provider })
          const { run } = await session.ask('runs.retry', { run_id, idempotency_key: randomUUID(), ...split })
          return run
        },
        (view) => `${view.run_id}\n`,
      ),
    )

  addEvidenceCommands(runs, desk)
}

/** Tells each event of a run once, until it is over; answers the exit code. */
async function followEvents(
  session: Session,
  run_id: string,
  terminal: Desk['terminal'],
  tell: (event: RunEvent) => void,
): Promise<number> {
  let told = 0
  /** The list is short and append-only: whatever happened, it has it. */
  const read = async () => {
    const { events } = await session.ask('runs.events', { run_id })
    for (const event of events) {
      if (event.seq <= told) continue
      told = event.seq
      tell(event)
    }
    return isOver(await session.ask('runs.get', { run_id }))
  }
  return untilInterrupted(terminal, session, read, (event) =>
    'run' in event ? event.run?.run_id === run_id : false,
  )
}

const modelOf = ({ request }: RunView): string => `${request.provider}/${request.model}`

const runTable = (look: Look, runs: readonly RunView[]): string =>
  table(
    look,
    [
      { head: 'RUN', of: (run) => run.run_id },
      { head: 'SESSION', of: (run) => run.session_id },
      { head: 'STATUS', of: (run) => run.status },
      { head: 'MODEL', of: modelOf },
      { head: 'ASKED', of: (run) => run.request.text_preview, isFlexible: true },
      { head: 'COST', of: (run) => (run.receipt && costOf(run.receipt.cost)) ?? '', isNumber: true },
      { head: 'SUBMITTED', of: (run) => timeOf(look, run.submitted_at_ms) },
    ],
    runs,
    'no runs',
  )

function runFacts(look: Look, run: RunView): string {
  const { receipt, error } = run
  const took =
    run.finished_at_ms === undefined || run.started_at_ms === undefined
      ? undefined
      : durationOf(run.finished_at_ms - run.started_at_ms)
  return facts(look, [
    ['run', run.run_id],
    ['session', run.session_id],
    ['status', run.progress ? `${run.status} (${run.progress})` : run.status],
    ['asked', run.request.text_preview],
    ['route', run.request.provider],
    ['model', run.request.model],
    ['fallback', run.request.fallback_model],
    ['served by', receipt && [receipt.served_model, receipt.served_provider].filter(Boolean).join(' · ')],
    ['tokens', receipt && tokensOf(receipt)],
    ['cost', receipt && costOf(receipt.cost)],
    ['submitted', timeOf(look, run.submitted_at_ms)],
    ['took', took],
    ['place in queue', run.queued_position?.toString()],
    ['error', error && `${error.detail} (${error.code})`],
  ])
}

const tokensOf = ({ prompt_tokens, completion_tokens }: NonNullable<RunView['receipt']>) =>
  completion_tokens === undefined ? undefined : `${prompt_tokens ?? 0} + ${completion_tokens}`

function eventLine(look: Look, { seq, at_ms, kind, data }: RunEvent): string {
  const more = data ? `  ${oneLine(JSON.stringify(data))}` : ''
  return `${String(seq).padStart(3)}  ${timeOf(look, at_ms)}  ${kind}${more}\n`
}
