import { randomUUID } from 'node:crypto'
import type { DaemonEvent } from '@contract/events'
import { fault } from '@contract/fault'
import type { SessionView } from '@contract/sessions'
import type { Command } from 'commander'
import { exitCodeOf, exitCodes } from './exit-code'
import { helpOnSelectors } from './help'
import { faultLine, receiptLine, toJson } from './print'
import type { Run, Terminal } from './terminal'
import { createTextTap } from './text-tap'
import type { Session } from './with-daemon'
import { refuseRepair, Refused, withDaemon } from './with-daemon'

interface InputOptions {
  readonly session?: string
  readonly model?: string
  readonly provider?: string
  readonly json?: boolean
}

/** `kheish sessions input`: one message, the answer streamed to standard output, its receipt to standard error. */
export function addSessionCommands(program: Command, terminal: Terminal, run: Run): void {
  program
    .command('sessions')
    .description('chats')
    .command('input [text]')
    .description('send a message and stream the answer; without TEXT it is read from standard input')
    .option('--session <id>', 'go on with this chat; without it a new one is made')
    .option('--model <selector>', 'MODEL or ROUTE/MODEL')
    .option('--provider <route>', 'route id')
    .option('--json', 'answer as one JSON object at the end')
    .addHelpText('after', helpOnSelectors)
    .action((text: string | undefined, options: InputOptions) =>
      run(async () => {
        const content = text === undefined || text === '-' ? await terminal.readInput() : text
        if (!content?.trim()) throw new Refused(fault('input_empty', 'There is nothing to send.'))
        return withDaemon(terminal, (session) => sendInput(terminal, session, content, options))
      }),
    )
}

async function sendInput(terminal: Terminal, session: Session, content: string, options: InputOptions) {
  refuseUnready(session)
  const { model, provider } = options
  const split = await session.ask('runtime.parseSelector', { model, provider })
  const chat = await openChat(session, options.session)
  if (!options.json) terminal.err(`session ${chat.session_id}\n`)

  const tap = createTextTap(terminal.out)
  const undoListen = session.listen((event) => {
    if (!options.json && event.type === 'run.grew' && event.session_id === chat.session_id)
      tap.pour(event.batch)
  })
  const undoInterrupt = cancelOnInterrupt(terminal, session, chat)
  try {
    const { run, message } = await session.ask('sessions.input', {
      session_id: chat.session_id,
      idempotency_key: randomUUID(),
      content,
      ...split,
    })
    if (options.json) terminal.out(toJson({ session_id: chat.session_id, run, message }))
    else {
      tap.close()
      if (run.receipt) terminal.err(receiptLine(run.receipt))
      if (run.error) terminal.err(faultLine(run.error))
    }
    if (run.status === 'completed') return exitCodes.ok
    if (run.status === 'cancelled') return exitCodes.cancelled
    if (options.json && run.error) terminal.err(toJson(run.error))
    return run.error ? exitCodeOf(run.error) : exitCodes.failed
  } finally {
    undoInterrupt()
    undoListen()
  }
}

const openChat = (session: Session, id: string | undefined): Promise<SessionView> =>
  id === undefined
    ? session.ask('sessions.create', {})
    : // The call checks the id; a chat that is not there is `session_not_found`.
      session.ask('sessions.get', { session_id: id })

/** Ctrl-C cancels the run as soon as there is one. */
function cancelOnInterrupt(terminal: Terminal, session: Session, chat: SessionView): () => void {
  let runId: Extract<DaemonEvent, { type: 'run.accepted' }>['run']['run_id'] | undefined
  let isWanted = false
  const cancel = () => {
    isWanted = true
    // It may have ended by itself in the same moment.
    if (runId) session.ask('runs.cancel', { run_id: runId }).catch(() => undefined)
  }
  const undoListen = session.listen((event) => {
    if (event.type !== 'run.accepted' || event.run.session_id !== chat.session_id) return
    runId = event.run.run_id
    if (isWanted) queueMicrotask(cancel)
  })
  const undo = terminal.onInterrupt(cancel)
  return () => {
    undo()
    undoListen()
  }
}

/** A missing key and a broken routes file say what to do, where `not_ready` could not. */
function refuseUnready({ state }: Session): void {
  const now = state()
  refuseRepair(now)
  if (now.phase !== 'setup') return
  const { route_id, slot_id } = now
  throw new Refused(
    fault(
      'route_auth_ref_missing',
      `The route ${route_id} has no key. Store it with: kheish secrets set ${slot_id} --from-env OPENROUTER_API_KEY`,
      { file: '', route_id, slot_id },
    ),
  )
}
