import { decibels, levelOf } from './level'
import { msOf } from './rate'

/** Tells from each frame whether somebody speaks. Doubt counts as speech: what is taken for silence is not sent. */
export interface VoiceGate {
  /** True while somebody speaks, and for a moment after. Frames in their order, about 16 ms each. */
  hear(frame: Int16Array): boolean
}

/** Decibels above the noise at which the gate opens, and below which it closes again. */
const opensAbove = 9
const closesBelow = 5
/** So loud is always speech, whatever the noise is: a voice in a loud room stands hardly above it. */
const surelyVoice = -38
/** So quiet is never speech: the noise of a good converter. */
const surelySilent = -66
/** How long the gate stays open after the last that sounded like speech. */
const hangoverMs = 320
/** The noise is the quietest of this long: nobody speaks so long without a dip. */
const memoryMs = 4_000
/** How fast noise is believed to grow, decibels a second: a fan that starts is speech until then, and that is safe. */
const growth = 1.5
/** The memory is kept in slots, each with its quietest. */
const slotMs = 250

export function createVoiceGate(): VoiceGate {
  let noise = -60
  let isOpen = false
  let sinceVoiceMs = Number.POSITIVE_INFINITY
  const slots: number[] = []
  let slot = Number.POSITIVE_INFINITY
  let slotAgeMs = 0

  function learn(level: number, ms: number): void {
    slot = Math.min(slot, level)
    slotAgeMs += ms
    if (slotAgeMs >= slotMs) {
      slots.push(slot)
      if (slots.length > memoryMs / slotMs) slots.shift()
      slot = Number.POSITIVE_INFINITY
      slotAgeMs = 0
    }
    const lowest = Math.min(slot, ...slots)
    noise = lowest < noise ? lowest : Math.min(lowest, noise + (growth * ms) / 1000)
    noise = Math.min(surelyVoice - opensAbove, Math.max(surelySilent, noise))
  }

  return {
    hear(frame) {
      const ms = msOf(frame.length)
      const level = decibels(levelOf(frame).rms)
      // Judged by the noise before it: a first word is not its own noise.
      const isVoice = level > noise + (isOpen ? closesBelow : opensAbove) && level > surelySilent
      learn(level, ms)
      sinceVoiceMs = isVoice ? 0 : sinceVoiceMs + ms
      isOpen = sinceVoiceMs < hangoverMs
      return isOpen
    },
  }
}
