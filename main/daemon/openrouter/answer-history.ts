import type { AssetRef, Message, Part } from '@contract/message'
import { isPicture } from '@contract/attached'
import type { CallPart } from '../core/tools/open-calls'
import { named } from './attachments'
import { encodeReasoning } from './reasoning-history'
import type { WireMessage } from './wire-message'

interface For {
  readonly model: string
  /** The request offers tools: without them, upstream refuses calls and their results. */
  readonly hasTools: boolean
  /** The newest message: the model has not come to its end. */
  readonly goesOn: boolean
}

/** One request to the model: what it thought, said and called, and what it is told besides in our own words. */
interface Round {
  readonly notes: string[]
  readonly parts: Part[]
  readonly calls: CallPart[]
}

/** Characters of a result that is told in words. */
const longestTold = 4_000

/**
 * An answer as the model sees it again, round by round: its words and calls, then one result for each call (API reference
 * 2.4). What a person had made beside it, what it showed, and calls without tools in the request are told in words.
 */
export function encodeAnswer(message: Message, to: For): WireMessage[] {
  const from = message.receipt?.served_model ?? message.receipt?.model
  return roundsOf(message.parts, to.hasTools).flatMap(({ notes, parts, calls }): WireMessage[] => {
    const sent = to.hasTools ? calls : []
    const said = parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')
    const told = to.hasTools ? [] : calls.map(inWords)
    const content = [...notes, ...(said === '' ? [] : [said]), ...told].join('\n\n')
    // An answer that goes on ends with results: words of ours behind them would be taken for its own.
    const isAside = said === '' && calls.length === 0
    if (content === '' && sent.length === 0) return []
    if (isAside && to.goesOn) return []
    const turn: WireMessage = {
      role: 'assistant',
      content: content === '' ? null : content,
      ...encodeReasoning(parts, from, to.model),
      ...(sent.length > 0 ? { tool_calls: sent.map(encodeCall) } : {}),
    }
    return [turn, ...sent.map(encodeResult)]
  })
}

/** A message holds every round of a tool loop; what comes after a call, or a call of a later turn, begins the next one. */
function roundsOf(parts: readonly Part[], hasTools: boolean): readonly Round[] {
  const out: Round[] = []
  let last: CallPart | undefined
  const round = (call?: CallPart): Round => {
    const goesOn = last === undefined || (call !== undefined && call.turn === last.turn)
    last = call
    const open = out.at(-1)
    if (open && goesOn) return open
    const next = { notes: [], parts: [], calls: [] }
    out.push(next)
    return next
  }
  const results = parts.map((part) => resultIn(part, hasTools)).join('\n')
  for (const part of parts) {
    if (part.kind === 'attachment') {
      if (!results.includes(part.asset.asset_id)) round().notes.push(shown(part.asset))
    } else if (part.kind === 'tool_call' && part.direct) round().notes.push(madeByHand(part))
    // A call that never came to an end has no result to answer it with, and upstream refuses calls without one.
    else if (part.kind === 'tool_call' && (part.state === 'done' || part.state === 'failed')) {
      round(part).calls.push(part)
    } else if (part.kind !== 'tool_call' && !(part.kind === 'text' && part.emitted)) round().parts.push(part)
  }
  return out
}

/** As much of a call's result as the model is told. */
const resultIn = (part: Part, hasTools: boolean): string => {
  if (part.kind !== 'tool_call' || part.direct) return ''
  return hasTools ? (part.output ?? '') : (part.output ?? '').slice(0, longestTold)
}

const shown = (asset: AssetRef): string =>
  `[${isPicture(asset) ? 'Picture' : 'File'} ${asset.asset_id}, shown here: ${named(asset)}]`

const madeByHand = ({ name, state }: CallPart): string =>
  state === 'done'
    ? `[The person used ${name} here, without you.]`
    : `[The person used ${name} here, without you; it did not work.]`

function inWords({ name, arguments: given, ...call }: CallPart): string {
  const result = resultOf(call)
  const cut = result.length > longestTold ? `${result.slice(0, longestTold)}…` : result
  return `[You used ${name} with ${given.slice(0, longestTold) || '{}'}. It answered: ${cut}]`
}

const resultOf = ({ output, facts }: Pick<CallPart, 'output' | 'facts'>): string =>
  output ?? (facts?.outcome === 'unknown' ? 'Error: nobody knows whether this took effect.' : '')

/**
 * Arguments go back as they came: another key order would miss the provider's prompt cache. What is no JSON object goes
 * back as an empty one, and a name that no tool can have as the nearest that one can: upstream refuses the whole
 * conversation otherwise.
 */
const encodeCall = (call: CallPart) => ({
  id: call.call_id,
  type: 'function',
  function: {
    name: call.name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64) || 'unknown',
    arguments: isObject(call.arguments) ? call.arguments : '{}',
  },
})

const encodeResult = (call: CallPart): WireMessage => ({
  role: 'tool',
  tool_call_id: call.call_id,
  content: resultOf(call),
})

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
