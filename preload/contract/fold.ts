import type { Part, ReasoningDetail, ToolCallState, ToolFacts } from './message'

/** What grew. `place` is the index of the part in the message. */
export type Delta =
  | { readonly at: 'part'; readonly part: Part }
  | { readonly at: 'text'; readonly place: number; readonly add: string }
  | { readonly at: 'detail'; readonly place: number; readonly piece: ReasoningDetail }
  | {
      readonly at: 'tool'
      readonly place: number
      readonly add?: string
      readonly state?: ToolCallState
      readonly output?: string
      /** Added to those that are known. */
      readonly facts?: ToolFacts
    }

/** Deltas number `from`…`upto` of one message, squeezed into as few as will say the same. */
export interface Batch {
  readonly from: number
  readonly upto: number
  readonly deltas: readonly Delta[]
}

export interface Growing {
  readonly parts: readonly Part[]
  /** Number of the last delta folded in. */
  readonly seen: number
}

/** Folds a batch in. A repeat changes nothing; a hole says 'gap' and the caller asks for one snapshot. */
export function fold<T extends Growing>(growing: T, batch: Batch): T | 'gap' {
  if (batch.upto <= growing.seen) return growing
  if (batch.from !== growing.seen + 1) return 'gap'
  const parts = [...growing.parts]
  for (const delta of batch.deltas) apply(parts, delta)
  return { ...growing, parts, seen: batch.upto }
}

/** Joins two neighbouring batches of one message. */
export function join(first: Batch, second: Batch): Batch {
  return { from: first.from, upto: second.upto, deltas: squeeze([...first.deltas, ...second.deltas]) }
}

/** Joins neighbouring text so that a burst of tokens crosses a process line as one string. */
export function squeeze(deltas: readonly Delta[]): Delta[] {
  const out: Delta[] = []
  for (const delta of deltas) {
    const last = out.at(-1)
    if (delta.at === 'text' && last?.at === 'text' && last.place === delta.place) {
      out[out.length - 1] = { ...last, add: last.add + delta.add }
    } else out.push(delta)
  }
  return out
}

function apply(parts: Part[], delta: Delta): void {
  if (delta.at === 'part') {
    parts.push(delta.part)
    return
  }
  const part = parts[delta.place]
  if (delta.at === 'text' && (part?.kind === 'text' || part?.kind === 'reasoning')) {
    parts[delta.place] = { ...part, text: part.text + delta.add }
  } else if (delta.at === 'detail' && part?.kind === 'reasoning') {
    parts[delta.place] = { ...part, details: addDetail(part.details, delta.piece) }
  } else if (delta.at === 'tool' && part?.kind === 'tool_call') {
    parts[delta.place] = {
      ...part,
      arguments: part.arguments + (delta.add ?? ''),
      state: delta.state ?? part.state,
      ...(delta.output === undefined ? {} : { output: delta.output }),
      ...(delta.facts === undefined ? {} : { facts: { ...part.facts, ...delta.facts } }),
    }
  }
}

/** Merges a streamed reasoning piece into the list by the rules of API reference 2.5. */
export function addDetail(
  details: readonly ReasoningDetail[],
  piece: ReasoningDetail,
): readonly ReasoningDetail[] {
  const last = details.at(-1)
  if (!last || last['type'] !== piece['type'] || last['index'] !== piece['index']) return [...details, piece]
  if (piece['type'] === 'reasoning.summary') {
    return [
      ...details.slice(0, -1),
      { ...filled(last, piece), summary: glue(last['summary'], piece['summary']) },
    ]
  }
  if (piece['type'] === 'reasoning.text') {
    const closed = Boolean(last['signature']) && Boolean(piece['text'])
    if (closed) return [...details, piece]
    return [...details.slice(0, -1), { ...filled(last, piece), text: glue(last['text'], piece['text']) }]
  }
  return [...details, piece]
}

/** `first` with every field it lacks taken from `second`: the first non-empty signature, id and format win. */
function filled(first: ReasoningDetail, second: ReasoningDetail): ReasoningDetail {
  const out: Record<string, unknown> = { ...first }
  for (const [key, value] of Object.entries(second)) {
    if (out[key] === undefined || out[key] === null || out[key] === '') out[key] = value
  }
  return out
}

const glue = (a: unknown, b: unknown): unknown =>
  typeof a === 'string' || typeof b === 'string'
    ? `${typeof a === 'string' ? a : ''}${typeof b === 'string' ? b : ''}`
    : a
