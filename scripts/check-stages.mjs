// The checks that read the project without running it, each with its headline. Shared by check and test.
import { availableParallelism } from 'node:os'
import { existsSync } from 'node:fs'
import { tryCommand } from './command.mjs'
import { olderTypes } from './older-types.mjs'
import { say, seconds } from './progress.mjs'

const rooms = ['preload/contract', 'preload', 'main/daemon/core', 'main', 'renderer', 'e2e']

const node = process.execPath
const tool = (path, ...args) => ({ program: node, args: [`node_modules/${path}`, ...args] })
const typeCheck = (room) => tool('typescript/bin/tsc', '-p', room)

const checks = {
  types: () => rooms.filter((room) => existsSync(`${room}/tsconfig.json`)).map(typeCheck),
  'types of the older Electron': async () => [typeCheck(await olderTypes())],
  lint: () => [tool('oxlint/bin/oxlint', '--type-aware', '--deny-warnings')],
  format: () => [
    tool(
      'prettier/bin/prettier.cjs',
      '--check',
      '--log-level=warn',
      '--cache',
      '--cache-strategy=content',
      '.',
    ),
  ],
  'layers, sizes, words': () => [{ program: node, args: ['e2e/checks/run.mjs'] }],
  'unused files and packages': () => [tool('knip/bin/knip.js', '--no-progress', '--no-config-hints')],
}

export const checkNames = Object.keys(checks)

/** Runs the named checks in order, all of them; answers the names of those that failed. */
export async function runChecks(names = checkNames) {
  const failed = []
  for (const name of names) {
    const started = performance.now()
    const outputs = await failuresOf(await checks[name]())
    if (outputs.length > 0) failed.push(name)
    say(`${outputs.length > 0 ? '✗' : '✓'} ${name} (${seconds(started)})`)
    for (const output of outputs) say(output)
  }
  return failed
}

async function failuresOf(commands) {
  const waiting = [...commands]
  const failed = []
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { code, output } = await tryCommand(next.program, next.args)
      if (code !== 0) failed.push(output.trimEnd())
    }
  }
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work))
  return failed
}
