import type { DerivationView } from '@contract/derivations'
import type { AssetId } from '@contract/ids'
import type { Command } from 'commander'
import { takeIn } from './attachments'
import { exitCodeOf } from './exit-code'
import { moneyOf } from './figures'
import { harmless } from './look'
import { faultLine, toJson } from './print'
import type { Session } from './session'
import type { Desk, JsonOption } from './show'
import type { Terminal } from './terminal'
import { withDaemon } from './with-daemon'

interface Flags extends JsonOption {
  readonly language?: string
  readonly prompt?: string
  readonly model?: string
  readonly provider?: string
}

/** `kheish audio transcribe`: added to the group of sounds, which is made where nobody has made it yet. */
export function addTranscribeCommand(audio: Command, desk: Desk): void {
  const { terminal, run } = desk
  audio
    .command('transcribe <recording>')
    .description('write down a recording, a file or the id of an asset, and print its words')
    .option('--language <code>', 'what is spoken, for instance en; heard without it')
    .option('--prompt <words>', 'names and words that may come up')
    .option('--model <model>', 'the model that writes down')
    .option('--provider <route>', 'route id')
    .addHelpText('after', helpOnTranscribe)
    .action((recording: string, flags: Flags) =>
      run(() => withDaemon(terminal, (session) => transcribe(terminal, session, recording, flags))),
    )
}

const helpOnTranscribe = `
The words are kept with the recording, so the same one is never paid for twice;
with --language or --prompt they are printed only.

Examples:
  kheish audio transcribe meeting.m4a > meeting.txt
  kheish audio transcribe asset_… --language de
`

async function transcribe(
  terminal: Terminal,
  session: Session,
  recording: string,
  { json, language, prompt, model, provider }: Flags,
): Promise<number> {
  const isAsset = /^asset_[\w-]+$/.test(recording)
  const asset_id = isAsset ? (recording as AssetId) : (await takeIn(terminal, session, recording)).asset_id
  const made = await session.ask('derivations.create', {
    subject: { type: 'asset', asset_id },
    ...((language ?? prompt) === undefined ? {} : { options: { language, prompt } }),
    model,
    provider,
    // Whoever asks again wants it tried again.
    retry_failed: true,
  })
  return tellDerived(terminal, made, json)
}

/** The words of it, or why there are none; answers the exit code. */
export function tellDerived(
  terminal: Terminal,
  made: DerivationView & { readonly text?: string },
  json: boolean | undefined,
): number {
  if (json) terminal.out(toJson(made))
  else if (made.text !== undefined) terminal.out(`${harmless(made.text)}\n`)
  else if (made.result_asset_id !== undefined) terminal.out(`${made.result_asset_id}\n`)
  const { backend, cost_usd, fault } = made
  if (!json && backend?.kind === 'transcription')
    terminal.err(
      `${backend.route_id}/${backend.model}${cost_usd === undefined ? '' : `, ${moneyOf(cost_usd)}`}\n`,
    )
  if (!fault) return 0
  if (!json) terminal.err(faultLine(fault))
  return exitCodeOf(fault)
}
