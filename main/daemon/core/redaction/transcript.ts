import { namesCredential } from './credential-names'
import { withoutSpans } from './find-secrets'
import { marker } from './marker'
import { noteMedia } from './media'
import type { TranscriptRules } from './scrub'

/** A value whose texts may still wait for what comes next. */
export interface Filtered {
  /** Whether every text in it is final. */
  isWhole(): boolean
  /** The clean value; the given one itself where nothing had to go. */
  render(): unknown
}

interface Text {
  readonly out: string
  readonly waiting: number
}

/** How deep a value is followed; deeper ones are data nobody reads. */
const deepest = 100

/**
 * Takes credentials out of plain data that holds a conversation: fields named like one, media, and what `textAt` takes
 * out of each text. `path` tells where a text stands, so that the texts of one place can be read as one.
 */
export function filterValue(
  value: unknown,
  rules: TranscriptRules,
  textAt: (text: string, path: string) => Text,
): Filtered {
  const texts: Text[] = []

  function follow(inner: unknown, path: string, depth: number): () => unknown {
    if (typeof inner === 'string') return followText(inner, path)
    if (typeof inner === 'number') return () => (rules.find(String(inner)).length > 0 ? marker : inner)
    if (typeof inner !== 'object' || inner === null) return () => inner
    if (depth >= deepest) return () => '[too deep]'
    if (Array.isArray(inner)) {
      const items = inner.map((item, at) => follow(item, `${path}.${at}`, depth + 1))
      return () =>
        same(
          inner,
          items.map((item) => item()),
        )
    }
    const fields = Object.entries(inner).map(([name, field]) => {
      const isSecret = namesCredential(name) && !isPlain(field)
      return [
        clean(name, rules),
        isSecret ? () => marker : follow(field, `${path}.${name}`, depth + 1),
      ] as const
    })
    return () => {
      const made = Object.fromEntries(fields.map(([name, field]) => [name, field()]))
      const before = inner as Readonly<Record<string, unknown>>
      const isSame = Object.entries(made).every(([name, field]) => before[name] === field)
      return isSame && fields.length === Object.keys(inner).length ? inner : made
    }
  }

  function followText(text: string, path: string): () => unknown {
    const note = noteMedia(text, rules.digest)
    if (note) return () => note
    const filtered = textAt(text, path)
    texts.push(filtered)
    return () => filtered.out
  }

  const render = follow(value, '', 0)
  return { isWhole: () => texts.every((text) => text.waiting === 0), render }
}

/** The same for data that is there at once. */
export const filterWhole = (value: unknown, rules: TranscriptRules): unknown =>
  filterValue(value, rules, (text) => ({ out: clean(text, rules), waiting: 0 })).render()

const clean = (text: string, rules: TranscriptRules): string => withoutSpans(text, rules.find(text))

const same = (before: readonly unknown[], after: readonly unknown[]): readonly unknown[] =>
  after.every((item, at) => item === before[at]) ? before : after

/** Whether there is a credential is no secret. */
const isPlain = (value: unknown): boolean => value === null || typeof value === 'boolean'
