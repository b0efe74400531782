// Names and words that do not belong in the project.
import { parseSync, Visitor } from 'oxc-parser'
import { finding, isCode, isTest, lineAt } from './project-files.mjs'

const bannedEndings = ['manager', 'helper', 'util', 'coordinator', 'common', 'misc', 'base', 'impl']
const unfinished = /\b(TODO|FIXME|XXX)\b/g
// A path as it is on one person's or one build machine.
const machinePath = /(?<=^|[\s"'`(=:])\/(home|root|Users|work|workspace|builds|mnt)\/[\w.-]+/gm
const registryHost = /\b(registry\.[a-z0-9-]+\.[a-z]{2,}|deb\.debian\.org)\b/g

/** Lines that must name such a thing, each with its day and its reason. */
export const exceptions = []

export function wordFindings(files, allowed = exceptions) {
  const found = []
  const report = (file, position, message) => {
    if (!allowed.some(({ path, date, reason }) => path === file.path && date && reason))
      found.push(finding(file.path, lineAt(file.text, position), message))
  }
  for (const file of files) {
    if (isCode(file)) {
      const ending = bannedEndingOf(stemOf(file.path))
      if (ending) report(file, 0, `ends in "${ending}": a file that can't be named does two things`)
      for (const { name, start } of exportedClasses(file)) {
        const banned = bannedEndingOf(name)
        if (banned) report(file, start, `the class ${name} ends in "${banned}"`)
      }
    }
    if (isForeignText(file)) continue
    for (const match of file.text.matchAll(unfinished))
      report(file, match.index, `says ${match[0]}: finish it or leave it out`)
    // A test may speak of the home of somebody made up.
    for (const match of isTest(file) ? [] : file.text.matchAll(machinePath))
      report(file, match.index, `names a path of one machine: ${match[0]}`)
    for (const match of file.text.matchAll(registryHost))
      report(file, match.index, `names a registry: ${match[0]}`)
  }
  return found
}

// Others' texts, and this check with its tests, which must name what it looks for.
const isForeignText = ({ path }) =>
  path === 'package-lock.json' || path === 'LICENSE' || path.startsWith('e2e/checks/words')

function stemOf(path) {
  return path.split('/').at(-1).split('.')[0]
}

/** "file-helpers" and "FileHelper" end in helper; "database" does not end in base. */
function bannedEndingOf(name) {
  const last = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split('-')
    .at(-1)
  return bannedEndings.find((ending) => last === ending || last === `${ending}s`)
}

function exportedClasses({ path, text }) {
  if (!/\bclass\b/.test(text)) return []
  const found = []
  const add = (node) =>
    node.declaration?.type === 'ClassDeclaration' && node.declaration.id && found.push(node.declaration)
  new Visitor({ ExportNamedDeclaration: add, ExportDefaultDeclaration: add }).visit(
    parseSync(path, text).program,
  )
  return found.map((node) => ({ name: node.id.name, start: node.start }))
}
