import { pathToFileURL } from 'node:url'
import { bundle } from './bundle.ts'

export interface Plan {
  readonly chats: number
  readonly messages: number
  readonly assets?: number
}
type Seed = (root: string, plan: Plan) => void
let ready: Promise<Seed> | undefined

/** Bundles the seeding entry once a run and answers its `seed`. */
export function loadSeed(): Promise<Seed> {
  ready ??= load()
  return ready
}

async function load(): Promise<Seed> {
  const module = (await import(pathToFileURL(await bundle('seed-entry')).href)) as { seed: Seed }
  return module.seed
}
