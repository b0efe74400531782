import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { projectRoot } from './electron.ts'

/** Bundles an entry of this folder with what it takes from the product; answers the file. */
export async function bundle(entry: string): Promise<string> {
  const outDir = join(projectRoot, 'node_modules/.cache/kheish-benches', entry)
  mkdirSync(outDir, { recursive: true })
  await build({
    configFile: false,
    logLevel: 'error',
    root: projectRoot,
    resolve: { alias: { '@contract': join(projectRoot, 'preload/contract') } },
    build: {
      ssr: join(projectRoot, `e2e/benches/lib/${entry}.ts`),
      outDir,
      emptyOutDir: true,
      rolldownOptions: { output: { entryFileNames: 'entry.mjs' } },
    },
  })
  return join(outDir, 'entry.mjs')
}
