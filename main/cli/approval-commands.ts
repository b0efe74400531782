import { approvalDecisions, type Approval, type ApprovalDecision } from '@contract/permissions'
import { fault } from '@contract/fault'
import { Option, type Command } from 'commander'
import { timeOf } from './figures'
import type { Look } from './look'
import { numberOf } from './request-flags'
import { Refused, type Session } from './session'
import { show, type Desk, type JsonOption } from './show'
import { nobodyToGoOn } from './submit-command'
import { table } from './table'

interface ListOptions extends JsonOption {
  readonly session?: string
  readonly run?: string
  readonly all?: boolean
  readonly limit: number
}
interface ResolveOptions extends JsonOption {
  readonly decision: ApprovalDecision
  readonly run?: string
}

/** `kheish approvals …`: tool calls that wait until somebody decides (contract 9.8). */
export function addApprovalCommands(program: Command, desk: Desk): void {
  const approvals = program.command('approvals').description('tool calls that wait for somebody to decide')
  const { look } = desk.terminal

  approvals
    .command('list')
    .description('show what waits, newest last')
    .option('--session <id>', 'of this chat only')
    .option('--run <run>', 'of this run only')
    .option('--all', 'what was decided, too')
    .option('--limit <count>', 'how many', numberOf, 100)
    .action((options: ListOptions) =>
      show(
        desk,
        options,
        ({ ask }) =>
          ask('approvals.list', {
            session_id: options.session,
            run_id: options.run,
            status: options.all ? 'all' : 'pending',
            limit: options.limit,
          }),
        (list) => approvalTable(look, list.approvals, options.all ? 'no approvals' : 'nothing waits'),
      ),
    )

  approvals
    .command('resolve [approval...]')
    .description('decide calls of one run, all of them or none; the run goes on when nothing waits any more')
    .addOption(
      new Option('--decision <decision>', 'what they may')
        .choices([...approvalDecisions])
        .makeOptionMandatory(),
    )
    .option('--run <run>', 'everything that waits in this run, in place of ids')
    .addHelpText('after', helpOnResolve)
    .action((ids: readonly string[], options: ResolveOptions) =>
      show(
        desk,
        options,
        async (session) => {
          if (session.isOwn) throw new Refused(nobodyToGoOn)
          const { decision } = options
          const resolutions = (await idsOf(session, ids, options)).map((approval_id) => ({
            approval_id,
            decision,
          }))
          return session.ask('approvals.resolve', { resolutions })
        },
        ({ approvals: decided, run }) =>
          `${approvalTable(look, decided, 'nothing waited')}${run.run_id} is ${run.status}\n`,
      ),
    )
}

const helpOnResolve = `
  allow_once     this call
  allow_session  this call, and every call of the same tool in its chat from now on
  deny           the model is told, and goes on without it

Examples:
  kheish approvals list
  kheish approvals resolve approval_0198 --decision allow_once
  kheish approvals resolve --run run_0198 --decision deny
`

async function idsOf(
  { ask }: Session,
  ids: readonly string[],
  { run }: ResolveOptions,
): Promise<readonly string[]> {
  if (ids.length > 0 === (run !== undefined))
    throw new Refused(fault('call_refused', 'Name approvals, or with --run the run whose all are meant.', {}))
  if (run === undefined) return ids
  const { approvals } = await ask('approvals.list', { run_id: run })
  return approvals.map(({ approval_id }) => approval_id)
}

const approvalTable = (look: Look, approvals: readonly Approval[], none: string): string =>
  table(
    look,
    [
      { head: 'APPROVAL', of: (each) => each.approval_id },
      { head: 'RUN', of: (each) => each.run_id },
      { head: 'STATUS', of: (each) => each.status },
      { head: 'TOOL', of: (each) => each.tool_name },
      { head: 'INPUT', of: (each) => each.arguments, isFlexible: true },
      { head: 'ASKED', of: (each) => timeOf(look, each.requested_at_ms) },
    ],
    approvals,
    none,
  )
