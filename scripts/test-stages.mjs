// The stages that run the product, each counted by the JSON report of its runner.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { handOver } from './command.mjs'
import { inRealWindow } from './real-window.mjs'

const node = process.execPath
const reports = 'test-results'
const vitest = 'node_modules/vitest/vitest.mjs'

/** Unit and integration tests on the Node that the tools use. */
export function onNode(words) {
  return counted('vitest-node.json', countVitest, (report) =>
    handOver(node, [vitest, 'run', ...vitestReport(report), ...words]),
  )
}

/** The tests of the daemon once more, inside the Electron that runs the app; core touches no runtime and is left out. */
export function insideElectron(runtime, words) {
  const env = { ...process.env, ...runtime.env, ELECTRON_RUN_AS_NODE: '1' }
  return counted('vitest-electron.json', countVitest, (report) =>
    handOver(
      runtime.program,
      [vitest, 'run', 'main/daemon', '--project=!core', ...vitestReport(report), ...words],
      { env },
    ),
  )
}

/** The built app in a real window. */
export function endToEnd(runtime, words) {
  return counted('playwright.json', countPlaywright, (report) => {
    const env = { ...process.env, ...runtime.env, PLAYWRIGHT_JSON_OUTPUT_FILE: resolve(report) }
    const playwright = ['node_modules/@playwright/test/cli.js', 'test', '-c', 'e2e/playwright.config.ts']
    return inRealWindow(node, [...playwright, '--reporter=list,json', ...words], { env })
  })
}

function vitestReport(file) {
  return ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
}

async function counted(name, count, run) {
  const report = `${reports}/${name}`
  rmSync(report, { force: true })
  const code = await run(report)
  // A runner that leaves no report, or fails without naming a test (a file that does not load), is one failure.
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 }
  const { passed, failed, skipped } = count(JSON.parse(readFileSync(report, 'utf8')))
  return { passed, skipped, failed: code !== 0 && failed === 0 ? 1 : failed }
}

function countVitest(report) {
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

// A test that passed only at a second attempt has failed once: it counts as failed.
function countPlaywright({ stats, errors }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  }
}
