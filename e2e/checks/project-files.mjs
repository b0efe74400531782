// The project's own text files as plain values, so that every check is a pure function over a list of them.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const foreign = new Set(['node_modules', '.git', 'out', 'release', 'test-results', 'coverage'])
const binary = /\.(png|ico|icns|wav|webm|ogg|mp3|woff2?|sqlite|db|gz|zip)$/

/** @returns {{ path: string, text: string }[]} paths with forward slashes, from the project's root */
export function readProject(root, folder = '') {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name
    if (entry.isDirectory()) return foreign.has(entry.name) ? [] : readProject(root, path)
    if (!entry.isFile() || binary.test(entry.name)) return []
    return [{ path, text: readFileSync(join(root, path), 'utf8') }]
  })
}

export const isCode = ({ path }) => /\.(ts|tsx|mjs|cjs|js)$/.test(path)
/** A test, what several tests share (`testing.ts`, `*.suite.ts`), or a bench: never part of the product. */
export const isTest = ({ path }) =>
  /\.(test|suite|bench)\.(ts|tsx|mjs)$|\/testing\.ts$/.test(path) || path.startsWith('e2e/specs/')

/** The line of a position in a text, from 1. */
export function lineAt(text, position) {
  return text.slice(0, position).split('\n').length
}

/** How every check says what it found: `path:line message`. */
export function finding(path, line, message) {
  return `${path}:${line}  ${message}`
}
