import type { ImageModelView } from '@contract/images'
import type { Command } from 'commander'
import { moneyOf } from './figures'
import { addOrderFlags, type OrderFlags } from './image-flags'
import { makeImages } from './make-images'
import type { Look } from './look'
import { numberOf } from './request-flags'
import { show, type Desk, type JsonOption } from './show'
import { table } from './table'
import { withDaemon } from './with-daemon'

interface EditFlags extends OrderFlags {
  readonly source: readonly string[]
  readonly mask?: string
  readonly feather?: number
}

/** `kheish images …`: pictures made and edited. */
export function addImageCommands(program: Command, desk: Desk): void {
  const images = program.command('images').description('pictures: make, edit, and what can make them')
  const { terminal } = desk

  addOrderFlags(
    images.command('generate <prompt>').description('make pictures from words and print their asset ids'),
  )
    .addHelpText('after', helpOnGenerate)
    .action((prompt: string, options: OrderFlags) =>
      desk.run(() => withDaemon(terminal, (session) => makeImages(terminal, session, { prompt }, options))),
    )

  addOrderFlags(
    images
      .command('edit <prompt>')
      .description('edit a picture and print the asset ids of the results; the original stays as it is')
      .requiredOption(
        '--source <picture>',
        'a file, or the id of an asset; may be given several times, the one to edit first',
        (given: string, before: readonly string[] | undefined) => [...(before ?? []), given],
      )
      .option('--mask <file>', 'a PNG of the first source’s size, white where it may change')
      .option('--feather <pixels>', 'how soft the edge of the mask is; 8 without it', numberOf),
  )
    .addHelpText('after', helpOnEdit)
    .action((prompt: string, { source, mask, feather, ...options }: EditFlags) =>
      desk.run(() =>
        withDaemon(terminal, (session) =>
          makeImages(
            terminal,
            session,
            {
              prompt,
              sources: source,
              ...(mask === undefined ? {} : { mask }),
              ...(feather === undefined ? {} : { feather }),
            },
            options,
          ),
        ),
      ),
    )

  images
    .command('models')
    .description('show the models that make pictures, as far as is known')
    .option('--provider <route>', 'route id; without it all routes')
    .action((options: JsonOption & { readonly provider?: string }) =>
      show(
        desk,
        options,
        ({ ask }) => ask('images.models', { provider: options.provider }),
        ({ models, default_choice }) =>
          modelTable(terminal.look, models) +
          (default_choice ? `default: ${default_choice.provider}/${default_choice.model}\n` : ''),
      ),
    )
}

const helpOnGenerate = `
Ctrl-C cancels. With --out the pictures are written to files as well.

Example:
  kheish images generate "a red fox in the snow" --size 1536x1024 --out fox.png
`
const helpOnEdit = `
With a mask everything outside of it stays as it is, to the pixel.

Examples:
  kheish images edit "make the sky violet" --source photo.jpg --out violet.png
  kheish images edit "remove the sign" --source asset_… --mask sign.png
`

const modelTable = (look: Look, models: readonly ImageModelView[]): string =>
  table(
    look,
    [
      { head: 'ROUTE', of: (model) => model.route_id },
      { head: 'MODEL', of: (model) => model.id },
      { head: 'NAME', of: (model) => model.name, isFlexible: true },
      { head: 'EDITS', of: (model) => (model.can_edit ? 'yes' : '') },
      {
        head: 'A PICTURE',
        of: (model) => (model.usd_per_image === undefined ? '' : moneyOf(model.usd_per_image)),
        isNumber: true,
      },
    ],
    models,
    'none is known; try: kheish models list --refresh',
  )
