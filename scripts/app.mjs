// Opens the app in its window, set up and built; shared by start and demo.
import { build } from './build.mjs'
import { handOver } from './command.mjs'
import { displayArguments, requireDisplay } from './display.mjs'
import { entry } from './entry.mjs'
import { sandboxArguments } from './sandbox.mjs'
import { setUpApp } from './setup.mjs'
import { say } from './progress.mjs'

/** `how` is the npm command the person typed; `words` go to the app. */
export function openApp(how, words = []) {
  return entry(
    async (more) => {
      const runtime = await setUpApp()
      const sandbox = sandboxArguments(runtime.folder)
      await build(runtime.env)
      say(`· opening Kheish on Electron ${runtime.version}`)
      const args = [...sandbox, ...displayArguments(), '.', ...words, ...more]
      return handOver(runtime.program, args, { env: { ...process.env, ...runtime.env } })
    },
    () => requireDisplay(how),
  )
}
