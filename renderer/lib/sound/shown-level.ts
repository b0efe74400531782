import { levelOf, meterOf } from './level'
import { frameLength, msOf } from './rate'

/** The level that a meter shows. Sound comes some frames at a time, and is shown as it was heard: one after the other. */
export interface ShownLevel {
  /** Answers its peak, 0 to 1. */
  heard(sound: Int16Array): number
  /** 0 to 1 of a meter. */
  level(): number
  reset(): void
}

const frameMs = msOf(frameLength)

export function createShownLevel(now = () => performance.now()): ShownLevel {
  let heights: number[] = []
  let from = 0
  return {
    heard(sound) {
      let highest = 0
      heights = []
      from = now()
      for (let at = 0; at < sound.length; at += frameLength) {
        const level = levelOf(sound.subarray(at, at + frameLength))
        heights.push(meterOf(level))
        highest = Math.max(highest, level.peak)
      }
      return highest
    },
    level: () => heights[Math.min(heights.length - 1, Math.floor((now() - from) / frameMs))] ?? 0,
    reset: () => void (heights = []),
  }
}
