import { setTimeout as after } from 'node:timers/promises'
import type { KeptClipboard } from './kept-clipboard'
import type { PasteWay } from './press-paste'
import type { Words } from './words'

/** The other program reads the clipboard some time after the keys were pressed; milliseconds. */
const readingMs = 600

export interface TypingNeeds {
  readonly clipboard: () => KeptClipboard
  readonly ways: () => readonly PasteWay[]
  readonly press: (way: PasteWay) => Promise<boolean>
  readonly isFocused: () => boolean
  readonly words: () => Words
  readonly pause?: (ms: number) => Promise<unknown>
}

export interface Typed {
  readonly is_typed: boolean
  /** It is in the clipboard instead. */
  readonly why?: string
}

/**
 * Types into the program in front by pasting, one text after the other; the clipboard is then as before, unless somebody
 * has put something else there meanwhile. Where that can't be, the text stays there and `why` says so. With our own window
 * in front nothing is typed, and the clipboard is left alone.
 */
export function createTyping(needs: TypingNeeds): (text: string) => Promise<Typed> {
  const { ways, press, isFocused, words, pause = (ms: number) => after(ms) } = needs
  let turn: Promise<unknown> = Promise.resolve()

  async function type(text: string): Promise<Typed> {
    if (isFocused()) return { is_typed: false }
    const clipboard = needs.clipboard()
    const giveBack = await clipboard.keep()
    await clipboard.put(text)
    const known = ways()
    for (const way of known) {
      if (!(await press(way))) continue
      await pause(readingMs)
      if ((await clipboard.text()) === text) await giveBack()
      return { is_typed: true }
    }
    return { is_typed: false, why: known.length === 0 ? words().typedNoWay : words().typedRefused }
  }

  return (text) => {
    const typed = turn.then(() => type(text))
    turn = typed.catch(() => undefined)
    return typed
  }
}
