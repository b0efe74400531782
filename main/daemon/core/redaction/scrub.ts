import { scrubAssignments } from './credential-names'
import { marker } from './marker'
import { findSecrets, literalFrom, unfinishedFrom, type Span } from './find-secrets'
import { scrubMedia, type Digest } from './media'
import { literalsOf, patternsOf, shortestForm } from './secret-forms'
import { scrubShapes } from './secret-shapes'
import { scrubUrls } from './urls'
import { walk } from './walk'

/** Takes secrets out of whatever leaves the daemon: logs, faults, artifacts (contract 15). */
export interface Scrubber {
  /**
   * Remembers a secret for the life of the process; a rotated one stays known. Blank ones and those under four
   * characters are passed over: they could not be told from ordinary text.
   */
  learn(secret: string, shortest?: number): void
  /** The same string when there is nothing to take out. */
  scrub(text: string): string
  /** A plain copy; credential-looking fields become a marker, media a note of type and length. */
  scrubValue(value: unknown, also?: (text: string) => string): unknown
  /** For the words of a conversation, where prose like `password: swordfish` is no credential of ours. */
  readonly transcript: TranscriptRules
}

export interface TranscriptRules {
  find(text: string): readonly Span[]
  /** Where the end of a growing text may be the beginning of a find. */
  unfinishedFrom(text: string): number
  /** Where the end of a text is the beginning of a known secret; the text's length when it is none. */
  secretFrom(text: string): number
  readonly digest: Digest | undefined
}

const shortest = 4

/** One for the whole process. Holds what it has learned where nothing can print it. With `digest`, media tell theirs. */
export function createScrubber(digest?: Digest): Scrubber {
  const known = new Map<string, readonly RegExp[]>()
  let patterns: readonly RegExp[] = []
  let literals: readonly string[] = []
  let shortestKnown = Infinity

  const scrub = (text: string): string => {
    let rest = text
    for (const pattern of patterns) rest = rest.replace(pattern, marker)
    return scrubUrls(scrubAssignments(scrubShapes(scrubMedia(rest, digest))))
  }
  return {
    learn(secret, least = shortest) {
      if (secret.trim().length < least || known.has(secret)) return
      known.set(secret, patternsOf(secret))
      // The longest first, so that a secret that starts with another is taken out whole.
      patterns = [...known].toSorted(([a], [b]) => b.length - a.length).flatMap(([, each]) => each)
      literals = [...known.keys()].flatMap(literalsOf)
      shortestKnown = Math.min(shortestKnown, shortestForm(secret))
    },
    scrub,
    scrubValue: (value, also) => walk(value, also ? (text) => also(scrub(text)) : scrub, digest),
    transcript: {
      // Most texts of a stream are a word or two.
      find: (text) => findSecrets(text, text.length < shortestKnown ? [] : patterns, digest),
      unfinishedFrom: (text) => unfinishedFrom(text, literals),
      secretFrom: (text) => literalFrom(text, literals),
      digest,
    },
  }
}
