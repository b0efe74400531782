import { isPicture } from '@contract/attached'
import type { Message, Part } from '@contract/message'
import { encodeAnswer } from './answer-history'
import {
  carriedHint,
  fileBlock,
  nothingAttached,
  pageHint,
  pictureHint,
  pictureMention,
  type Attached,
} from './attachments'
import type { WireMessage, WirePart } from './wire-message'

/** The conversation, oldest first, for `model`. Messages that would say nothing are left out. */
export function encodeHistory(
  history: readonly Message[],
  model: string,
  attached: Attached = nothingAttached,
  hasTools = false,
): WireMessage[] {
  const last = history.findLastIndex(({ role }) => role === 'user')
  return history.flatMap((message, place) =>
    message.role === 'user'
      ? encodeUser(message, place, attached, place === last ? encodeCarried(attached) : [])
      : encodeAnswer(message, { model, hasTools, goesOn: place === history.length - 1 }),
  )
}

/** Part after part in its order (contract 8). One text part alone collapses to a plain string (contract 6.7). */
function encodeUser(
  message: Message,
  place: number,
  attached: Attached,
  carried: readonly WirePart[],
): WireMessage[] {
  const parts = [...carried, ...message.parts.flatMap((part) => encodePart(part, place, attached))]
  const [first, ...more] = parts
  if (first === undefined) return []
  return [{ role: 'user', content: more.length === 0 && first.type === 'text' ? first.text : parts }]
}

/** Pictures of answers stand before what the person says of them. */
const encodeCarried = ({ carried, pictures }: Attached): readonly WirePart[] =>
  carried.flatMap((asset): readonly WirePart[] => {
    const picture = pictures.get(asset.asset_id)
    if (!picture) return []
    return [
      { type: 'text', text: carriedHint(asset) },
      { type: 'image_url', image_url: { url: picture.url } },
    ]
  })

function encodePart(part: Part, place: number, { pictures, texts }: Attached): readonly WirePart[] {
  const text = (said: string): WirePart => ({ type: 'text', text: said })
  if (part.kind === 'text') return part.text === '' ? [] : [text(part.text)]
  if (part.kind !== 'attachment') return []
  const { asset } = part
  const isFile = !isPicture(asset)
  const picture = pictures.get(asset.asset_id)
  if (picture?.place !== place)
    return [text(isFile ? fileBlock(asset, texts.get(asset.asset_id)) : pictureMention(asset))]
  return [
    text(isFile ? pageHint(asset) : pictureHint(asset)),
    { type: 'image_url', image_url: { url: picture.url } },
  ]
}
