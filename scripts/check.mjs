// npm run check: everything that can be said about the project without running it.
import { checkNames, runChecks } from './check-stages.mjs'
import { entry } from './entry.mjs'
import { say, seconds } from './progress.mjs'
import { setUpTools } from './setup.mjs'

await entry(async (words) => {
  await setUpTools()
  const started = performance.now()
  const failed = await runChecks(
    words.length > 0 ? checkNames.filter((name) => words.includes(name)) : checkNames,
  )
  say(failed ? `the check stopped at: ${failed}` : `all is well (${seconds(started)})`)
  return failed ? 1 : 0
})
