import { readFileSync } from 'node:fs'
import * as modules from 'node:module'
import { basename, dirname, join, sep } from 'node:path'
import { constants, Script } from 'node:vm'
import { readCompiled, writeCompiled, type Compiled } from './compiled-file'

export interface KeepNeeds {
  /** Absolute path of the folder whose code is kept; another text has another name there. */
  readonly code: string
  /** Absolute path of the folder that it is kept in. */
  readonly folder: string
}

/** By then a start is over, and what it ran is compiled. Milliseconds. */
const writeAfterMs = 3_000

/**
 * Keeps what V8 makes of the code that is loaded from now on, for the next start. Node does so itself from version 22
 * on. Never throws: it is a comfort.
 */
export function keepCompiled({ code, folder }: KeepNeeds): void {
  const { enableCompileCache, flushCompileCache }: Partial<typeof modules> = modules
  if (!enableCompileCache) return keepScripts(code, join(folder, 'compiled.bin'), writeAfterMs)
  enableCompileCache(join(folder, 'compiled'))
  if (flushCompileCache) setTimeout(flushCompileCache, writeAfterMs).unref()
}

/**
 * The same where Node does not: what is required from below `code` passes through here, and is in `file` some
 * milliseconds later. What is kept belongs to one text and one V8; whatever it does not fit is compiled as ever.
 */
export function keepScripts(code: string, file: string, writeAfter: number): void {
  const kept = readCompiled(file)
  const scripts = new Map<string, Script>()
  let isWhole = true
  const { extensions } = modules.createRequire(join(code, 'any.js'))
  const ordinary = extensions['.js']
  extensions['.js'] = (module, filename) => {
    if (!filename.startsWith(code + sep)) return ordinary?.(module, filename)
    const name = basename(filename)
    const script = compile(readFileSync(filename, 'utf8'), filename, kept.get(name))
    scripts.set(name, script)
    if (script.cachedDataRejected !== false) isWhole = false
    run(script, module, filename)
  }
  setTimeout(() => {
    if (!isWhole) keep(file, scripts)
  }, writeAfter).unref()
}

function compile(text: string, filename: string, cachedData: Buffer | undefined): Script {
  return new Script(modules.wrap(text), {
    filename,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(cachedData ? { cachedData } : {}),
  })
}

/** As Node's own loader does it. */
function run(script: Script, module: NodeJS.Module, filename: string): void {
  const wrapped = script.runInThisContext() as (...given: readonly unknown[]) => void
  const given = [module.exports, modules.createRequire(filename), module, filename, dirname(filename)]
  wrapped.apply(module.exports, given)
}

function keep(file: string, scripts: ReadonlyMap<string, Script>): void {
  const compiled: Compiled = new Map([...scripts].map(([key, script]) => [key, script.createCachedData()]))
  try {
    writeCompiled(file, compiled)
  } catch {
    // A full or read-only disk loses a tenth of a second at each start and nothing else.
  }
}
