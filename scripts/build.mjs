// electron-vite into out/; skipped when no byte of what goes in has changed since the last build.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { command } from './command.mjs'
import { during } from './progress.mjs'

const inputs = ['main', 'preload', 'renderer', 'resources']
const files = ['electron.vite.config.ts', 'package.json', 'package-lock.json']
const outputs = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html']
const stamp = 'out/inputs.sha256'

export async function build(env) {
  const state = stateOfInputs()
  const isThere = outputs.every((file) => existsSync(file))
  if (isThere && existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return
  const tool = 'node_modules/electron-vite/bin/electron-vite.js'
  const options = { env: { ...process.env, ...env } }
  await during('building the app', () =>
    command('The build failed.', process.execPath, [tool, 'build'], options),
  )
  writeFileSync(stamp, state)
}

function stateOfInputs() {
  const hash = createHash('sha256')
  for (const path of [...files, ...inputs.flatMap(filesIn)])
    hash.update(`${path}\0`).update(readFileSync(path))
  return hash.digest('hex')
}

function filesIn(folder) {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$|\.md$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
