import type { Microphone, MicrophoneHearers, MicrophoneTrouble, Opened } from './microphone'
import { samplesOf } from './rate'
import { createRing } from './ring'

/** The microphone of the window: open ahead of the first word, and closed again when nobody wants it. */
export interface ArmedMicrophone {
  /** Somebody is about to dictate in the window in front. Closes by itself when nothing comes of it. */
  arm(deviceId: string): void
  /** From now on sound goes to these hearers; first what was heard in the moment before. */
  start(deviceId: string, hearers: ArmedHearers): Promise<Started>
  /** No sound comes any more; in front it stays open for a while, for the next dictation. */
  stop(): void
  /** The window is not in front any more, or the device is to be another. */
  release(): void
}

export interface ArmedHearers extends MicrophoneHearers {
  /** The device that was asked for is not there, or went away; this is the one in its place. */
  readonly onOther: (label: string) => void
}

export type Started = { readonly ok: true } | { readonly ok: false; readonly trouble: MicrophoneTrouble }

export interface ArmedOptions {
  readonly open: (deviceId: string, hearers: MicrophoneHearers) => Promise<Opened>
  readonly setTimer?: (run: () => void, ms: number) => () => void
  /** Open without a dictation only there. */
  readonly isInFront?: () => boolean
}

/** What was said just before the key was down. */
const preRollMs = 300
export const idleMs = 60_000

const browserTimer = (run: () => void, ms: number): (() => void) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

export function createArmedMicrophone({
  open,
  setTimer = browserTimer,
  isInFront = () => document.hasFocus(),
}: ArmedOptions): ArmedMicrophone {
  const ring = createRing(samplesOf(preRollMs))
  let opening: Promise<Opened> | undefined
  let openedId = ''
  /** Which opening is the newest: what an older one brings is closed. */
  let turn = 0
  let microphone: Microphone | undefined
  let hearers: ArmedHearers | undefined
  let starting = 0
  let stopTimer: () => void = () => undefined

  function close(): void {
    turn += 1
    stopTimer()
    microphone?.close()
    microphone = undefined
    opening = undefined
    ring.take()
  }

  function openNow(deviceId: string): Promise<Opened> {
    if (opening && openedId === deviceId) return opening
    close()
    const mine = turn
    openedId = deviceId
    const isMine = (): boolean => mine === turn
    opening = open(deviceId, {
      onSound: (sound) => {
        if (!isMine()) return
        if (hearers) hearers.onSound(sound)
        else ring.push(sound)
      },
      onGone: () => {
        if (isMine()) void goneFrom()
      },
    }).then((opened) => {
      if (!isMine()) {
        if (opened.ok) opened.microphone.close()
        return opened
      }
      if (opened.ok) microphone = opened.microphone
      else opening = undefined
      return opened
    })
    return opening
  }

  /** The system's own choice takes over; where there is none either, the recording ends. */
  async function goneFrom(): Promise<void> {
    const hearing = hearers
    close()
    if (!hearing) return
    const opened = await openNow('')
    if (hearers !== hearing) return
    if (opened.ok) hearing.onOther(opened.microphone.label)
    else hearing.onGone()
  }

  function waitIdle(): void {
    stopTimer()
    stopTimer = setTimer(() => {
      if (!hearers && starting === 0) close()
    }, idleMs)
  }

  return {
    arm(deviceId) {
      if (hearers || !isInFront()) return
      void openNow(deviceId).then(() => undefined)
      waitIdle()
    },
    async start(deviceId, next) {
      stopTimer()
      starting += 1
      const opened = await openNow(deviceId)
      starting -= 1
      if (!opened.ok) return { ok: false, trouble: opened.trouble }
      hearers = next
      const before = ring.take()
      if (before.length > 0) next.onSound(before)
      if (opened.microphone.isOther) next.onOther(opened.microphone.label)
      return { ok: true }
    },
    stop() {
      hearers = undefined
      // Whoever is starting stops too, or goes on.
      if (isInFront() || starting > 0) waitIdle()
      else close()
    },
    release() {
      if (!hearers && starting === 0) close()
    },
  }
}
