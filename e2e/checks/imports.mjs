// What a source file imports, however it is written: import, export … from, import(), import x = require(),
// import('x').Type. A type-only import is one that leaves nothing behind in the compiled file.
import { parseSync, Visitor } from 'oxc-parser'
import { lineAt } from './project-files.mjs'

/** @returns {{ from: string, line: number, isType: boolean }[]} */
export function importsOf({ path, text }) {
  const { module, program, errors } = parseSync(path, text)
  const broken = errors.find((error) => error.severity === 'Error')
  if (broken) throw new Error(`${path} cannot be parsed: ${broken.message}`)
  const found = []
  const add = (from, position, isType) => found.push({ from, line: lineAt(text, position), isType })

  for (const { moduleRequest, entries, start } of module.staticImports)
    add(moduleRequest.value, start, isTypeOnly(text.slice(start), entries))
  for (const { entries, start } of module.staticExports) {
    const through = entries.filter((entry) => entry.moduleRequest)
    if (through.length > 0) add(through[0].moduleRequest.value, start, isTypeOnly(text.slice(start), through))
  }
  new Visitor({
    ImportExpression(node) {
      if (node.source.type === 'Literal') add(node.source.value, node.start, false)
    },
    TSImportType(node) {
      const source = node.source ?? node.argument?.literal
      if (source) add(source.value, node.start, true)
    },
    TSImportEqualsDeclaration(node) {
      if (node.moduleReference.type === 'TSExternalModuleReference')
        add(node.moduleReference.expression.value, node.start, node.importKind === 'type')
    },
  }).visit(program)
  return found
}

function isTypeOnly(statement, entries) {
  if (/^(import|export)\s+type\b(?!\s*,|\s+from\b)/.test(statement)) return true
  return entries.length > 0 && entries.every((entry) => entry.isType)
}
