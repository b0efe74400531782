import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** How to ask for the resident memory of a process in KiB, and how often; Windows has no cheap way. */
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

/** Says once when a process is larger than `limit` bytes. One that has just been forked may have no id yet. Returns the undo. */
export function watchMemory(
  child: { readonly pid: number | undefined },
  limit: number,
  exceeded: () => void,
): () => void {
  const way = ways[process.platform]
  if (!way) return () => undefined
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
