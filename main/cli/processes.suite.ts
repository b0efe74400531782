import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buildEntries } from '../daemon/build-entries.suite'

const project = resolve(import.meta.dirname, '../..')

/** The command as it is shipped, in processes of its own that can be killed. */
export interface Shipped {
  readonly root: string
  /** The built program. */
  readonly program: string
  readonly env: NodeJS.ProcessEnv
  kheish(...words: string[]): Started
  /** Any other program, told the same about the state root. */
  start(command: string, words: readonly string[], input?: string): Started
  close(): void
}

export interface Started {
  readonly child: ChildProcess
  readonly so: { out: string; err: string }
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>
}

/** Builds the command; answers the program and how it is taken away. */
export async function buildCommand(): Promise<{ readonly program: string; remove(): void }> {
  // The program looks for the project's manifest two folders above itself.
  const out = join(project, 'test-results', `kheish-${process.pid}`)
  await buildEntries(out, { kheish: join(project, 'main/cli/index.ts') })
  return {
    program: join(out, 'kheish.js'),
    remove: () => rmSync(out, { recursive: true, force: true }),
  }
}

/** A state root whose one route goes to `prefix`, for a built command. */
export function openShipped(program: string, prefix: string): Shipped {
  const root = mkdtempSync(join(tmpdir(), 'kheish-shipped-'))
  writeFileSync(
    join(root, 'routes.toml'),
    `[routes.demo]\ndriver = "openrouter"\ndefault_model = "openai/gpt-5.4-mini"\napi_key_env = "DEMO_KEY"\nbase_url = "${prefix}"\n`,
  )
  const env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: root,
    KHEISH_STATE_ROOT: root,
    DEMO_KEY: 'sk-or-v1-demo0123456789',
  }
  const children: ChildProcess[] = []

  function start(command: string, words: readonly string[], input?: string): Started {
    const child = spawn(command, words, { env, cwd: root, stdio: ['pipe', 'pipe', 'pipe'] })
    children.push(child)
    const so = { out: '', err: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (so.out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (so.err += text))
    child.stdin.on('error', () => undefined).end(input)
    const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...so }))
    return { child, so, ended }
  }

  return {
    root,
    program,
    env,
    start,
    kheish: (...words) => start(process.execPath, [program, ...words]),
    close() {
      for (const child of children) child.kill('SIGKILL')
      rmSync(root, { recursive: true, force: true })
    },
  }
}
