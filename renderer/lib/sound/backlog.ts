import { msOf, samplesOf } from './rate'

/** How much sound waits to be read, told by when frames come: a page that stood still reads it late. */
export interface Backlog {
  /** A frame has come. */
  heard(length: number): void
  /** Samples that were spoken and have not come yet. */
  waiting(): number
}

/** More does not wait (`track-frames`): it is lost. */
const most = samplesOf(10_000)
/** Frames that come so far apart were not waiting. */
const calmMs = 100
/** So much sound in its own time, and nothing is waiting, whatever the clocks have said. */
const proof = samplesOf(500)

export function createBacklog(now: () => number): Backlog {
  let behind = 0
  let lastAt: number | undefined
  let calm = { samples: 0, ms: 0 }
  const bounded = (samples: number): number => Math.max(0, Math.min(most, samples))

  return {
    heard(length) {
      const at = now()
      const ms = at - (lastAt ?? at)
      // The first may hold what was said before the key.
      behind = lastAt === undefined ? 0 : bounded(behind + samplesOf(ms) - length)
      lastAt = at
      calm = ms > calmMs ? { samples: 0, ms: 0 } : { samples: calm.samples + length, ms: calm.ms + ms }
      if (calm.samples < proof) return
      // A device that was changed, or a machine that slept: its silence is no sound that waits.
      if (calm.ms > msOf(calm.samples) * 0.8) behind = 0
      calm = { samples: 0, ms: 0 }
    },
    waiting: () => (lastAt === undefined ? 0 : bounded(behind + samplesOf(now() - lastAt))),
  }
}
