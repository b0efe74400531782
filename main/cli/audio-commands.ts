import type { Command } from 'commander'
import { addSpeakCommand } from './speak-command'
import { show, type Desk, type JsonOption } from './show'
import { addTranscribeCommand } from './transcribe-command'
import { table } from './table'

/** `kheish audio …`: sound made of words, and words of sound. */
export function addAudioCommands(program: Command, desk: Desk): void {
  const audio = program.command('audio').description('speech: say words, and write down what is said')
  addSpeakCommand(audio, desk)
  addTranscribeCommand(audio, desk)
  audio
    .command('models')
    .description('show the models that speak or write down, as far as is known')
    .option('--provider <route>', 'route id; without it all routes')
    .action((options: JsonOption & { readonly provider?: string }) =>
      show(
        desk,
        options,
        ({ ask }) => ask('audio.models', { provider: options.provider }),
        ({ speech, transcription, default_speech, default_transcription }) => {
          const rows = [
            ...speech.map((model) => ({ ...model, does: 'speaks' })),
            ...transcription.map((model) => ({ ...model, does: 'writes down' })),
          ]
          const named = [
            ['speech', default_speech],
            ['transcription', default_transcription],
          ] as const
          return (
            table(
              desk.terminal.look,
              [
                { head: 'ROUTE', of: (model) => model.route_id },
                { head: 'MODEL', of: (model) => model.id },
                { head: 'DOES', of: (model) => model.does },
                { head: 'VOICES', of: (model) => model.voices.join(' '), isFlexible: true },
              ],
              rows,
              'none is known; try: kheish models list --refresh',
            ) +
            named
              .map(([what, choice]) =>
                choice ? `default ${what}: ${choice.provider}/${choice.model}\n` : '',
              )
              .join('')
          )
        },
      ),
    )
}
