// `electron <path>` is implemented by resources/default_app.asar, which packaged apps leave out. This writes a small
// one. It has to be an ES module that awaits the app at its top level: Electron holds back 'ready' until then, so the
// app can still register schemes and switches.
const main = `import { app } from 'electron/main'
import { existsSync, readFileSync } from 'node:fs'
import Module from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const words = process.argv.slice(1)
const preloads = []
let file
for (let i = 0; i < words.length && !file; i++) {
  const word = words[i]
  if (word === '-v' || word === '--version') {
    console.log('v' + process.versions.electron)
    process.exit(0)
  } else if (word === '-r' || word === '--require') preloads.push(words[++i])
  else if (word.startsWith('--app=')) file = word.slice(6)
  else if (!word.startsWith('-')) file = word
}
if (!file) {
  console.error('usage: electron [-r module] <app folder or main file>')
  process.exit(1)
}
if (preloads.length > 0) Module._preloadModules(preloads)
try {
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
  const target = resolve(file)
  const manifest = join(target, 'package.json')
  const isFolder = existsSync(manifest)
  if (isFolder) {
    const { name, productName, version, desktopName } = JSON.parse(readFileSync(manifest, 'utf8'))
    if (version) app.setVersion(version)
    app.name = productName || name
    app.setDesktopName(desktopName || app.name + '.desktop')
  }
  const entry = Module._resolveFilename(target, null, true)
  app.setAppPath(isFolder ? target : dirname(entry))
  await import(pathToFileURL(entry).href)
} catch (error) {
  console.error('The app threw an error while loading')
  console.error((error && error.stack) || error)
  process.exit(1)
}
`

const manifest = JSON.stringify({
  name: 'electron',
  productName: 'Electron',
  type: 'module',
  main: 'main.js',
})

/** The bytes of the archive: four lengths, the JSON list of files, the files. */
export function defaultApp() {
  const bodies = Object.entries({ 'package.json': manifest, 'main.js': main })
  const files = {}
  let offset = 0
  for (const [name, text] of bodies) {
    const size = Buffer.byteLength(text)
    files[name] = { size, offset: String(offset) }
    offset += size
  }
  const list = Buffer.from(JSON.stringify({ files }))
  const padded = Math.ceil(list.length / 4) * 4
  const head = Buffer.alloc(16 + padded)
  head.writeUInt32LE(4, 0)
  head.writeUInt32LE(8 + padded, 4)
  head.writeUInt32LE(4 + padded, 8)
  head.writeUInt32LE(list.length, 12)
  list.copy(head, 16)
  return Buffer.concat([head, ...bodies.map(([, text]) => Buffer.from(text))])
}
