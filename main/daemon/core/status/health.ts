import type { DebugLevel } from '@contract/evidence'
import type { Fault } from '@contract/fault'
import type { RuntimeView } from '@contract/routes'
import type { HealthWarning, StatusView } from '@contract/status'

export interface HealthFacts {
  /** Runs that a restart waits for; undefined when none was asked for. */
  readonly draining: number | undefined
  /** Why the routes file, or the whole daemon, is refused. */
  readonly refused: Fault | undefined
  readonly diagnostics: RuntimeView['route_diagnostics']
  readonly readiness: StatusView['provider_readiness']
  readonly probes: StatusView['storage']['write_probes']
  readonly runs: StatusView['runs']
  readonly queued_lag_ms: number
  readonly capture: {
    readonly level: DebugLevel
    /** Why no evidence can be kept, whatever the level says. */
    readonly blocked?: 'key_invalid' | 'tokens_unreadable'
  }
}

/** What an operator should know, worst first (contract 13.2). Well means that there is nothing but information. */
export function judgeHealth(facts: HealthFacts): StatusView['health'] {
  const warnings = [
    ...routeWarnings(facts),
    ...readinessWarnings(facts.readiness),
    ...storageWarnings(facts.probes),
    ...runWarnings(facts),
    ...debugWarnings(facts),
  ].toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
  return { ok: warnings.every(({ severity }) => severity === 'info'), warnings }
}

const order = ['error', 'warning', 'info'] as const

const routeWarnings = ({ refused, diagnostics }: HealthFacts): HealthWarning[] => [
  ...(refused
    ? [
        {
          severity: 'error',
          code: 'route_diagnostics_error',
          message: refused.detail,
          related_id: refused.code,
          action:
            refused.domain === 'routes'
              ? 'Repair the routes file, then reload it.'
              : 'See what the message says, then restart.',
        } as const,
      ]
    : []),
  ...diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message, route_id }): HealthWarning => ({
      severity: 'error',
      code: 'route_diagnostics_error',
      message,
      related_id: route_id ?? code,
      action: 'Choose another model or route.',
    })),
]

function readinessWarnings({ routes }: StatusView['provider_readiness']): HealthWarning[] {
  return routes.flatMap((route): HealthWarning[] => {
    const about = {
      related_id: route.route_id,
      ...(route.action === undefined ? {} : { action: route.action }),
    }
    if (route.code === 'inline_credentials_configured') {
      return [{ severity: 'info', code: 'provider_inline_credentials', message: route.message, ...about }]
    }
    if (route.state === 'ok') return []
    const isError = route.state === 'error'
    return [
      {
        severity: route.state === 'error' ? 'error' : 'warning',
        code: isError ? 'provider_readiness_error' : 'provider_readiness_warning',
        message: route.message,
        ...about,
      },
      ...(isError && route.active
        ? [
            {
              severity: 'error',
              code: 'provider_active_route_not_ready',
              message: 'The default route can’t be used, so new messages are refused.',
              ...about,
            } as const,
          ]
        : []),
    ]
  })
}

const storageWarnings = (probes: HealthFacts['probes']): HealthWarning[] =>
  probes
    .filter(({ ok }) => !ok)
    .map(({ name, message }) => ({
      severity: 'error',
      code: 'storage_write_probe_failed',
      message: message ?? 'Writing failed.',
      related_id: name,
      action: 'Make room on the disk and allow Kheish to write to its data folder.',
    }))

function runWarnings({ draining, runs, queued_lag_ms }: HealthFacts): HealthWarning[] {
  const { oldest_queued_age_ms: oldest, stale } = runs
  const warnings: HealthWarning[] = []
  if (draining !== undefined) {
    warnings.push({
      severity: 'warning',
      code: 'daemon_draining',
      message: `A restart waits for ${draining === 1 ? 'one run' : `${String(draining)} runs`}; new ones wait in their queue.`,
      action: 'Wait, or restart with the runs interrupted.',
    })
  }
  if (oldest !== null && oldest > queued_lag_ms) {
    warnings.push({
      severity: 'warning',
      code: 'queued_run_lag',
      message: `A run has been queued for ${minutes(oldest)}.`,
      action: 'Look at what runs before it in its chat, or cancel it.',
    })
  }
  const [first] = stale
  if (first) {
    warnings.push({
      severity: 'warning',
      code: 'stale_non_terminal_runs',
      message: `${stale.length === 1 ? 'One run has' : `${String(stale.length)} runs have`} not moved for ${minutes(runs.stale_after_ms)} or more.`,
      related_id: first.run_id,
      action: 'Cancel what hangs.',
    })
  }
  return warnings
}

const debugWarnings = ({ capture: { level, blocked } }: HealthFacts): HealthWarning[] => [
  ...(level === 'full'
    ? [
        {
          severity: 'warning',
          code: 'debug_capture_full',
          message: 'What is said is kept as evidence, word for word.',
          action: 'Set the debug level back when you are done.',
        } as const,
      ]
    : []),
  ...(blocked
    ? [
        {
          severity: 'error',
          code: 'debug_capture_key_invalid',
          message:
            blocked === 'key_invalid'
              ? 'The key that evidence is encrypted with can’t be used, so none is kept.'
              : 'The words to take out of evidence can’t be read, so none is kept.',
          action: 'Repair it, or switch evidence off.',
        } as const,
      ]
    : []),
]

const minutes = (ms: number): string =>
  ms < 120_000 ? `${String(Math.floor(ms / 1_000))} s` : `${String(Math.floor(ms / 60_000))} min`
