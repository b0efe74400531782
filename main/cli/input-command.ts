import { randomUUID } from 'node:crypto'
import { fault } from '@contract/fault'
import type { RunView } from '@contract/runs'
import type { SessionView } from '@contract/sessions'
import type { Command } from 'commander'
import { exitCodeOfRun, exitCodes } from './exit-code'
import { addAttachFlags, helpOnAttachments, inputOf, wordingOf, type Wording } from './attachments'
import type { Followed, GivenRun } from './follow-run'
import { followPatiently } from './follow-patiently'
import { helpOnSelectors } from './help'
import { createInterrupts, Left } from './interrupts'
import { harmless } from './look'
import { faultLine, receiptLine, toJson } from './print'
import { addRequestFlags, numberOf, requestOf, type RequestFlags } from './request-flags'
import type { Session } from './session'
import { refuseUnready, Refused } from './session'
import type { Desk, JsonOption } from './show'
import type { Terminal } from './terminal'
import { createTextTap } from './text-tap'
import { withDaemon } from './with-daemon'

interface InputOptions extends RequestFlags, JsonOption {
  readonly session?: string
  readonly wait?: boolean
  readonly reconnect: number
}

/** `kheish sessions input`: one message, the answer streamed to standard output, its receipt to standard error. */
export function addInputCommand(sessions: Command, { terminal, run }: Desk): void {
  const command = sessions
    .command('input [text]')
    .description('send a message and stream the answer; without TEXT it is read from standard input')
    .option('--session <id>', 'go on with this chat; without it a new one is made')
    .option('--wait', 'queue behind what the chat is doing, in place of being refused')
    .option('--reconnect <seconds>', 'how long to look for a daemon that went away', numberOf, 15)
  const attached = addAttachFlags(command)
  addRequestFlags(command)
    .option('--json', 'answer as one JSON object at the end')
    .addHelpText('after', `${helpOnSelectors}${helpOnAttachments}${helpOnInput}`)
    .action((text: string | undefined, options: InputOptions) =>
      run(async () => {
        const wording = await wordingOf(terminal, text, attached())
        return withDaemon(terminal, (session) => sendInput(terminal, session, wording, options))
      }),
    )
}

const helpOnInput = `
Ctrl-C cancels the run; Ctrl-C again leaves at once. A daemon that goes away is
looked for, and what it kept of the answer is shown to the last byte.

Examples:
  kheish sessions input "Say hello"
  git diff | kheish sessions input --model openrouter/anthropic/claude-sonnet-4
  git diff | kheish sessions input "Is this right?" --file - --file plan.pdf
  kheish sessions input --session notes --only anthropic --no-fallbacks "And now?"
`

export const openChat = (session: Session, id: string | undefined): Promise<SessionView> =>
  id === undefined
    ? session.ask('sessions.create', {})
    : // The call checks the id; a chat that is not there is `session_not_found`.
      session.ask('sessions.get', { session_id: id })

async function sendInput(terminal: Terminal, session: Session, wording: Wording, options: InputOptions) {
  await refuseUnready(session)
  const fields = { ...(await requestOf(session, options)), ...(await inputOf(terminal, session, wording)) }
  const chat = await openChat(session, options.session)
  if (options.session !== undefined) await refuseBusy(session, chat, options.wait)
  const { json = false } = options
  const say = json ? () => undefined : terminal.err
  say(`session ${chat.session_id}\n`)

  const show = terminal.look.isScreen ? (text: string) => terminal.out(harmless(text)) : terminal.out
  const tap = createTextTap(json ? () => undefined : show)
  const interrupts = createInterrupts(terminal, say)
  const request: GivenRun = { session_id: chat.session_id, idempotency_key: randomUUID(), ...fields }
  try {
    const followed = await interrupts.orLeave(
      followPatiently(
        { terminal, say, interrupts, tap, reconnectMs: options.reconnect * 1_000 },
        session,
        request,
      ),
    )
    return tell(terminal, () => tap.close(), followed, json)
  } catch (error) {
    if (!json) tap.close()
    if (error instanceof Left) return exitCodes.cancelled
    throw error
  } finally {
    interrupts.stop()
  }
}

function tell(terminal: Terminal, close: () => void, { run, message }: Followed, isJson: boolean): number {
  const code = exitCodeOfRun(run)
  if (isJson) {
    terminal.out(toJson({ session_id: run.session_id, run, message }))
    if (run.error && run.status !== 'cancelled') terminal.err(toJson(run.error))
    return code
  }
  close()
  if (run.receipt) terminal.err(receiptLine(run.receipt))
  if (run.error) terminal.err(faultLine(run.error))
  else if (run.status === 'interrupted') terminal.err('kheish: the run was interrupted\n')
  return code
}

/** Inline input never queues (contract 6.4). */
async function refuseBusy(session: Session, chat: SessionView, mayWait = false): Promise<void> {
  const { active, queued } = await session.ask('sessions.transcript', {
    session_id: chat.session_id,
    limit: 1,
  })
  const ahead: readonly RunView[] = [...(active ? [active] : []), ...queued]
  // A daemon of this command's own starts nothing that others left in the queue.
  if (ahead.length === 0 || (mayWait && !session.isOwn)) return
  throw new Refused(
    fault(
      'session_busy',
      `This chat is busy (${ahead[0]?.run_id ?? ''}). Wait for the answer, queue behind it with --wait, or stop it: kheish sessions interrupt ${chat.session_id}`,
    ),
  )
}
