import type { InputOf } from '@contract/define'
import type { LogLine, storageCalls } from '@contract/storage'
import { rankOf, readLogLine } from '../core/status/log-line'
import type { World } from './world'

type Ports = Pick<World, 'disk' | 'about' | 'scrub'>

/** So far back at most, whatever is looked for: the log itself keeps about twice as much. Characters. */
const farthest = 16 * 1024 * 1024

/** `logs.read`: the newest lines of the log and of those that were turned over before it, newest last. */
export const readLogs =
  ({ disk, about, scrub }: Ports) =>
  async ({ limit, level }: InputOf<(typeof storageCalls)['logs.read']>): Promise<{ lines: LogLine[] }> => {
    const wanted = rankOf(level)
    const found: LogLine[] = []
    let read = 0
    for (const file of await newestFirst({ disk, about })) {
      for await (const text of disk.linesFromEnd(file)) {
        read += text.length
        const line = readLogLine(text)
        // A secret that became known after the line was written goes, too.
        if (line && rankOf(line.level) >= wanted) found.push({ ...line, ...scrubbed(scrub, line) })
        if (found.length >= limit || read >= farthest) return { lines: found.reverse() }
      }
    }
    return { lines: found.reverse() }
  }

const scrubbed = (scrub: World['scrub'], { message, data }: LogLine) =>
  scrub({ message, data }) as Pick<LogLine, 'message' | 'data'>

/** Turned-over files carry their time in front of the name. */
async function newestFirst({ disk, about }: Pick<Ports, 'disk' | 'about'>): Promise<readonly string[]> {
  const names = await disk.list(about.folders.logs)
  const turned = names.filter((name) => name.endsWith('-kheish.log')).toSorted((a, b) => (a < b ? 1 : -1))
  return ['kheish.log', ...turned].map((name) => `${about.folders.logs}/${name}`)
}
