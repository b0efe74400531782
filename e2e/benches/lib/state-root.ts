import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from './electron.ts'
import { loadSeed, type Plan } from './seed.ts'

/**
 * A state root as a person of some months has it: chats, a key in the keychain, a route to the given provider.
 * The catalogue fills itself at the first start.
 */
export async function makeStateRoot(prefix: string, plan?: Plan): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), 'kheish-bench-root-'))
  mkdirSync(root, { recursive: true })
  if (plan) (await loadSeed())(root, plan)
  writeFileSync(
    join(root, 'routes.toml'),
    [
      'version = 1',
      'default_route = "openrouter"',
      '[routes.openrouter]',
      'driver = "openrouter"',
      'default_model = "openai/gpt-5.4-mini"',
      'model_support = "any"',
      'auth_ref = "openrouter.primary"',
      `base_url = "${prefix}"`,
      '',
    ].join('\n'),
    { mode: 0o600 },
  )
  execFileSync(
    process.execPath,
    [
      join(projectRoot, 'out/main/kheish.js'),
      'secrets',
      'set',
      'openrouter.primary',
      '--provider',
      'openrouter',
      '--from-env',
      'KHEISH_BENCH_KEY',
    ],
    {
      env: { ...process.env, KHEISH_STATE_ROOT: root, KHEISH_BENCH_KEY: 'sk-or-v1-bench' },
      stdio: 'inherit',
    },
  )
  return root
}
