import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@playwright/test'

export interface RoutesOptions {
  /** The provider's prefix, for instance of `startProvider()`. */
  readonly prefix: string
  readonly model?: string
  /** What the route takes its key from; default: the slot `openrouter.primary`. */
  readonly key?: { readonly slot: string } | { readonly env: string }
}

/** Writes a routes file with one route to the provider among the results of the test; answers its path. */
export function writeRoutes(options: RoutesOptions): string {
  const { prefix, model = 'openai/gpt-5.4-mini', key = { slot: 'openrouter.primary' } } = options
  const file = join(mkdtempSync(test.info().outputPath('routes-')), 'routes.toml')
  const credential = 'slot' in key ? `auth_ref = "${key.slot}"` : `api_key_env = "${key.env}"`
  writeFileSync(
    file,
    `version = 1
default_route = "openrouter"

[routes.openrouter]
driver = "openrouter"
base_url = "${prefix}"
default_model = "${model}"
model_support = "any"
${credential}
`,
  )
  return file
}
