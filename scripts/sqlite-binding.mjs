// better-sqlite3 brings a binary that needs Node-API 10. The older Electron has Node-API 9: there the package is built
// once from its own sources, with a header that keeps what only version 10 can hold (napi9-boxed-reference.hpp), and
// kept in the cache. The same file then serves Node and the older Electron alike.
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { cacheFolder, platformName } from './cache.mjs'
import { command, tryCommand } from './command.mjs'
import { during, Stop } from './progress.mjs'
import { systemLibraries } from './system-libraries.mjs'
import { nodeWithHeaders } from './with-node.mjs'

const inPackage = 'node_modules/better-sqlite3'
const built = `${inPackage}/build/Release/better_sqlite3.node`
const header = resolve(import.meta.dirname, 'napi9-boxed-reference.hpp')
// As the compiler sees it from the build folder: a relative path survives blanks in the folder names above.
const headerFromBuild = relative(resolve(`${inPackage}/build`), header)

/** Puts the binary in place that `electron` (path of the program) can load; answers its { version, nodeApi }. */
export async function fitSqlite(electron) {
  const ask = 'console.log(`answer=${process.versions.electron},${process.versions.napi}`)'
  const [, version, napi] = /answer=(.+),(\d+)/.exec(await asNode(electron, ask)) ?? []
  const nodeApi = Number(napi)
  if (nodeApi >= 10) rmSync(`${inPackage}/build`, { recursive: true, force: true })
  else await putBuiltOne(electron)
  return { version, nodeApi }
}

async function putBuiltOne(electron) {
  const kept = keptFile()
  if (!existsSync(kept)) {
    await systemLibraries('compiler')
    await during('building better-sqlite3 for the older Electron (about a minute, once)', () => build(kept))
  }
  if (existsSync(built) && readFileSync(built).equals(readFileSync(kept))) return
  mkdirSync(dirname(built), { recursive: true })
  copyFileSync(kept, built)
  await asNode(
    electron,
    `new (require(${JSON.stringify(resolve(inPackage))}))(':memory:').prepare('select 1').get()`,
  )
}

function keptFile() {
  const { version } = JSON.parse(readFileSync(`${inPackage}/package.json`, 'utf8'))
  const shape = createHash('sha256').update(readFileSync(header)).digest('hex').slice(0, 12)
  return join(cacheFolder('better-sqlite3'), `${version}-${platformName}-napi9-${shape}.node`)
}

async function build(kept) {
  const headers = await nodeWithHeaders()
  const gyp = resolve('node_modules/node-gyp/bin/node-gyp.js')
  const args = ['rebuild', '--release', '--force_build=1', `--nodedir=${headers}`, '--jobs=2']
  await command('better-sqlite3 could not be built.', process.execPath, [gyp, ...args], {
    cwd: inPackage,
    env: {
      ...process.env,
      CFLAGS: '-O1', // -O3 costs a minute more and is no faster to use
      CXXFLAGS: `-UNAPI_VERSION -DNAPI_VERSION=9 -include ${headerFromBuild} -w`,
    },
  })
  const beside = `${kept}.${process.pid}`
  copyFileSync(built, beside)
  renameSync(beside, kept)
  rmSync(`${inPackage}/build`, { recursive: true, force: true })
}

async function asNode(electron, code) {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  const { code: exit, output } = await tryCommand(electron, ['-e', code], { env, timeout: 60_000 })
  if (exit !== 0) throw new Stop(`Electron does not run here (exit code ${exit}).\n${output.trimEnd()}`)
  return output
}
