import { randomUUID } from 'node:crypto'
import { fault } from '@contract/fault'
import type { RecordingId } from '@contract/ids'
import type { RecordingView, SegmentView } from '@contract/recordings'
import type { Command } from 'commander'
import { exitCodeOf } from './exit-code'
import { durationOf, timeOf } from './figures'
import { harmless, type Look } from './look'
import { faultLine, toJson } from './print'
import { Refused, type Session } from './session'
import { show, type Desk, type JsonOption } from './show'
import { nobodyToGoOn } from './submit-command'
import { facts, table } from './table'
import type { Terminal } from './terminal'
import { untilInterrupted } from './until-interrupted'
import { withDaemon } from './with-daemon'

interface AskOptions extends JsonOption {
  readonly session: string
  readonly key?: string
  readonly model?: string
}

/** `kheish recordings …`: what was dictated, and whose text nobody has taken yet (contract 11). */
export function addRecordingCommands(program: Command, desk: Desk): void {
  const recordings = program
    .command('recordings')
    .description('what was dictated and is not put anywhere yet')
  const { terminal, run } = desk
  const { look } = terminal

  recordings
    .command('list')
    .description('show them, oldest first: also what a crash has left')
    .action((options: JsonOption) =>
      show(
        desk,
        options,
        ({ ask }) => ask('recordings.list', {}),
        ({ recordings: all }) => recordingTable(look, all),
      ),
    )

  recordings
    .command('get <recording>')
    .alias('show')
    .description('show one of them with its words')
    .action((id: RecordingId, options: JsonOption) =>
      show(
        desk,
        options,
        ({ ask }) => ask('recordings.get', { recording_id: id }),
        (recording) => recordingFacts(look, recording),
      ),
    )

  recordings
    .command('transcribe <recording>')
    .description('write down what has no words yet, and print all of them')
    .action((id: RecordingId, options: JsonOption) =>
      run(() => withDaemon(terminal, (session) => transcribe(terminal, session, id, options))),
    )

  recordings
    .command('ask <recording> [text]')
    .description('ask a model something about what was said')
    .requiredOption('--session <session>', 'the chat it is asked in')
    .option('--key <key>', 'the same key again asks nothing twice')
    .option('--model <model>', 'which model is asked')
    .action((recording_id: RecordingId, text: string | undefined, options: AskOptions) =>
      show(
        desk,
        options,
        async ({ ask, isOwn }) => {
          if (isOwn) throw new Refused(nobodyToGoOn)
          const content = text ?? (await terminal.readInput()) ?? ''
          const request = { idempotency_key: options.key ?? randomUUID(), content, model: options.model }
          return ask('recordings.ask', { recording_id, session_id: options.session, request })
        },
        ({ run: { run_id } }) => `${run_id}\n`,
      ),
    )

  recordings
    .command('keep <recording>')
    .description('put it into the library as one sound, and print its id')
    .action((id: RecordingId, options: JsonOption) =>
      show(
        desk,
        options,
        ({ ask }) => ask('recordings.keep', { recording_id: id }),
        ({ asset_id }) => `${asset_id}\n`,
      ),
    )

  recordings
    .command('take <recording>')
    .description('print its words; it is offered no more, and its sound goes with the retention')
    .action((id: RecordingId, options: JsonOption) =>
      show(
        desk,
        options,
        async ({ ask }) => {
          const recording = await ask('recordings.get', { recording_id: id })
          // Nothing is heard of it any more after this look, so what is printed is all there is.
          if (!isHeard(recording)) throw new Refused(fault('recording_invalid', notHeard(id)))
          await ask('recordings.take', { recording_id: id })
          return recording
        },
        ({ text }) => `${harmless(text)}\n`,
      ),
    )

  recordings
    .command('discard <recording>')
    .description('delete it with its sound and its words; what a chat holds stays')
    .action((id: RecordingId, options: JsonOption) =>
      show(
        desk,
        options,
        async ({ ask }) => {
          await ask('recordings.discard', { recording_id: id })
          return { discarded: id }
        },
        ({ discarded }) => `discarded ${discarded}\n`,
      ),
    )
}

/** Waits for the words; the exit code is that of the first segment that has none. */
async function transcribe(
  terminal: Terminal,
  session: Session,
  recording_id: RecordingId,
  { json }: JsonOption,
): Promise<number> {
  let recording = await session.ask('recordings.retry', { recording_id })
  const ended = await untilInterrupted(
    terminal,
    session,
    async () => {
      recording = await session.ask('recordings.get', { recording_id })
      return recording.segments.every(({ state }) => isOver(state))
    },
    (event) => event.type === 'recording.changed' && event.recording.recording_id === recording_id,
  )
  if (ended !== 0) return ended
  terminal.out(json ? toJson(recording) : `${harmless(recording.text)}\n`)
  const failed = recording.segments.find((segment) => segment.fault)?.fault
  if (!failed) return 0
  if (!json) terminal.err(faultLine(failed))
  return exitCodeOf(failed)
}

const isOver = (state: SegmentView['state']): boolean =>
  state === 'heard' || state === 'silent' || state === 'failed'

const isHeard = ({ state, segments }: RecordingView): boolean =>
  state !== 'open' && segments.every((segment) => segment.state === 'heard' || segment.state === 'silent')

const notHeard = (id: RecordingId): string =>
  `Not all of this recording is written down. Run “kheish recordings transcribe ${id}” first.`

const recordingTable = (look: Look, all: readonly RecordingView[]): string =>
  table(
    look,
    [
      { head: 'RECORDING', of: (one) => one.recording_id },
      { head: 'BEGUN', of: (one) => timeOf(look, one.started_at_ms) },
      { head: 'LENGTH', of: (one) => durationOf(one.duration_ms), isNumber: true },
      { head: 'STATE', of: stateOf },
      { head: 'WORDS', of: ({ text }) => text, isFlexible: true },
    ],
    all,
    'nothing was dictated that nobody has taken',
  )

function recordingFacts(look: Look, recording: RecordingView): string {
  const { recording_id, session_id, started_at_ms, state, duration_ms, segments, text } = recording
  const failed = segments.flatMap(({ number, fault: why }) =>
    why ? [[`part ${String(number + 1)}`, `${why.detail} (${why.code})`] as const] : [],
  )
  return facts(look, [
    ['recording', recording_id],
    ['chat', session_id ?? undefined],
    ['begun', timeOf(look, started_at_ms)],
    ['length', durationOf(duration_ms)],
    ['state', state],
    ['parts', String(segments.length)],
    ...failed,
    ['words', text === '' ? undefined : text],
  ])
}

/** What a person does next depends on what has no words. */
function stateOf({ state, segments }: RecordingView): string {
  const failed = segments.filter((segment) => segment.state === 'failed').length
  return failed === 0 ? state : `${state}, ${String(failed)} failed`
}
