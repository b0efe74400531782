import { randomUUID } from 'node:crypto'
import { fault } from '@contract/fault'
import type { Command } from 'commander'
import { addAttachFlags, helpOnAttachments, inputOf, wordingOf } from './attachments'
import { helpOnSelectors } from './help'
import { openChat } from './input-command'
import { addRequestFlags, requestOf, type RequestFlags } from './request-flags'
import { Refused, refuseUnready } from './session'
import { show, type Desk, type JsonOption } from './show'

interface SubmitOptions extends RequestFlags, JsonOption {
  readonly session?: string
  readonly key?: string
}

/** `kheish sessions submit`: hands a run to the daemon that serves the state root, and leaves it alone. */
export function addSubmitCommand(sessions: Command, desk: Desk): void {
  const command = sessions
    .command('submit [text]')
    .description('send a message and print the id of its run; the daemon goes on with it')
    .option('--session <id>', 'go on with this chat; without it a new one is made')
    .option('--key <key>', 'the same key with the same request answers the same run')
  const attached = addAttachFlags(command)
  addRequestFlags(command)
    .addHelpText('after', `${helpOnSelectors}${helpOnAttachments}${helpOnSubmit}`)
    .action((text: string | undefined, options: SubmitOptions) =>
      show(
        desk,
        options,
        async (session) => {
          const wording = await wordingOf(desk.terminal, text, attached())
          if (session.isOwn) throw new Refused(nobodyToGoOn)
          await refuseUnready(session)
          const fields = {
            ...(await requestOf(session, options)),
            ...(await inputOf(desk.terminal, session, wording)),
          }
          const chat = await openChat(session, options.session)
          const { run } = await session.ask('sessions.submitRun', {
            session_id: chat.session_id,
            idempotency_key: options.key ?? randomUUID(),
            ...fields,
          })
          return run
        },
        (run) => `${run.run_id}\n`,
      ),
    )
}

/** What is detached needs somebody who stays. */
export const nobodyToGoOn = fault(
  'daemon_unreachable',
  'Nobody is there to go on with the run. Open the app or start "kheish serve", or wait for the answer with "kheish sessions input".',
)

const helpOnSubmit = `
Example:
  run=$(kheish sessions submit --session notes "Sum up the chat")
  kheish runs events --follow "$run"
  kheish runs get --output "$run"
`
