// The app is typed against the pinned Electron and must run on the older one too. This fetches the older one's own
// declarations and writes a tsconfig that checks main/ against them.
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { cacheFolder } from './cache.mjs'
import { during } from './progress.mjs'
import { keepPackage } from './registry-package.mjs'

const older = {
  name: 'electron',
  version: '33.2.1',
  sha512: 'SG/nmSsK9Qg1p6wAW+ZfqU+AV8cmXMTIklUL18NnOKfZLlum4ZsDoVdmmmlL39ZmeCaq27dr7CgslRPahfoVJg==',
  only: ['electron.d.ts'],
}

/** Answers the path of the tsconfig. */
export async function olderTypes() {
  const kept = join(cacheFolder('electron-types'), older.version)
  if (!existsSync(kept))
    await during(`fetching the declarations of Electron ${older.version}`, () =>
      keepPackage({ ...older, target: kept }),
    )
  // Beside the packages, because the declarations themselves import those of Node.
  const folder = resolve('node_modules/.cache/older-electron')
  mkdirSync(folder, { recursive: true })
  copyFileSync(join(kept, 'electron.d.ts'), join(folder, 'electron.d.ts'))
  const config = {
    extends: resolve('main/tsconfig.json'),
    compilerOptions: {
      paths: { '@contract/*': [resolve('preload/contract/*')], electron: [join(folder, 'electron.d.ts')] },
    },
    include: [resolve('main')],
  }
  const file = join(folder, 'tsconfig.json')
  writeFileSync(file, JSON.stringify(config, null, 2))
  return file
}
