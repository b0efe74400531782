// How every script here begins and ends: quick checks first, then a new enough Node, then the work;
// a `Stop` ends with its one sentence and exit code 1.
import { chdir } from 'node:process'
import { join } from 'node:path'
import { say, Stop } from './progress.mjs'
import { movedToModernNode } from './with-node.mjs'

export const projectRoot = join(import.meta.dirname, '..')

/** `before` runs on any Node and may stop early; the number that `work` answers is the exit code. */
export async function entry(work, before = () => {}) {
  try {
    await before()
    if (await movedToModernNode()) return
    chdir(projectRoot)
    process.exitCode = (await work(process.argv.slice(2))) ?? 0
  } catch (error) {
    say(error instanceof Stop ? error.message : error.stack)
    process.exitCode = 1
  }
}
