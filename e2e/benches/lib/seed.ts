import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'
import { projectRoot } from './electron.ts'

type Seed = (root: string, plan: { readonly chats: number; readonly messages: number }) => void
let ready: Promise<Seed> | undefined

/** Bundles the seeding entry once a run and answers its `seed`. */
export function loadSeed(): Promise<Seed> {
  ready ??= bundle()
  return ready
}

async function bundle(): Promise<Seed> {
  const outDir = join(projectRoot, 'node_modules/.cache/kheish-benches')
  mkdirSync(outDir, { recursive: true })
  await build({
    configFile: false,
    logLevel: 'error',
    root: projectRoot,
    resolve: { alias: { '@contract': join(projectRoot, 'preload/contract') } },
    build: {
      ssr: join(projectRoot, 'e2e/benches/lib/seed-entry.ts'),
      outDir,
      emptyOutDir: true,
      rolldownOptions: { output: { entryFileNames: 'seed.mjs' } },
    },
  })
  const module = (await import(pathToFileURL(join(outDir, 'seed.mjs')).href)) as { seed: Seed }
  return module.seed
}
