import type { Log } from './log'

export interface FakeLog extends Log {
  readonly lines: {
    readonly level: 'info' | 'warn' | 'surprise'
    readonly tag: string
    readonly facts?: unknown
  }[]
}

export function fakeLog(): FakeLog {
  const lines: FakeLog['lines'] = []
  return {
    lines,
    info: (tag, facts) => void lines.push({ level: 'info', tag, facts }),
    warn: (tag, facts) => void lines.push({ level: 'warn', tag, facts }),
    surprise: (error) => {
      lines.push({
        level: 'surprise',
        tag: error instanceof Error ? (error.stack ?? error.message) : String(error),
      })
      return `ref_${String(lines.length)}`
    },
  }
}
