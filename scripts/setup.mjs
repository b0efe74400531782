// From a fresh clone to something that runs: packages, system libraries, the Electron runtime, the SQLite binary.
// Each step looks first and does nothing when all is there, so this runs before every start.
import { electronRuntime } from './electron-runtime.mjs'
import { packages } from './packages.mjs'
import { alone } from './setup-lock.mjs'
import { fitSqlite } from './sqlite-binding.mjs'
import { systemLibraries } from './system-libraries.mjs'

/** For a window: answers the Electron runtime { folder, program, env, version, nodeApi }. `purposes` as in system-libraries. */
export function setUpApp(...purposes) {
  return alone(async () => {
    await systemLibraries('keychain', 'window', ...purposes)
    await packages()
    const runtime = await electronRuntime()
    return { ...runtime, ...(await fitSqlite(runtime.program)) }
  })
}

/** For the command line alone, which runs on Node and needs no Electron. */
export function setUpCommandLine() {
  return alone(async () => {
    await systemLibraries('keychain')
    await packages()
  })
}

/** For checks of the text alone. */
export function setUpTools() {
  return alone(packages)
}
