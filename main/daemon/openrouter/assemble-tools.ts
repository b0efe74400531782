import type { Delta } from '@contract/fold'
import type { Part } from '@contract/message'
import type { ToolFragment } from './wire'

interface Slot {
  readonly index: number | undefined
  readonly id: string | undefined
  /** Undefined until the call has a name and could begin. */
  place: number | undefined
  arguments: string
}

/**
 * Puts tool calls together from fragments by the rules of API reference 2.4. Calls begin and stay `building`: whether
 * their arguments are whole and what runs is decided once, at the end of the turn.
 */
export function createToolCalls(begin: (part: Part) => number, grow: (delta: Delta) => void) {
  const slots: Slot[] = []
  const used = new Set<string>()

  function freshId(given: string | undefined): string {
    let id = given && !used.has(given) ? given : `call_${used.size + 1}`
    while (used.has(id)) id += '_'
    used.add(id)
    return id
  }

  function slotOf(fragment: ToolFragment): Slot {
    const index = fragment.index ?? undefined
    const named = Boolean(fragment.function?.name)
    const found = index === undefined ? slots.at(-1) : slots.findLast((slot) => slot.index === index)
    // Another id together with a name is another call, whatever the index says; so is a name after a whole call.
    const another = named && Boolean(fragment.id) && fragment.id !== found?.id && found?.place !== undefined
    const next = named && index === undefined && found !== undefined && isJson(found.arguments)
    if (found && !another && !next) return found
    const slot: Slot = { index, id: fragment.id ?? undefined, place: undefined, arguments: '' }
    slots.push(slot)
    return slot
  }

  function add(slot: Slot, text: string): void {
    slot.arguments += text
    if (slot.place !== undefined && text !== '') grow({ at: 'tool', place: slot.place, add: text })
  }

  return {
    take(fragment: ToolFragment): void {
      const slot = slotOf(fragment)
      const name = fragment.function?.name
      if (name && slot.place === undefined) {
        const call_id = freshId(fragment.id ?? slot.id)
        slot.place = begin({ kind: 'tool_call', call_id, name, arguments: slot.arguments, state: 'building' })
      }
      const text = fragment.function?.arguments ?? ''
      // A blank fragment after complete arguments carries nothing.
      if (text.trim() !== '' || !isJson(slot.arguments)) add(slot, text)
    },
    /** Gives calls without arguments their `{}`. */
    close(): void {
      for (const slot of slots) if (slot.arguments.trim() === '') add(slot, '{}')
    },
    any: (): boolean => slots.some((slot) => slot.place !== undefined),
    /** Something was to be called, and nothing said what. */
    areNameless: (): boolean =>
      slots.every((slot) => slot.place === undefined) &&
      slots.some((slot) => Boolean(slot.id) || slot.arguments.trim() !== ''),
  }
}

function isJson(text: string): boolean {
  if (text.trim() === '') return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
