import type { LogLine } from '@contract/storage'

/** As the log's writer numbers them. */
const levels: readonly (readonly [number, LogLine['level']])[] = [
  [50, 'error'],
  [40, 'warn'],
  [30, 'info'],
  [0, 'debug'],
]

/** How bad, from 0. */
export const rankOf = (level: LogLine['level']): number => -levels.findIndex(([, name]) => name === level)

/** A line of the log file; undefined for what is cut or no line of ours. */
export function readLogLine(text: string): LogLine | undefined {
  let line: unknown
  try {
    line = JSON.parse(text)
  } catch {
    return undefined
  }
  const { level, time, msg, ...data } = Object(line) as Record<string, unknown>
  if (typeof level !== 'number' || typeof time !== 'string' || typeof msg !== 'string') return undefined
  const at = Date.parse(time)
  if (Number.isNaN(at)) return undefined
  return {
    at_ms: at,
    level: levels.find(([number]) => level >= number)?.[1] ?? 'debug',
    message: msg,
    data,
  }
}
