// A failure in few words, for the end of a long run.
import { stripVTControlCharacters } from 'node:util'

const atMost = 10

/** The name of what failed, and under it the first lines of what it said; of a stack only the project's own. */
export function told(name, message = '') {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .map((line) => line.trim())
    .filter((line, index, all) => line !== '' && all.indexOf(line) === index)
    .filter((line) => !/^at .*(node_modules|node:|<anonymous>)/.test(line))
  return [name, ...lines.slice(0, atMost).map((line) => `    ${line}`)].join('\n')
}
