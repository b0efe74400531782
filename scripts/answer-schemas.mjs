// Schemas of everything the daemon answers and tells, from the contract's types, for the OpenAPI document:
//
//   node scripts/answer-schemas.mjs        writes main/control/answer-schemas.json
//
// A test says when it is not what the contract says any more.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from '@typescript/typescript6'
import { format } from 'prettier'
import { createSchemas } from './types-to-schema.mjs'

const root = resolve(import.meta.dirname, '..')
const contract = join(root, 'preload/contract')
export const schemasFile = join(root, 'main/control/answer-schemas.json')

/** Never written: what the compiler is asked about. */
const question = join(contract, 'answer-schemas.question.ts')
const text = `
import type { DaemonCalls } from './calls'
import type { OutputOf } from './define'
import type { DaemonEvent } from './events'
import type { Fault } from './fault'
import type { StreamNotes } from './http'
export interface Question {
  answers: { [K in keyof DaemonCalls]: { calls: DaemonCalls[K]; output: OutputOf<DaemonCalls[K]> } }
  event: DaemonEvent
  problem: Fault
  notes: StreamNotes
}
`

/** The text of the file as it should be. */
export async function answerSchemas() {
  const program = createProgram()
  const checker = program.getTypeChecker()
  const { schemaOf, docs, named } = createSchemas(program)
  const file = program.getSourceFile(question)
  const [top] = checker.getExportsOfModule(checker.getSymbolAtLocation(file))
  const asked = checker.getDeclaredTypeOfSymbol(top)
  const typeOf = (type, name) => checker.getTypeOfSymbol(type.getProperty(name))

  const answers = {}
  const byName = (a, b) => (a.name < b.name ? -1 : 1)
  for (const call of checker.getPropertiesOfType(typeOf(asked, 'answers')).sort(byName)) {
    const output = typeOf(checker.getTypeOfSymbol(call), 'output')
    const isNothing = output.flags & (ts.TypeFlags.Void | ts.TypeFlags.Undefined)
    answers[call.name] = { ...docs(call), ...(isNothing ? {} : { schema: schemaOf(output) }) }
  }
  schemaOf(typeOf(asked, 'event'))
  schemaOf(typeOf(asked, 'problem'))
  schemaOf(typeOf(asked, 'notes'))
  const schemas = Object.fromEntries([...named].sort(([a], [b]) => (a < b ? -1 : 1)))
  return format(JSON.stringify({ answers, schemas }), { parser: 'json', printWidth: 110 })
}

function createProgram() {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), (path) => readFileSync(path, 'utf8'))
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const host = ts.createCompilerHost(options)
  const { fileExists, getSourceFile } = host
  host.fileExists = (path) => path === question || fileExists(path)
  host.getSourceFile = (path, ...rest) =>
    path === question ? ts.createSourceFile(path, text, options.target) : getSourceFile(path, ...rest)
  return ts.createProgram([question], options, host)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(schemasFile, await answerSchemas())
