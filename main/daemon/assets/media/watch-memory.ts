import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { MediaChild } from '../../ports/media-child'

const run = promisify(execFile)

/** How to ask for the resident memory of a process in KiB, and how often; of Windows only whoever forked it can tell. */
const ways: Partial<Record<NodeJS.Platform, { every_ms: number; ask: (pid: number) => Promise<string> }>> = {
  linux: {
    every_ms: 100,
    ask: async (pid) =>
      /VmRSS:\s*(\d+)/.exec(await readFile(`/proc/${String(pid)}/status`, 'latin1'))?.[1] ?? '',
  },
  darwin: {
    every_ms: 1_000,
    ask: async (pid) => (await run('ps', ['-o', 'rss=', '-p', String(pid)])).stdout,
  },
}
const toldEveryMs = 250

/** Says once when a process is larger than `limit` bytes. One that has just been forked may have no id yet. Returns the undo. */
export function watchMemory(
  child: Pick<MediaChild, 'pid' | 'residentKib'>,
  limit: number,
  exceeded: () => void,
  platform: NodeJS.Platform = process.platform,
): () => void {
  const way = ways[platform] ?? {
    every_ms: toldEveryMs,
    ask: async () => String(child.residentKib?.() ?? ''),
  }
  let isOver = false
  const timer = setInterval(() => {
    if (child.pid === undefined) return
    way.ask(child.pid).then(
      (said) => {
        if (isOver || !(Number(said) * 1024 > limit)) return
        isOver = true
        exceeded()
      },
      // It has ended meanwhile, which others notice.
      () => undefined,
    )
  }, way.every_ms)
  timer.unref()
  return () => {
    isOver = true
    clearInterval(timer)
  }
}
