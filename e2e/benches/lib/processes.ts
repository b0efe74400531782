import { readdirSync, readFileSync } from 'node:fs'

/** A process and everything it started, by /proc. Linux only, like the whole bench. */
export function processTree(root: number): readonly number[] {
  const children = new Map<number, number[]>()
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8')
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
      children.set(parent, [...(children.get(parent) ?? []), Number(entry)])
    } catch {
      // The process ended while we looked.
    }
  }
  const found: number[] = []
  const open = [root]
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    found.push(pid)
    open.push(...(children.get(pid) ?? []))
  }
  return found
}

/** Milliseconds of processor time that the processes of a tree have taken so far, by their kind; what has ended is not in it. */
export function cpuOfTree(root: number): ReadonlyMap<string, number> {
  const spent = new Map<string, number>()
  for (const pid of processTree(root)) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const kind = kindOf(pid)
      // Hundredths of a second.
      const ms = (Number(fields[11]) + Number(fields[12])) * 10
      spent.set(kind, (spent.get(kind) ?? 0) + ms)
    } catch {
      // The process ended while we looked.
    }
  }
  return spent
}

/**
 * Proportional set size of a process tree, MiB: shared pages count once, so sums are honest. `Pss_Anon` leaves out the
 * pages of files, whose share falls and rises with every other app on the same runtime.
 */
export function memoryOfTree(root: number, part: 'Pss' | 'Pss_Anon' = 'Pss'): number {
  return [...memoryByKind(root, part).values()].reduce((sum, each) => sum + each, 0)
}

/** The same for each kind of process. */
export function memoryByKind(root: number, part: 'Pss' | 'Pss_Anon' = 'Pss'): ReadonlyMap<string, number> {
  const held = new Map<string, number>()
  for (const pid of processTree(root)) {
    try {
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
      const match = new RegExp(`^${part}:\\s+(\\d+)`, 'm').exec(rollup)
      const kind = kindOf(pid)
      held.set(kind, (held.get(kind) ?? 0) + Number(match?.[1] ?? 0) / 1024)
    } catch {
      // Gone, or not ours to read.
    }
  }
  return held
}

/** As the runtime calls it; what was started first is `main`. */
function kindOf(pid: number): string {
  const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  const [, kind = 'main'] = /--utility-sub-type=(\w+)/.exec(line) ?? /--type=([\w-]+)/.exec(line) ?? []
  return kind
}
