import { isPicture, observedIn, type Observed } from '@contract/attached'
import type { Message, Part } from '@contract/message'
import {
  contextLine,
  framedText,
  header,
  lostText,
  noWords,
  pictureFollows,
  pictureStays,
  taskLine,
} from '../core/observations/framing'
import { longestFileText } from '../core/pricing/estimate'
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
  const observed = observedIn(message.parts).map((part) => encodeObserved(part, place, attached))
  const own = message.parts.flatMap((part) => encodePart(part, place, attached))
  const framed = observed.length === 0 ? [] : [said(header), ...observed.flat(), said(taskLine)]
  const parts = [...carried, ...framed, ...own]
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
  if (part.kind === 'text') return part.text === '' ? [] : [said(part.text)]
  if (part.kind !== 'attachment') return []
  const { asset } = part
  const isFile = !isPicture(asset)
  const picture = pictures.get(asset.asset_id)
  if (picture?.place !== place)
    return [said(isFile ? fileBlock(asset, texts.get(asset.asset_id)) : pictureMention(asset))]
  return [
    said(isFile ? pageHint(asset) : pictureHint(asset)),
    { type: 'image_url', image_url: { url: picture.url } },
  ]
}

/** Where it comes from, its words between markers, and its picture where that goes along; sound never does. */
function encodeObserved(
  observed: Observed,
  place: number,
  { pictures, texts }: Attached,
): readonly WirePart[] {
  const { asset, text_asset_id, source_kind, with_raw } = observed
  const text = texts.get(text_asset_id ?? asset.asset_id)
  const picture = pictures.get(asset.asset_id)
  const lines = [contextLine(observed)]
  if (text === undefined) lines.push(lostText)
  else if (text.trim() !== '') lines.push(framedText(observed, text, longestFileText))
  else if (source_kind === 'microphone_segment') lines.push(noWords)
  if (!with_raw || !isPicture(asset)) return [said(lines.join('\n'))]
  if (picture?.place !== place) return [said([...lines, pictureStays].join('\n'))]
  return [said([...lines, pictureFollows].join('\n')), { type: 'image_url', image_url: { url: picture.url } }]
}

const said = (text: string): WirePart => ({ type: 'text', text })
