// The stages that run the product, each counted by the report of its runner.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { handOver } from './command.mjs'
import { told } from './failure.mjs'
import { inRealWindow } from './real-window.mjs'

const node = process.execPath
const reports = 'test-results'
const vitest = [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=./scripts/vitest-report.mjs',
]

/** Unit and integration tests on the Node that the tools use. */
export function onNode(words) {
  return counted('vitest-node.json', (report) =>
    handOver(node, [...vitest, ...words], { env: { ...process.env, KHEISH_TEST_REPORT: report } }),
  )
}

/** The tests of the daemon once more, inside the Electron that runs the app; core touches no runtime and is left out. */
export function insideElectron(runtime, words) {
  return counted('vitest-electron.json', (report) => {
    const env = { ...process.env, ...runtime.env, ELECTRON_RUN_AS_NODE: '1', KHEISH_TEST_REPORT: report }
    return handOver(runtime.program, [...vitest, 'main/daemon', '--project=!core', ...words], { env })
  })
}

/** The built app in a real window. */
export function endToEnd(runtime, words) {
  const run = (report) => {
    const env = { ...process.env, ...runtime.env, PLAYWRIGHT_JSON_OUTPUT_FILE: resolve(report) }
    const playwright = ['node_modules/@playwright/test/cli.js', 'test', '-c', 'e2e/playwright.config.ts']
    return inRealWindow(node, [...playwright, '--reporter=list,json', ...words], { env })
  }
  return counted('playwright.json', run, countPlaywright)
}

async function counted(name, run, count = (report) => report) {
  const report = `${reports}/${name}`
  rmSync(report, { force: true })
  const code = await run(report)
  // A runner that leaves no report, or fails without naming what failed, is one failure.
  if (!existsSync(report)) return { failed: 1, failures: [`${name}: the runner left no report`] }
  const { passed, failed, skipped, failures } = count(JSON.parse(readFileSync(report, 'utf8')))
  if (code === 0 || failed > 0) return { passed, failed, skipped, failures }
  return {
    passed,
    failed: 1,
    skipped,
    failures: [`${name}: the runner ended with ${code}, and named no test`],
  }
}

// A test that passed only at a second attempt has failed once: it counts as failed.
function countPlaywright({ stats, errors, suites }) {
  const named = suites.flatMap(specsOf).filter((spec) => spec.tests.some(isNotAsExpected))
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
    failures: [
      ...named.map((spec) => told(`${spec.file}:${spec.line} › ${spec.title}`, firstErrorOf(spec))),
      ...errors.map((error) => told('before any test', error.message)),
    ],
  }
}

const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)]
const isNotAsExpected = ({ status }) => status === 'unexpected' || status === 'flaky'
const firstErrorOf = (spec) =>
  spec.tests.flatMap(({ results }) => results.flatMap(({ errors }) => errors))[0]?.message
