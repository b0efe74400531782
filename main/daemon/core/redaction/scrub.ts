import { scrubAssignments } from './credential-names'
import { marker } from './marker'
import { scrubMedia } from './media'
import { formsOf } from './secret-forms'
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
  const secrets = new Set<string>()
  let known: RegExp | undefined

  const scrub = (text: string): string => {
    const unknown = known === undefined ? text : text.replace(known, marker)
    return scrubUrls(scrubAssignments(scrubShapes(scrubMedia(unknown))))
  }
  return {
    learn(secret) {
      if (secret.trim().length < shortest || secrets.has(secret)) return
      secrets.add(secret)
      // The longest first, so that a secret that starts with another is taken out whole.
      const longestFirst = [...secrets].sort((a, b) => b.length - a.length)
      known = new RegExp(longestFirst.flatMap(formsOf).join('|'), 'g')
    },
    scrub,
    scrubValue: (value) => walk(value, scrub),
  }
}
