// A reporter of vitest that writes what the last lines of `npm test` say: how many passed, and what failed, by name.
// Its file is named by KHEISH_TEST_REPORT.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { told } from './failure.mjs'

export default class Report {
  // Also asked when the run was ended by an error that belongs to no test.
  onTestRunEnd(modules, unhandled) {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const inState = (state) => tests.filter((test) => test.result().state === state)
    const failures = [
      ...inState('failed').map((test) =>
        told(`${nameOf(test.module)} › ${test.fullName}`, textOf(test.result().errors)),
      ),
      ...modules
        .filter((module) => module.errors().length > 0)
        .map((module) => told(nameOf(module), textOf(module.errors()))),
      ...unhandled.map((error) => told('outside of any test', textOf([error]))),
    ]
    const file = process.env.KHEISH_TEST_REPORT
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(
      file,
      JSON.stringify({
        passed: inState('passed').length,
        failed: failures.length,
        skipped: inState('skipped').length,
        failures,
      }),
    )
  }
}

const nameOf = (module) => relative(process.cwd(), module.moduleId)
const textOf = (errors) => errors.map(({ message, stack }) => [message, stack ?? ''].join('\n')).join('\n')
