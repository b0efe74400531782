import type { HealthWarning, RouteReadiness, StatusView } from '@contract/status'
import type { Command } from 'commander'
import { exitCodes } from './exit-code'
import { countOf, durationOf } from './figures'
import { styled, type Look } from './look'
import { toJson } from './print'
import { numberOf } from './request-flags'
import type { Desk, JsonOption } from './show'
import { facts, table } from './table'
import { withDaemon } from './with-daemon'

interface StatusOptions extends JsonOption {
  readonly staleAfter?: number
  readonly queuedLag?: number
}

/** `kheish status`: whether a run would be accepted now, and what stands in its way (contract 13.2). */
export function addStatusCommand(program: Command, { terminal, run }: Desk): void {
  program
    .command('status')
    .description('show whether everything is well, and what to do where it is not')
    .option('--stale-after <minutes>', 'when a run counts as stuck', numberOf)
    .option('--queued-lag <minutes>', 'when a queued run has waited too long', numberOf)
    .addHelpText('after', '\nExit 1 means not healthy; notes alone are no reason.\n')
    .action((options: StatusOptions) =>
      run(async () => {
        const { status, isOwn } = await withDaemon(terminal, async (session) => ({
          status: await session.ask('status.get', {
            stale_after_ms: inMs(options.staleAfter),
            queued_lag_ms: inMs(options.queuedLag),
          }),
          isOwn: session.isOwn,
        }))
        terminal.out(options.json ? toJson(status) : statusLines(terminal.look, status, isOwn))
        return status.health.ok ? exitCodes.ok : exitCodes.failed
      }),
    )
}

const inMs = (minutes: number | undefined): number | undefined =>
  minutes === undefined ? undefined : Math.round(minutes * 60_000)

/** `isOwn`: nobody serves the folder, this command looked by itself. */
export function statusLines(look: Look, status: StatusView, isOwn: boolean): string {
  const { health, runs, storage, provider_readiness } = status
  const failed = storage.write_probes.filter(({ ok }) => !ok).map(({ name }) => name)
  const up = durationOf(Math.max(0, Date.now() - status.started_at_ms))
  return [
    `${health.ok ? styled(look, 'green', 'healthy') : styled(look, 'red', 'not healthy')}\n`,
    facts(look, [
      [
        'daemon',
        isOwn ? 'none serves; looked at by this command' : `${status.version}, ${status.status}, up ${up}`,
      ],
      ['process', isOwn ? undefined : String(storage.state_root_lock.pid)],
      ['accepts runs', status.ready ? 'yes' : 'no'],
      ['runs', runsOf(runs)],
      ['keychain', storage.keychain],
      ['storage', failed.length === 0 ? 'writable' : `cannot be written: ${failed.join(', ')}`],
    ]),
    '\n',
    readinessTable(look, provider_readiness.routes),
    ...health.warnings.map((warning) => warningLine(look, warning)),
  ].join('')
}

function runsOf({ by_status, oldest_queued_age_ms, stale }: StatusView['runs']): string {
  const live = (['running', 'queued', 'waiting_for_approval', 'waiting_for_user_question'] as const)
    .filter((status) => by_status[status] > 0)
    .map((status) => `${by_status[status]} ${status.replaceAll('_', ' ')}`)
  const oldest = oldest_queued_age_ms === null ? [] : [`oldest waits ${durationOf(oldest_queued_age_ms)}`]
  const stuck = stale.length === 0 ? [] : [`${countOf(stale.length, 'run')} stuck`]
  return [...live, ...oldest, ...stuck].join(', ') || 'none under way'
}

const readinessTable = (look: Look, routes: readonly RouteReadiness[]): string =>
  table(
    look,
    [
      { head: '', of: (route) => (route.active ? '*' : ' ') },
      { head: 'ROUTE', of: (route) => route.route_id },
      { head: 'STATE', of: (route) => route.state },
      { head: 'MODEL', of: (route) => route.model },
      {
        head: 'WHY',
        of: (route) => [route.message, route.action].filter(Boolean).join(' '),
        isFlexible: true,
      },
    ],
    routes,
    'no routes',
  )

const colourOf = { info: 'cyan', warning: 'yellow', error: 'red' } as const

export const warningLine = (look: Look, { severity, code, message, action }: HealthWarning): string =>
  `${styled(look, colourOf[severity], severity)} ${code}: ${message}${action === undefined ? '' : ` ${action}`}\n`
