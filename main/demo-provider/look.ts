import { openPicture } from './pictures/open-picture'
import type { AskedMessage } from './respond'

/** What was found in the parts of a request that are no plain words. */
export interface Seen {
  /** Data URLs, in the order of the request. */
  readonly pictures: readonly string[]
  /** First lines of the text blocks that files travel as, each with the beginning of its text. */
  readonly files: readonly { readonly heading: string; readonly head: string }[]
}

const fileHeading = /^\[File: [^\n]*\]/
const headLength = 60

/** Pictures of the whole conversation; files of the newest turn. */
export function lookThrough(messages: readonly AskedMessage[]): Seen {
  const partsOf = ({
    content,
  }: AskedMessage): readonly { image_url?: { url?: unknown }; text?: unknown }[] =>
    Array.isArray(content) ? content : typeof content === 'string' ? [{ text: content }] : []
  const newest = messages.findLast((message) => message.role === 'user')
  return {
    pictures: messages
      .flatMap(partsOf)
      .flatMap(({ image_url }) => (typeof image_url?.url === 'string' ? [image_url.url] : [])),
    files: (newest ? partsOf(newest) : []).flatMap(({ text }) => {
      const heading = typeof text === 'string' ? fileHeading.exec(text)?.[0] : undefined
      if (typeof text !== 'string' || heading === undefined) return []
      const head = text.slice(heading.length).trim().replace(/\s+/g, ' ').slice(0, headLength)
      return [{ heading: heading.slice('[File: '.length, -1), head }]
    }),
  }
}

/** A picture as it was decoded here: `640 × 480 pixels, png, average colour #c04020`. Undefined: it is none. */
async function describe(url: string): Promise<string | undefined> {
  const opened = await openPicture(url)
  if (!opened) return undefined
  const { image, type } = opened
  const { createCanvas } = await import('@napi-rs/canvas')
  const { width, height } = image
  const scale = Math.min(1, 512 / Math.max(width, height))
  const [across, down] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))]
  const drawing = createCanvas(across, down).getContext('2d')
  drawing.drawImage(image, 0, 0, across, down)
  const { data } = drawing.getImageData(0, 0, across, down)
  const sums = [0, 0, 0]
  for (let at = 0; at < data.length; at += 4) {
    for (const channel of [0, 1, 2]) sums[channel] = (sums[channel] ?? 0) + (data[at + channel] ?? 0)
  }
  const colour = sums.map((sum) =>
    Math.round(sum / (across * down))
      .toString(16)
      .padStart(2, '0'),
  )
  return `${width} × ${height} pixels, ${type}, average colour #${colour.join('')}`
}

/** What a model with eyes says of it; undefined when there is nothing to look at, null when a picture is broken. */
export async function tellSeen({ pictures, files }: Seen): Promise<string | null | undefined> {
  if (pictures.length === 0 && files.length === 0) return undefined
  const described = await Promise.all(pictures.map(describe))
  if (described.includes(undefined)) return null
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`
  const seen = described.map((text, place) => `${place + 1}. ${text ?? ''}`)
  const read = files.map(({ heading, head }) => `- ${heading}${head ? `: “${head}”` : ''}`)
  return [
    ...(seen.length > 0 ? [`I got ${count(seen.length, 'picture')}, in this order:`, seen.join('\n')] : []),
    ...(read.length > 0 ? [`I read ${count(read.length, 'file')}:`, read.join('\n')] : []),
  ].join('\n\n')
}

/** What a model that takes text only answers to a picture (API reference 2.2). */
export const noEyes = (model: string): object => ({
  error: {
    code: 404,
    message: 'No endpoints found that support image input',
    metadata: { error_type: 'not_found' },
    availability: {
      code: 'no_endpoints',
      retryable: false,
      requested_models: [model],
      docs_url: 'https://openrouter.ai/docs',
    },
  },
  user_id: null,
})
