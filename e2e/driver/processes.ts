import { execFileSync } from 'node:child_process'

/** Every process under `pid`, itself included, parents before children. Empty when it is gone. */
export function processTree(pid: number): readonly number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state]) => state !== undefined && !state.startsWith('Z'))
    .map(([child, parent]) => ({ child: Number(child), parent: Number(parent) }))
  const tree = table.some(({ child }) => child === pid) ? [pid] : []
  for (const known of tree) {
    for (const { child, parent } of table) if (parent === known) tree.push(child)
  }
  return tree
}

/** kill -9 for the whole tree, at once. */
export function killTree(pid: number): void {
  for (const each of processTree(pid)) {
    try {
      process.kill(each, 'SIGKILL')
    } catch {
      // Its parent's end may have taken it along.
    }
  }
}
