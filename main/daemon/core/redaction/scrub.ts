import { scrubAssignments } from './credential-names'
import { marker } from './marker'
import { scrubMedia } from './media'
import { patternsOf } from './secret-forms'
import { scrubShapes } from './secret-shapes'
import { scrubUrls } from './urls'
import { walk } from './walk'

/** Takes secrets out of whatever leaves the daemon: logs, faults, artifacts (contract 15). */
export interface Scrubber {
  /**
   * Remembers a secret for the life of the process; a rotated one stays known. Blank ones and those under four
   * characters are passed over: they could not be told from ordinary text.
   */
  learn(secret: string): void
  /** The same string when there is nothing to take out. */
  scrub(text: string): string
  /** A plain copy; credential-looking fields become a marker, media a note of type and length. */
  scrubValue(value: unknown): unknown
}

const shortest = 4

/** One for the whole process. Holds what it has learned where nothing can print it. */
export function createScrubber(): Scrubber {
  const known = new Map<string, readonly RegExp[]>()
  let patterns: readonly RegExp[] = []

  const scrub = (text: string): string => {
    let rest = text
    for (const pattern of patterns) rest = rest.replace(pattern, marker)
    return scrubUrls(scrubAssignments(scrubShapes(scrubMedia(rest))))
  }
  return {
    learn(secret) {
      if (secret.trim().length < shortest || known.has(secret)) return
      known.set(secret, patternsOf(secret))
      // The longest first, so that a secret that starts with another is taken out whole.
      patterns = [...known].toSorted(([a], [b]) => b.length - a.length).flatMap(([, each]) => each)
    },
    scrub,
    scrubValue: (value) => walk(value, scrub),
  }
}
