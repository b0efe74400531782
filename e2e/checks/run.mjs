// Runs every static check over the project; says what it found, one line each.
import { join } from 'node:path'
import { catalogueFindings } from './catalogues.mjs'
import { layerFindings } from './layers.mjs'
import { lockfileFindings } from './lockfile.mjs'
import { readProject } from './project-files.mjs'
import { purityFindings } from './purity.mjs'
import { sizeFindings } from './sizes.mjs'
import { wordFindings } from './words.mjs'

const checks = [
  layerFindings,
  sizeFindings,
  wordFindings,
  catalogueFindings,
  purityFindings,
  lockfileFindings,
]
const files = readProject(join(import.meta.dirname, '../..'))
const found = checks.flatMap((check) => check(files))

process.stdout.write(found.map((line) => `${line}\n`).join(''))
process.exitCode = found.length > 0 ? 1 : 0
