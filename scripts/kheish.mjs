// npm run -s kheish -- …: the command line of a checkout. Set-up speaks on stderr only, so stdout is the command's.
import { build } from './build.mjs'
import { handOver } from './command.mjs'
import { entry } from './entry.mjs'
import { setUpCommandLine } from './setup.mjs'

await entry(async (words) => {
  await setUpCommandLine()
  await build()
  return handOver(process.execPath, ['out/main/kheish.js', ...words])
})
