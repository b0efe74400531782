// The checks that read the project without running it, each with its headline. Shared by check and test.
import { availableParallelism } from 'node:os'
import { existsSync } from 'node:fs'
import { tryCommand } from './command.mjs'
import { olderTypes } from './older-types.mjs'
import { say, seconds } from './progress.mjs'

const rooms = ['preload/contract', 'preload', 'main/daemon/core', 'main', 'renderer', 'e2e']

const node = process.execPath
const tool = (path, ...args) => ({ program: node, args: [`node_modules/${path}`, ...args] })
/** What was found is kept beside the packages: the next time only what changed is read anew. */
const typeCheck = (room) => {
  const kept = `node_modules/.cache/types/${room.replaceAll(/\W+/g, '-')}.tsbuildinfo`
  return tool('typescript/bin/tsc', '-p', room, '--incremental', '--tsBuildInfoFile', kept)
}

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

/** Runs the named checks, all of them, as many programs at once as there are processors; answers those that failed. */
export async function runChecks(names = checkNames) {
  const inLane = lanes(Math.min(4, availableParallelism()))
  const checked = names.map((name) => check(name, inLane))
  // Each is waited for in its turn, where its rejection is heard; until then it is nobody's.
  for (const each of checked) each.catch(() => undefined)
  const failed = []
  for (const [at, name] of names.entries()) {
    const { outputs, took } = await checked[at]
    if (outputs.length > 0) failed.push(name)
    say(`${outputs.length > 0 ? '✗' : '✓'} ${name} (${took})`)
    for (const output of outputs) say(output)
  }
  return failed
}

async function check(name, inLane) {
  const started = performance.now()
  const commands = await checks[name]()
  const ended = await Promise.all(
    commands.map(({ program, args }) => inLane(() => tryCommand(program, args))),
  )
  const outputs = ended.filter(({ code }) => code !== 0).map(({ output }) => output.trimEnd())
  return { outputs, took: seconds(started) }
}

/** So many pieces of work at a time, in the order in which they were handed in. */
function lanes(count) {
  const waiting = []
  let busy = 0
  const next = () => {
    if (busy >= count || waiting.length === 0) return
    busy += 1
    void waiting
      .shift()()
      .finally(() => {
        busy -= 1
        next()
      })
  }
  return (work) =>
    new Promise((settle, fail) => {
      waiting.push(() => work().then(settle, fail))
      next()
    })
}
