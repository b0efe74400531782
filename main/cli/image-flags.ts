import type { ImageOptions } from '@contract/image-order'
import type { Command } from 'commander'
import { numberOf } from './request-flags'
import type { JsonOption } from './show'

/** What of an order of pictures can be said with a flag. */
export interface OrderFlags extends JsonOption {
  readonly count?: number
  readonly size?: string
  readonly model?: string
  readonly provider?: string
  readonly session?: string
  readonly out?: string
  readonly aspectRatio?: string
  readonly resolution?: string
  readonly quality?: string
  readonly background?: string
  readonly outputFormat?: string
  readonly seed?: number
}

export const addOrderFlags = (command: Command): Command =>
  command
    .option('--count <count>', 'how many pictures, 1 to 4', numberOf)
    .option('--size <size>', '1024x1024, square, 1536x1024, 1024x1536, 1792x1024 or 1024x1792')
    .option('--model <selector>', 'MODEL or ROUTE/MODEL')
    .option('--provider <route>', 'route id; no other route is tried')
    .option('--session <id>', 'in this chat; without it a new one is made')
    .option('--out <file>', 'write the pictures here too; several are numbered')
    .option('--aspect-ratio <shape>', 'for instance 3:2, where the model knows it')
    .option('--resolution <tier>', '512, 1K, 2K or 4K, where the model knows it')
    .option('--quality <quality>', 'for instance low or high, where the model knows it')
    .option('--background <kind>', 'transparent or opaque, where the model knows it')
    .option('--output-format <format>', 'png or jpeg, where the model knows it')
    .option('--seed <number>', 'the same one may make the same picture again', numberOf)

/** Undefined where nothing was said. */
export function optionsOf(flags: OrderFlags): ImageOptions | undefined {
  const said = Object.entries({
    aspect_ratio: flags.aspectRatio,
    resolution: flags.resolution,
    quality: flags.quality,
    background: flags.background,
    output_format: flags.outputFormat,
    seed: flags.seed,
  }).filter(([, value]) => value !== undefined)
  return said.length === 0 ? undefined : Object.fromEntries(said)
}
