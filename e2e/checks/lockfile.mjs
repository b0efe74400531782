// A lock made on one system must serve the others: every optional package that belongs to a platform is in it. npm
// leaves one out when the registry did not have it at the time, and then `npm ci` fails on the other systems.
import { finding } from './project-files.mjs'

const name = 'package-lock.json'

export function lockfileFindings(files) {
  const file = files.find(({ path }) => path === name)
  if (!file) return [finding(name, 1, 'is missing')]
  const { packages } = JSON.parse(file.text)
  const found = []
  for (const [path, entry] of Object.entries(packages))
    for (const optional of Object.keys(entry.optionalDependencies ?? {}))
      if (!isPresent(packages, path, optional))
        found.push(
          finding(
            name,
            1,
            `${path || 'the project'} needs ${optional} on some system, and the lock lacks it`,
          ),
        )
  return found
}

// As Node looks for a package: in the folder of the one that wants it, then further and further out.
function isPresent(packages, from, wanted) {
  for (let folder = from; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    if (`${folder ? `${folder}/` : ''}node_modules/${wanted}` in packages) return true
    if (folder === '') return false
  }
}
