/** Above this a text box gets slow, so the rest of a draft is kept out of it (UTF-16 units). */
export const boxLimit = 50_000
/** The most that one message can have (contract `RunRequest.content`). */
export const messageLimit = 4_000_000

/** A draft in two: what stands in the box, and a long text that is only named. Joined they are the draft. */
export interface SplitDraft {
  readonly typed: string
  readonly held: string
}

/** `heldFrom` is where the long part was put; unknown, the whole of a long draft is held. */
export function splitDraft(draft: string, heldFrom: number | null): SplitDraft {
  if (draft.length <= boxLimit) return { typed: draft, held: '' }
  const at = heldFrom !== null && heldFrom <= Math.min(draft.length, boxLimit) ? heldFrom : 0
  return { typed: draft.slice(0, at), held: draft.slice(at) }
}

/** Puts a pasted text after what is typed; null when it fits the box, which then does it better itself. */
export function holdPaste(
  typed: string,
  held: string,
  pasted: string,
): { readonly draft: string; readonly heldFrom: number } | null {
  if (typed.length + pasted.length <= boxLimit) return null
  const gap = typed.trim() === '' ? '' : '\n\n'
  const more = held === '' ? `${gap}${pasted}` : `${held}\n\n${pasted}`
  return { draft: typed + more, heldFrom: typed.length }
}

export function countLines(text: string): number {
  let lines = 1
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

/** Two texts as one draft, with a blank line between. */
export const joinDrafts = (first: string, second: string): string =>
  first.trim() === '' ? second : second.trim() === '' ? first : `${first}\n\n${second}`
