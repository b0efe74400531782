import type { DebugArtifact, DebugView } from '@contract/evidence'
import { fault } from '@contract/fault'
import type { Command } from 'commander'
import { replayEvidence, type Replay } from '../daemon/index'
import { ageOf } from './age-of'
import { exitCodes } from './exit-code'
import { costOf, countOf, durationOf, sizeOf, timeOf } from './figures'
import { harmless, type Look } from './look'
import { toJson } from './print'
import { numberOf } from './request-flags'
import { Refused } from './session'
import { show, type Desk, type JsonOption } from './show'
import { facts, table } from './table'
import { visibleText } from './text-tap'
import { withDaemon } from './with-daemon'

/** What was kept of a run's talk with the provider: shown, saved, rendered again, thrown away (contract 15). */
export function addEvidenceCommands(runs: Command, desk: Desk): void {
  const { terminal, run } = desk
  const { look } = terminal

  runs
    .command('debug <run> [artifact]')
    .description('list what was kept of a run; with ARTIFACT write that one to standard output')
    .action((run_id: string, artifact_id: string | undefined, options: JsonOption) =>
      artifact_id === undefined
        ? show(
            desk,
            options,
            ({ ask }) => ask('runs.debug', { run_id }),
            (view) => artifactTable(look, view),
          )
        : show(
            desk,
            options,
            ({ ask }) => ask('runs.debugArtifact', { run_id, artifact_id }),
            ({ body }) => (body.endsWith('\n') ? body : `${body}\n`),
          ),
    )

  runs
    .command('evidence <run>')
    .description('save everything that was kept of a run as one file without secrets')
    .option('--file <file>', 'where to; without it to standard output')
    .addHelpText('after', helpOnEvidence)
    .action((run_id: string, options: JsonOption & { readonly file?: string }) =>
      run(async () => {
        const found = await withDaemon(terminal, ({ ask }) => ask('runs.evidence', { run_id }))
        if (options.file === undefined) return terminal.out(options.json ? toJson(found) : found.text)
        const file = terminal.resolve(options.file)
        await terminal.writeFile(file, found.text).catch(() => {
          throw new Refused(fault('call_refused', 'The file could not be written.', {}))
        })
        terminal.out(options.json ? toJson({ file }) : `${file}\n`)
      }),
    )

  runs
    .command('replay <file>')
    .description('render a saved run again, without a daemon and without the network')
    .addHelpText('after', helpOnReplay)
    .action((file: string, options: JsonOption) =>
      run(async () => {
        const text =
          file === '-'
            ? await terminal.readInput()
            : await terminal.readFile(terminal.resolve(file)).catch(() => undefined)
        if (text === undefined) throw new Refused(fault('evidence_invalid', 'The file could not be read.'))
        const replay = await replayEvidence(text)
        if (options.json) terminal.out(toJson(replay))
        else tellReplay(desk, replay)
        return replay.verified ? exitCodes.ok : exitCodes.failed
      }),
    )

  runs
    .command('prune')
    .description('throw away what was kept of runs that ended; the runs themselves stay')
    .option('--older-than <age>', 'for instance 12h or 7d', ageOf)
    .option('--limit <count>', 'of this many runs at most', numberOf)
    .action((options: JsonOption & { readonly olderThan?: number; readonly limit?: number }) =>
      show(
        desk,
        options,
        ({ ask }) => ask('runs.prune', { older_than_ms: options.olderThan, limit: options.limit }),
        ({ pruned_runs, pruned_bytes }) => `${countOf(pruned_runs, 'run')}, ${sizeOf(pruned_bytes)}\n`,
      ),
    )
}

const helpOnEvidence = `
How much is kept is chosen before the run: kheish runtime set-debug-level full

Example:
  kheish runs evidence run_… --file run.json && kheish runs replay run.json
`
const helpOnReplay = `
The raw events go through the same reader as when they came. The answer is
written to standard output, what is known about it to standard error. Exit 1
means that the file was changed or does not make the answer it claims.
`

const artifactTable = (look: Look, { level, artifacts }: DebugView): string =>
  facts(look, [['level', level]]) +
  table(
    look,
    [
      { head: 'ARTIFACT', of: (each: DebugArtifact) => each.artifact_id },
      { head: 'FORMAT', of: (each) => each.format },
      {
        head: 'SIZE',
        of: (each) => `${sizeOf(each.plaintext_bytes)}${each.truncated ? ' cut' : ''}`,
        isNumber: true,
      },
      { head: 'SHA-256', of: (each) => each.sha256, isFlexible: true },
      { head: 'ENCRYPTED', of: (each) => (each.encrypted ? 'yes' : 'no') },
      { head: 'WHEN', of: (each) => timeOf(look, each.updated_at_ms) },
    ],
    artifacts,
    'nothing was kept',
  )

/** The answer as a result; all else is said about it. */
function tellReplay({ terminal }: Desk, replay: Replay): void {
  const { look, out, err } = terminal
  const text = visibleText(replay.parts)
  if (text !== '') out(`${look.isScreen ? harmless(text) : text}${text.endsWith('\n') ? '' : '\n'}`)
  const { receipt } = replay
  err(
    facts(look, [
      ['run', replay.run_id],
      ['verified', replay.verified ? 'yes' : 'no'],
      ['kept at level', replay.level],
      ['model', receipt.served_model ?? receipt.model],
      ['served by', receipt.served_provider],
      ['cost', receipt.cost && costOf(receipt.cost)],
    ]),
  )
  for (const { turn, attempt, status, events, duration_ms, fault: why } of replay.attempts) {
    const took = duration_ms === undefined ? [] : [durationOf(duration_ms)]
    const facets = [
      `HTTP ${status ?? 'no answer'}`,
      countOf(events, 'event'),
      ...took,
      ...(why ? [why.detail] : []),
    ]
    err(`turn ${turn}, attempt ${attempt}: ${facets.join(', ')}\n`)
  }
  for (const sentence of replay.withheld) err(`not in the file: ${sentence}\n`)
  for (const each of replay.faults) err(`kheish: ${each.detail} (${each.code})\n`)
}
