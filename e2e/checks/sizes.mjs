// Small files: a wall that no source passes without a written reason, and limits for the project as a whole.
import { finding, isCode, isTest } from './project-files.mjs'

const wall = 400
const testWall = 500
const medianLimit = 80
const ninetiethLimit = 220

/** Files past the wall, each with its day and its reason. */
export const exceptions = [
  {
    path: 'main/daemon/observations.test.ts',
    date: '2026-11-29',
    reason: 'the life of a capture from its source to a run, in one house with one set of words for it',
  },
]

export function sizeFindings(files, allowed = exceptions) {
  const code = files.filter(isCode).map((file) => ({ ...file, lines: linesOf(file.text) }))
  const found = []
  for (const file of code) {
    const limit = isTest(file) ? testWall : wall
    const isExcepted = allowed.some(({ path, date, reason }) => path === file.path && date && reason)
    if (file.lines > limit && !isExcepted)
      found.push(
        finding(
          file.path,
          limit,
          `has ${file.lines} lines; ${limit} is the most without a dated reason in sizes.mjs`,
        ),
      )
    if (file.lines <= limit && isExcepted)
      found.push(
        finding(
          file.path,
          1,
          `has ${file.lines} lines and needs no exception any more; take it out of sizes.mjs`,
        ),
      )
  }
  for (const { path } of allowed)
    if (!code.some((file) => file.path === path))
      found.push(finding(path, 1, 'has an exception in sizes.mjs but is gone'))
  return [...found, ...projectFindings(code.filter((file) => !isTest(file)))]
}

function projectFindings(sources) {
  const sorted = sources.map(({ lines }) => lines).sort((a, b) => a - b)
  const at = (share) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0
  const found = []
  if (at(0.5) > medianLimit) found.push(`the median source has ${at(0.5)} lines; the limit is ${medianLimit}`)
  if (at(0.9) > ninetiethLimit)
    found.push(`nine in ten sources have up to ${at(0.9)} lines; the limit is ${ninetiethLimit}`)
  return found
}

function linesOf(text) {
  return text.trimEnd().split('\n').length
}
