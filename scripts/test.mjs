// npm test: every check and every test, on a virtual display with a real keychain. The last line counts them.
//
//   npm test -- --only unit          one stage: check, unit, electron, build, e2e (build comes before e2e by itself)
//   npm test -- --only e2e chat      further words go to the runner of that stage
import { build } from './build.mjs'
import { runChecks } from './check-stages.mjs'
import { entry } from './entry.mjs'
import { say, seconds, Stop } from './progress.mjs'
import { setUpApp, setUpTools } from './setup.mjs'
import { endToEnd, insideElectron, onNode } from './test-stages.mjs'

const stages = {
  check: {
    headline: 'Checks: types, lint, format, layers, sizes, words',
    async run() {
      const failed = await runChecks()
      if (failed.length > 0) return { failed: failed.length, isOver: true }
    },
  },
  unit: { headline: 'Unit and integration tests on Node', run: (_, words) => onNode(words) },
  electron: {
    headline: 'The tests of the daemon inside Electron',
    run: (runtime, words) => insideElectron(runtime, words),
  },
  build: { headline: 'Build', run: (runtime) => build(runtime.env) },
  e2e: {
    headline: 'End-to-end tests in a real window',
    async run(runtime, words) {
      await build(runtime.env)
      return endToEnd(runtime, words)
    },
  },
}

await entry(async (words) => {
  const started = performance.now()
  const { chosen, rest } = choose(words)
  /** @type {{ passed: number, failed: number, skipped: number, failures: string[] }} */
  const sum = { passed: 0, failed: 0, skipped: 0, failures: [] }
  try {
    headline('Set-up')
    const isText = chosen.every((name) => name === 'check')
    const runtime = isText ? await setUpTools() : await setUpApp('tests')
    if (runtime) say(`· the app runs on Electron ${runtime.version} (Node-API ${runtime.nodeApi})`)
    for (const name of chosen) {
      headline(stages[name].headline)
      const {
        passed = 0,
        failed = 0,
        skipped = 0,
        failures = [],
        isOver,
      } = (await stages[name].run(runtime, rest)) ?? {}
      sum.passed += passed
      sum.failed += failed
      sum.skipped += skipped
      sum.failures.push(...failures)
      if (isOver) break
    }
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    say(error.message)
    sum.failed += 1
  }
  // Said once more here: the stage that said it may be a thousand lines above.
  if (sum.failures.length > 0) headline('What failed')
  for (const failure of sum.failures) say(`✗ ${failure}`)
  say(`\nin ${seconds(started)}${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`)
  process.stdout.write(`${sum.passed} passed, ${sum.failed} failed\n`)
  return sum.failed > 0 ? 1 : 0
})

function choose(words) {
  if (words[0] !== '--only') return { chosen: Object.keys(stages), rest: [] }
  const [, name, ...rest] = words
  if (!stages[name])
    throw new Stop(`There is no stage "${name}"; choose from ${Object.keys(stages).join(', ')}.`)
  return { chosen: [name], rest }
}

function headline(text) {
  say(`\n━━ ${text}`)
}
