// npm run bench: the bench table, in the same surroundings as the end-to-end tests.
import { build } from './build.mjs'
import { entry } from './entry.mjs'
import { inRealWindow } from './real-window.mjs'
import { setUpApp } from './setup.mjs'

await entry(async (words) => {
  const runtime = await setUpApp('tests')
  await build(runtime.env)
  const args = ['e2e/benches/run.mjs', ...words]
  return inRealWindow(process.execPath, args, { env: { ...process.env, ...runtime.env } })
})
