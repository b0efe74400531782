import { mostBrush } from './mask/brush-size'
import type { Mask } from './mask/mask'
import type { StageHandle } from './stage/stage'
import { type Hand, toolKeys, tools } from './stage/tools'

export interface KeyGround {
  /** Null where nothing can be marked. */
  readonly mask: Pick<Mask, 'undo' | 'redo' | 'invert' | 'clear'> | null
  readonly hand: Hand
  readonly stage: Pick<StageHandle, 'step' | 'fit' | 'realSize'> | null
  readonly onHand: (hand: Hand) => void
  readonly onApply: () => void
  /** A step back: from a result to the source, and out in the end. */
  readonly onBack: () => void
  readonly onLeaveWriting: () => void
}

interface Press {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly target: EventTarget
}

const brushStep = 4

/** What a key means in the editor, or null. While something is written only two of them mean anything. */
export function keyDeeds(press: Press, ground: KeyGround): (() => void) | null {
  const { mask, hand, stage } = ground
  const isCommand = press.ctrlKey || press.metaKey
  if (isCommand && press.key === 'Enter') return ground.onApply
  if (isWriting(press.target)) return press.key === 'Escape' ? ground.onLeaveWriting : null
  if (isCommand) {
    const letter = press.key.toLowerCase()
    if (letter === 'z' && mask) return press.shiftKey ? mask.redo : mask.undo
    return letter === 'y' && mask ? mask.redo : null
  }
  if (press.altKey) return null
  if (press.key === 'Escape') return ground.onBack
  const tool = tools.find((each) => toolKeys[each] === press.key.toUpperCase())
  if (tool && mask) return () => ground.onHand({ ...hand, tool })
  const sized = (by: number) => () =>
    ground.onHand({ ...hand, size: Math.min(mostBrush, Math.max(0, hand.size + by)) })
  const keys: Readonly<Record<string, (() => void) | undefined>> = {
    '[': mask ? sized(-brushStep) : undefined,
    ']': mask ? sized(brushStep) : undefined,
    i: mask?.invert,
    I: mask?.invert,
    Delete: mask?.clear,
    '+': () => stage?.step(1),
    '=': () => stage?.step(1),
    '-': () => stage?.step(-1),
    '0': () => stage?.fit(),
    '1': () => stage?.realSize(),
  }
  return (Object.hasOwn(keys, press.key) ? keys[press.key] : undefined) ?? null
}

const isWriting = (target: EventTarget): boolean =>
  typeof Element !== 'undefined' &&
  target instanceof Element &&
  target.closest('textarea, input:not([type="range"]), select, [contenteditable], [role="combobox"]') !== null
