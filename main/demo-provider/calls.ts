import type { Behaviour } from './behaviour'
import { numberOf } from './pictures/words'
import { newestPictures, tellResults } from './call-results'
import { textOf, type AskedMessage } from './respond'

export interface OfferedTools {
  readonly tools?: unknown
}

interface Call {
  readonly name: string
  readonly input: object
}

const paints =
  /\b(draw|paint|sketch|illustrate|zeichne|skizziere|male (?:mir|uns|eine?n?|das|den|die))\b|\b(make|create|generate|mach\w*|erstell\w*|erzeug\w*)\b.{0,30}\b(picture|image|drawing|photo|bild|foto|zeichnung)\b|\b(picture|image|drawing) of\b|\bbild (von|mit|eine)/is
const changes =
  /\b(edit|change|make|turn|remove|replace|add|colou?r|tint|blur|invert|bright\w*|dark\w*|black and white|ändere|änder|bearbeite|mach\w*|färbe|entferne|ersetze|heller|dunkler|schwarz)\b/i
const searches =
  /\b(?:search|look)(?: it up)? (?:the )?(?:web|internet|online) (?:for|about) (.+)|\bsuche? (?:im|in dem) (?:web|netz|internet) (?:nach )?(.+)/is
const reads = /\b(?:read|open|fetch|summari[sz]e|lies|öffne)\b[^]*?(https?:\/\/[^\s<>"')\]]+)/i
/** What is to be said, in quotation marks or behind a colon. */
const says =
  /^(?:please )?(?:say|speak|sprich|sag)\b[^"“„:]*(?:["“„](?<quoted>[^"”“]+)["”“]|:\s*(?<rest>.+))/is
/** A question about a picture is answered, whatever words are in it. */
const asks = /^(?:what|which|who|how|where|why|when|is|are|was|wie|wer|wo|warum|welche\w*|ist|sind)\b/i
const means = /\b(it|this|that|picture|image|es|bild)\b/i
/** The line before a picture, with its id. */
const hint = /\[Picture ([^\s:\]]+):/g

/** What a model with tools does: one call, or its word on what came of them. Undefined: it just answers. */
export function callTools(
  messages: readonly AskedMessage[],
  { tools }: OfferedTools,
): Pick<Behaviour, 'text' | 'tool_calls' | 'finish_reason'> | undefined {
  const offered = namesOf(tools)
  if (offered.size === 0) return undefined
  const told = tellResults(messages, offered)
  if (told && 'text' in told) return told
  const call = told ?? chooseCall(messages, offered)
  return call && { text: '', tool_calls: encodeCall(call, messages), finish_reason: 'tool_calls' }
}

function namesOf(tools: unknown): ReadonlySet<string> {
  const list = Array.isArray(tools) ? (tools as { function?: { name?: unknown } }[]) : []
  return new Set(list.map((tool) => tool?.function?.name).filter((name) => typeof name === 'string'))
}

function chooseCall(messages: readonly AskedMessage[], offered: ReadonlySet<string>): Call | undefined {
  const newest = messages.at(-1)
  if (newest?.role !== 'user') return undefined
  const text = textOf(newest.content)
  const words = text.replace(/^\[(Picture|Earlier picture|File)[^\n]*\]$/gm, '').trim()
  const shown = [...text.matchAll(hint)].map(([, id]) => id)
  // What was made before can be meant as well.
  const pictures = shown.length === 0 && means.test(words) ? newestPictures(messages).slice(-1) : shown
  const page = reads.exec(words)?.[1]
  const [, english, german] = searches.exec(words) ?? []
  const query = (english ?? german)?.replace(/[.?!\s]+$/, '')
  const { quoted, rest } = says.exec(words)?.groups ?? {}
  const spoken = (quoted ?? rest)?.trim()
  const calls: readonly (Call | undefined)[] = [
    page === undefined ? undefined : { name: 'web_fetch', input: { url: page } },
    query === undefined ? undefined : { name: 'web_search', input: { query } },
    pictures.length > 0 && changes.test(words) && !asks.test(words)
      ? { name: 'edit_image', input: { prompt: words, image_asset_ids: pictures } }
      : undefined,
    spoken === undefined ? undefined : { name: 'generate_audio', input: { input: spoken } },
    paints.test(words) ? { name: 'generate_image', input: { prompt: words } } : undefined,
  ]
  return calls.find((call): call is Call => call !== undefined && offered.has(call.name))
}

/** In fragments, as most models send them. */
function encodeCall(
  { name, input }: Call,
  messages: readonly AskedMessage[],
): NonNullable<Behaviour['tool_calls']> {
  const all = JSON.stringify(input)
  const half = Math.ceil(all.length / 2)
  const id = `call_${messages.length}_${numberOf(name + all).toString(36)}`
  return [
    [{ index: 0, id, type: 'function', function: { name, arguments: '' } }],
    [{ index: 0, function: { arguments: all.slice(0, half) } }],
    [{ index: 0, function: { arguments: all.slice(half) } }],
  ]
}
