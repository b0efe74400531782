// main/daemon/core knows neither the clock nor chance: both come in as arguments. What the linter can't tell (a Date
// made without arguments, a property of a global) is looked for here.
import { parseSync, Visitor } from 'oxc-parser'
import { finding, isCode, isTest, lineAt } from './project-files.mjs'

const room = 'main/daemon/core/'
const bannedProperties = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'crypto.randomUUID',
  'process.env',
])

export function purityFindings(files) {
  return files
    .filter((file) => isCode(file) && !isTest(file) && file.path.startsWith(room))
    .flatMap(findingsIn)
}

function findingsIn({ path, text }) {
  const found = []
  const report = (node, what) =>
    found.push(
      finding(path, lineAt(text, node.start), `${what} has no place in core; take it as an argument`),
    )
  const bareDate = (node) => {
    if (node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0)
      report(node, 'the present moment (Date without arguments)')
  }
  new Visitor({
    NewExpression: bareDate,
    CallExpression: bareDate,
    MemberExpression(node) {
      const name = `${node.object.name}.${node.property.name ?? node.property.value}`
      if (bannedProperties.has(name.replace(/^globalThis\./, ''))) report(node, name)
    },
  }).visit(parseSync(path, text).program)
  return found
}
