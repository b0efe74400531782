import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** One scripted answer; the fields are in `main/demo-provider/behaviour.ts`. */
export type Behaviour = Readonly<Record<string, unknown>>

/** A request as the provider saw it. The key is told apart, never shown. */
export interface Arrived {
  readonly at_ms: number
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
  readonly ended: 'open' | 'answered' | 'aborted'
}

/** The built demo provider as a process of its own, so that it outlives an app that is killed. */
export interface Provider {
  /** What a route's `base_url` names. */
  readonly prefix: string
  /** What it does with the next requests, in order, in place of its usual answer. */
  script(...behaviours: readonly Behaviour[]): Promise<void>
  /** Forgets what was scripted and what arrived. */
  clear(): Promise<void>
  requests(): Promise<readonly Arrived[]>
  stop(): Promise<void>
}

const program = join(import.meta.dirname, '../../out/main/demo-provider.js')

export async function startProvider(
  options: { readonly tokensPerSecond?: number; readonly grammar?: string } = {},
): Promise<Provider> {
  const pace = options.tokensPerSecond ?? 2_000
  const child = spawn(process.execPath, [program], {
    env: {
      ...process.env,
      KHEISH_DEMO_PORT: '0',
      KHEISH_DEMO_TOKENS_PER_SECOND: String(pace),
      ...(options.grammar === undefined ? {} : { KHEISH_DEMO_GRAMMAR: options.grammar }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const prefix = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => resolve(line.toString().trim()))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the demo provider ended with ${code} before it served`)))
  })
  const { origin } = new URL(prefix)
  const post = async (door: string, body: unknown) => {
    const answer = await fetch(origin + door, { method: 'POST', body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${door} was answered ${answer.status}`)
  }
  return {
    prefix,
    script: (...behaviours) => post('/__script', behaviours),
    clear: () => post('/__clear', {}),
    async requests() {
      const answer = await fetch(`${origin}/__requests`)
      return ((await answer.json()) as { readonly requests: readonly Arrived[] }).requests
    },
    async stop() {
      child.kill()
      await ended
    },
  }
}
