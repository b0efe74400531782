/** Names of this computer and its folders, and what stands for them in a log that may be shown to anybody. */
export interface Places {
  /** Passes over what is too short to be told from words. */
  learn(name: string | undefined, placeholder: string): void
  hide(text: string): string
}

const shortest = 2
/** Everybody's. */
const common = /^(?:localhost|127\.\d+\.\d+\.\d+|::1|openrouter\.ai)$/i

export function createPlaces(): Places {
  const known = new Map<string, string>()
  let pattern: RegExp | undefined

  return {
    learn(name, placeholder) {
      if (name === undefined || name.length < shortest || common.test(name)) return
      // Also as it stands within JSON, and with the other kind of slashes.
      for (const form of [name, name.replaceAll('\\', '\\\\'), name.replaceAll('\\', '/')]) {
        if (!known.has(form.toLowerCase())) known.set(form.toLowerCase(), placeholder)
      }
      const longestFirst = [...known.keys()].toSorted((a, b) => b.length - a.length)
      pattern = new RegExp(`(?<![\\w-])(?:${longestFirst.map(escaped).join('|')})(?![\\w-])`, 'gi')
    },
    hide: (text) => (pattern ? text.replace(pattern, (found) => known.get(found.toLowerCase()) ?? '') : text),
  }
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
