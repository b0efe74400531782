import type { Preferences } from '@contract/preferences'
import { acceleratorOf } from './accelerator'
import { isWayland } from './is-wayland'
import type { Words } from './words'

/** The window's command that starts and ends a dictation, and its key where nobody has chosen another. */
export const dictate = 'dictate'
const usual = '$mod+Shift+Space'

type Wanted = Pick<Preferences, 'dictation_everywhere' | 'shortcuts'>

export interface DictationKeyNeeds {
  /** The system's keys for all programs. `register` answers whether it was given to us. */
  readonly keys: {
    register(accelerator: string, press: () => void): boolean
    unregister(accelerator: string): void
  }
  /** `x11` also where there is no such thing; `portal`: the desktop itself is asked, and may ask the person. */
  readonly desktop: 'x11' | 'portal' | 'closed'
  readonly isFocused: () => boolean
  /** Another program was in front, or our own window, which did not hear the key itself. */
  readonly pressed: (isFocused: boolean) => void
  readonly words: () => Words
}

export interface DictationKey {
  follow(wanted: Wanted): void
  /** Our own window hears its keys itself, and knows when they are let go. */
  focused(isFocused: boolean): void
  state(): {
    readonly state: 'off' | 'registered' | 'refused'
    readonly accelerator: string
    readonly why?: string
  }
  stop(): void
}

/** How programs get keys while another one is in front. A program on X11 under Wayland hears only X11 programs' keys. */
export function desktopOf(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  isOnWayland: boolean,
  electron: number,
): DictationKeyNeeds['desktop'] {
  if (platform !== 'linux') return 'x11'
  if (!isWayland(env)) return 'x11'
  // Electron asks the desktop's portal from 35 on, and only where it is a Wayland program itself.
  return isOnWayland && electron >= 35 ? 'portal' : 'closed'
}

/** The dictation key while another program is in front, as the preferences want it. */
export function createDictationKey({
  keys,
  desktop,
  isFocused,
  pressed,
  words,
}: DictationKeyNeeds): DictationKey {
  let accelerator = ''
  let isWanted = false
  let isHeld = false
  let wasGiven = false

  function take(): void {
    if (isHeld || !isWanted || accelerator === '' || desktop === 'closed') return
    try {
      wasGiven = keys.register(accelerator, () => pressed(isFocused()))
    } catch {
      // A key that this system does not know.
      wasGiven = false
    }
    isHeld = wasGiven
  }
  function give(): void {
    if (!isHeld) return
    keys.unregister(accelerator)
    isHeld = false
  }

  return {
    follow({ dictation_everywhere, shortcuts }) {
      const next = acceleratorOf(shortcuts[dictate] ?? usual) ?? ''
      if (next === accelerator && dictation_everywhere === isWanted) return
      give()
      accelerator = next
      isWanted = dictation_everywhere
      wasGiven = false
      // Also in front, to know whether it can be had at all.
      take()
      if (isFocused() && desktop !== 'portal') give()
    },
    focused(now) {
      // A portal may ask the person each time.
      if (desktop === 'portal') return
      if (now) give()
      else take()
    },
    state() {
      const { dictationKeyClosed, dictationKeyNone, dictationKeyPortal, dictationKeyTaken } = words()
      if (!isWanted) return { state: 'off', accelerator }
      if (accelerator === '') return { state: 'refused', accelerator, why: dictationKeyNone }
      if (desktop === 'closed') return { state: 'refused', accelerator, why: dictationKeyClosed }
      if (!wasGiven) return { state: 'refused', accelerator, why: dictationKeyTaken }
      return {
        state: 'registered',
        accelerator,
        ...(desktop === 'portal' ? { why: dictationKeyPortal } : {}),
      }
    },
    stop: give,
  }
}
