import { randomUUID } from 'node:crypto'
import { extname } from 'node:path'
import type { Spoken, SpeechFormat } from '@contract/audio'
import { fault } from '@contract/fault'
import { Option, type Command } from 'commander'
import { exitCodes } from './exit-code'
import { moneyOf } from './figures'
import { toJson } from './print'
import { numberOf } from './request-flags'
import { Refused, refuseUnready, type Session } from './session'
import type { Desk, JsonOption } from './show'
import type { Terminal } from './terminal'
import { withDaemon } from './with-daemon'

interface SpeakFlags extends JsonOption {
  readonly voice?: string
  readonly model?: string
  readonly provider?: string
  readonly speed?: number
  readonly format?: SpeechFormat
  readonly instructions?: string
  readonly output?: string
}

/** `kheish audio speak`: words as a recording, which the library keeps. */
export const addSpeakCommand = (audio: Command, { terminal, run }: Desk): void =>
  void audio
    .command('speak <text>')
    .description('say words and print the asset id of the recording; - reads them from standard input')
    .option('--voice <voice>', 'as the model names it; see: kheish audio models')
    .option('--model <selector>', 'MODEL or ROUTE/MODEL')
    .option('--provider <route>', 'route id; no other route is tried')
    .option('--speed <factor>', '0.25 to 4', numberOf)
    .addOption(new Option('--format <format>', 'pcm is kept as WAV').choices(['mp3', 'pcm']))
    .option('--instructions <text>', 'how it is said, where the model knows how')
    .option('--output <file>', 'write the recording here too; .wav asks for pcm')
    .addHelpText('after', help)
    .action((text: string, flags: SpeakFlags) =>
      run(() => withDaemon(terminal, (session) => speak(terminal, session, text, flags))),
    )

const help = `
What was said once is not made again. Ctrl-C cancels.

Example:
  kheish audio speak "Good morning" --voice nova --output morning.mp3
`

async function speak(terminal: Terminal, session: Session, text: string, flags: SpeakFlags): Promise<number> {
  await refuseUnready(session)
  const input = text === '-' ? ((await terminal.readInput()) ?? '') : text
  const { model, provider, voice, speed, instructions, output } = flags
  const split = await session.ask('runtime.parseSelector', { model, provider })
  const wav = output !== undefined && extname(output).toLowerCase() === '.wav'
  const format = flags.format ?? (wav ? 'pcm' : undefined)
  const speech_id = randomUUID()
  let isInterrupted = false
  const undo = terminal.onInterrupt(() => {
    isInterrupted = true
    void session.ask('audio.cancelSpeech', { speech_id }).catch(() => undefined)
  })
  try {
    const spoken = await session.ask('audio.speak', {
      speech_id,
      input,
      ...(split.provider === undefined ? {} : { provider: split.provider }),
      ...(split.model === undefined ? {} : { model: split.model }),
      ...(voice === undefined ? {} : { voice }),
      ...(speed === undefined ? {} : { speed }),
      ...(instructions === undefined ? {} : { instructions }),
      ...(format === undefined ? {} : { format }),
    })
    const file = output === undefined ? undefined : await save(terminal, session, spoken, output)
    if (flags.json) terminal.out(toJson({ ...spoken, ...(file === undefined ? {} : { file }) }))
    else {
      terminal.out(`${file ?? spoken.asset.asset_id}\n`)
      terminal.err(lineOf(spoken))
    }
    return exitCodes.ok
  } catch (error) {
    if (isInterrupted) return exitCodes.cancelled
    throw error
  } finally {
    undo()
  }
}

const lineOf = ({ model, voice, is_reused, cost_usd, asset }: Spoken): string => {
  const seconds = asset.duration_ms === undefined ? [] : [`${(asset.duration_ms / 1000).toFixed(1)} s`]
  const price = is_reused ? ['was there already'] : cost_usd === undefined ? [] : [moneyOf(cost_usd)]
  return `${[model, voice, ...seconds, ...price].join(' · ')}\n`
}

async function save(
  terminal: Terminal,
  session: Session,
  { asset }: Spoken,
  output: string,
): Promise<string> {
  const own = asset.media_type === 'audio/wav' ? '.wav' : '.mp3'
  const given = terminal.resolve(output)
  const file = extname(given) === '' ? `${given}${own}` : given
  const { stream } = await session.assets.open(asset.asset_id, 'raw')
  await terminal.writeFile(file, stream).catch((cause: unknown) => {
    throw new Refused(
      fault('call_refused', 'The recording is kept, but its file could not be written.', {}),
      {
        cause,
      },
    )
  })
  return file
}
