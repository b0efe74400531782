// The import table of rooms.mjs, held against every source file.
import { importsOf } from './imports.mjs'
import { finding, isCode, isTest } from './project-files.mjs'
import { rooms as allRooms, testExtras, testPackages } from './rooms.mjs'

/** @returns {string[]} one line for each import that the table does not allow, each homeless file, each circle */
export function layerFindings(files, rooms = allRooms) {
  const sources = files.filter(isCode)
  const known = new Set(files.map(({ path }) => path))
  const edges = new Map()
  const found = []
  for (const file of sources) {
    const room = roomOf(file.path, rooms)
    if (!room) {
      found.push(finding(file.path, 1, 'is in no room; the rooms are listed in e2e/checks/rooms.mjs'))
      continue
    }
    for (const wanted of importsOf(file)) {
      const target = resolved(file.path, wanted.from)
      if (target === null) {
        if (!isPackageAllowed(file, room, wanted.from))
          found.push(
            finding(
              file.path,
              wanted.line,
              `may not import the package ${wanted.from}; ${allowedPackages(room)}`,
            ),
          )
        continue
      }
      const path = existing(target, known)
      if (!path) {
        found.push(finding(file.path, wanted.line, `imports ${wanted.from}, which isn't there`))
        continue
      }
      const refusal = refusalOf(file, room, path, wanted.isType, rooms)
      if (refusal) found.push(finding(file.path, wanted.line, refusal))
      if (!wanted.isType && isCode({ path })) edges.set(file.path, [...(edges.get(file.path) ?? []), path])
    }
  }
  return [...found, ...circles(edges)]
}

function roomOf(path, rooms) {
  const fits = (room) => {
    if (Array.isArray(room.at)) return room.at.includes(path)
    if (!path.startsWith(`${room.at}/`)) return false
    return room.only !== 'files' || !path.slice(room.at.length + 1).includes('/')
  }
  const candidates = rooms.filter(fits)
  const room = candidates.sort((a, b) => b.at.length - a.at.length)[0]
  if (!room?.roomPerFolder) return room
  const folder = path.slice(room.at.length + 1).split('/')[0]
  return { ...room, folder }
}

function refusalOf(file, room, path, isType, rooms) {
  const other = roomOf(path, rooms)
  if (!other) return null // A file beside the rooms, such as a picture or a JSON file; a homeless source is told apart.
  if (other.name === room.name && other.folder === room.folder) return null
  const stem = isCode({ path }) && path.slice(`${other.at}/`.length).replace(/\.(ts|tsx|mjs)$/, '')
  const ways = [...room.imports, ...(isTest(file) ? extrasOf(file, 'imports') : [])]
  const isAllowed = ways.some((way) => {
    if (typeof way === 'string') return way === other.name && other.name !== room.name
    if (way.room !== other.name || (way.isType && !isType)) return false
    return way.files.length === 0 || way.files.includes(stem)
  })
  if (isAllowed) return null
  const allowed = room.imports.map(spell)
  return `${room.name} may not import ${isType ? 'types of ' : ''}${other.name} (${path}); it may import ${
    allowed.length > 0 ? allowed.join(', ') : 'no other room'
  }`
}

function spell(way) {
  if (typeof way === 'string') return way
  const files = way.files.length > 0 ? `${way.room}/${way.files.join('|')}` : way.room
  return way.isType ? `types of ${files}` : files
}

function extrasOf({ path }, field) {
  return testExtras.filter(({ under }) => path.startsWith(`${under}/`)).flatMap((extra) => extra[field])
}

/** The project path that an import means, or null for a package. */
function resolved(path, from) {
  const bare = from.replace(/\?.*$/, '')
  if (bare.startsWith('@contract/')) return `preload/contract/${bare.slice('@contract/'.length)}`
  if (!bare.startsWith('.')) return null
  const parts = path.split('/').slice(0, -1)
  for (const part of bare.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return parts.join('/')
}

function existing(target, known) {
  const endings = ['', '.ts', '.tsx', '.mjs', '.d.ts', '/index.ts', '/index.tsx']
  const swapped = target.replace(/\.js$/, '.ts')
  const found = endings.map((ending) => target + ending).find((path) => known.has(path))
  return found ?? (known.has(swapped) ? swapped : /\.(png|svg|ico|wav)$/.test(target) ? target : null)
}

function isPackageAllowed(file, room, wanted) {
  const from = wanted.replace(/\?.*$/, '')
  const own = [
    ...(room.packages ?? []),
    ...(isTest(file) ? [...testPackages, ...extrasOf(file, 'packages')] : []),
  ]
  return own.some((name) => {
    if (name === 'node:') return from.startsWith('node:')
    if (name.endsWith('/*')) return from.startsWith(name.slice(0, -1))
    return from === name || from.startsWith(`${name}/`)
  })
}

function allowedPackages(room) {
  const names = room.packages ?? []
  return `${room.name} may import ${names.length > 0 ? names.join(', ') : 'no package'}`
}

// Circles of values; two files that share only types part when they are compiled.
function circles(edges) {
  const state = new Map()
  const found = []
  const walk = (path, trail) => {
    if (state.get(path) === 'done') return
    const at = trail.indexOf(path)
    if (at >= 0) {
      found.push(finding(path, 1, `imports itself in a circle: ${[...trail.slice(at), path].join(' -> ')}`))
      return
    }
    for (const next of edges.get(path) ?? []) walk(next, [...trail, path])
    state.set(path, 'done')
  }
  for (const path of edges.keys()) walk(path, [])
  return found
}
