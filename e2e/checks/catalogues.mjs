// Every text of the window is there in every language, with the same values to fill in.
import { posix } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'
import { finding, isCode, isTest, lineAt } from './project-files.mjs'

const languages = ['en', 'de']

/** A catalogue is written out in the call, or as constants of the same file or of one it imports. */
export function catalogueFindings(files) {
  const found = []
  const parsed = new Map()
  const programOf = (file) => {
    if (!parsed.has(file.path)) parsed.set(file.path, parseSync(file.path, file.text))
    return parsed.get(file.path)
  }
  for (const file of files.filter(
    (file) => isCode(file) && !isTest(file) && file.text.includes('addWords('),
  )) {
    const written = (node) =>
      node?.type === 'Identifier' ? constantOf(node.name, file, files, programOf) : bare(node)
    for (const { start, argument } of callsOf(programOf(file))) {
      const line = lineAt(file.text, start)
      const texts = languages.map((language) => textsOf(written(argument), language, written))
      if (texts.includes(null)) {
        found.push(
          finding(
            file.path,
            line,
            `the texts of addWords can't be read; write { ${languages.join(', ')} } out`,
          ),
        )
        continue
      }
      found.push(...differences(texts).map((message) => finding(file.path, line, message)))
    }
  }
  return found
}

function callsOf({ program }) {
  const found = []
  new Visitor({
    CallExpression(node) {
      if (node.callee.type === 'Identifier' && node.callee.name === 'addWords')
        found.push({ start: node.start, argument: node.arguments[1] })
    },
  }).visit(program)
  return found
}

function constantOf(name, file, files, programOf) {
  const { program, module } = programOf(file)
  for (const statement of program.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declaration?.type !== 'VariableDeclaration') continue
    const found = declaration.declarations.find((each) => each.id.name === name)
    if (found) return bare(found.init)
  }
  const source = module.staticImports.find(({ entries }) =>
    entries.some((entry) => entry.localName.value === name),
  )
  const from = source?.moduleRequest.value
  const target =
    from &&
    `${from.startsWith('@contract/') ? from.replace('@contract', 'preload/contract') : posix.join(posix.dirname(file.path), from)}.ts`
  const other = target && files.find(({ path }) => path === target)
  return other ? constantOf(name, other, files, programOf) : undefined
}

function textsOf(catalogue, language, written) {
  if (catalogue?.type !== 'ObjectExpression') return null
  const branch = catalogue.properties.find((each) => nameOf(each) === language)
  const texts = new Map()
  const words = branch && written(bare(branch.value))
  return words && collect(words, '', texts) ? texts : null
}

function collect(node, prefix, texts) {
  if (node.type !== 'ObjectExpression') return false
  return node.properties.every((each) => {
    const name = nameOf(each)
    if (name === null) return false
    const value = bare(each.value)
    if (value.type === 'ObjectExpression') return collect(value, `${prefix}${name}.`, texts)
    texts.set(prefix + name, textOf(value))
    return true
  })
}

function differences([first, second]) {
  const found = []
  for (const key of first.keys()) if (!second.has(key)) found.push(`"${key}" is missing in ${languages[1]}`)
  for (const key of second.keys()) if (!first.has(key)) found.push(`"${key}" is missing in ${languages[0]}`)
  for (const [key, text] of first) {
    const other = second.get(key)
    if (text === '' || other === '') found.push(`"${key}" is empty`)
    if (other !== undefined && valuesIn(text) !== valuesIn(other))
      found.push(`"${key}" does not fill in the same values in every language`)
  }
  return found
}

// A plural of one may leave its number out ("one chat"), so `count` is not compared.
function valuesIn(text) {
  const names = [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1])
  return [...new Set(names)]
    .filter((name) => name !== 'count')
    .sort((a, b) => a.localeCompare(b))
    .join()
}

function nameOf(property) {
  if (property.type !== 'Property' || property.computed) return null
  return property.key.type === 'Identifier' ? property.key.name : String(property.key.value)
}

function textOf(node) {
  if (node.type === 'Literal') return String(node.value)
  if (node.type === 'TemplateLiteral') return node.quasis.map((quasi) => quasi.value.cooked).join('')
  if (node.type === 'BinaryExpression') return textOf(node.left) + textOf(node.right)
  return '?'
}

// What is written inside `as const` or `satisfies T`.
function bare(node) {
  return node?.type === 'TSAsExpression' || node?.type === 'TSSatisfiesExpression'
    ? bare(node.expression)
    : node
}
