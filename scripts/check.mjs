// npm run check: everything that can be said about the project without running it.
//
//   npm run check -- types lint      only these, by the names it prints
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
  say(failed.length > 0 ? `not in order: ${failed.join('; ')}` : `all is well (${seconds(started)})`)
  return failed.length > 0 ? 1 : 0
})
