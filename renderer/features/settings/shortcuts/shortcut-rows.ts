import { areSameKeys, keysInForce } from '../../../lib/shortcuts'
import type { ShortcutCommand } from '../settings-context'

export interface ShortcutRow {
  readonly id: string
  readonly words: string
  /** In force now; empty: none. */
  readonly keys: string
  /** What the command comes with; empty: none. */
  readonly standard: string
  readonly isChanged: boolean
}

export function shortcutRows(
  commands: readonly ShortcutCommand[],
  chosen: Readonly<Record<string, string>>,
): readonly ShortcutRow[] {
  const inForce = keysInForce(commands, chosen)
  return commands.map(({ id, words, keys: standard = '' }) => {
    const keys = inForce.get(id) ?? ''
    return { id, words, keys, standard, isChanged: !areSameKeys(keys, standard) }
  })
}

/** Every word must be in the name or the keys. What has keys comes first; otherwise the order of the registry. */
export function findRows(
  rows: readonly ShortcutRow[],
  query: string,
  capsOf: (keys: string) => readonly string[],
): readonly ShortcutRow[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const fits = (row: ShortcutRow): boolean => {
    const caps = capsOf(row.keys)
    const hay = `${row.words} ${caps.join('+')} ${caps.join('')} ${caps.join(' ')}`.toLowerCase()
    return words.every((word) => hay.includes(word))
  }
  return rows
    .filter(fits)
    .toSorted(
      (one, other) =>
        Number(one.keys === '' && !one.isChanged) - Number(other.keys === '' && !other.isChanged),
    )
}

/** The command that these keys would be taken from. */
export const ownerOf = (
  rows: readonly ShortcutRow[],
  keys: string,
  except: string,
): ShortcutRow | undefined =>
  rows.find((row) => row.id !== except && row.keys !== '' && areSameKeys(row.keys, keys))

/** The choices with these keys for this command, and for nobody else. Empty keys take them away. */
export function choose(
  rows: readonly ShortcutRow[],
  chosen: Readonly<Record<string, string>>,
  id: string,
  keys: string,
): Record<string, string> {
  const owner = keys === '' ? undefined : ownerOf(rows, keys, id)
  return withChoices(rows, chosen, { [id]: keys, ...(owner ? { [owner.id]: '' } : {}) })
}

/** The command's own keys again, for nobody else. */
export function reset(
  rows: readonly ShortcutRow[],
  chosen: Readonly<Record<string, string>>,
  id: string,
): Record<string, string> {
  const standard = rows.find((row) => row.id === id)?.standard ?? ''
  return choose(rows, chosen, id, standard)
}

/** Only what differs from what a command comes with is kept; choices for commands of other versions stay. */
function withChoices(
  rows: readonly ShortcutRow[],
  chosen: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string>>,
): Record<string, string> {
  const standards = new Map(rows.map((row) => [row.id, row.standard]))
  return Object.fromEntries(
    Object.entries({ ...chosen, ...change }).filter(([id, keys]) => {
      const standard = standards.get(id)
      return standard === undefined || !areSameKeys(standard, keys)
    }),
  )
}
