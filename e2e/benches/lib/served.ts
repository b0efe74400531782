import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { createInterface } from 'node:readline'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createParser } from 'eventsource-parser'
import { projectRoot } from './electron.ts'

/** A daemon without a window, in a process of its own. */
export interface ServedDaemon {
  readonly socket: string
  /** Milliseconds of CPU since its start, by /proc. */
  cpu(): number
  stop(): Promise<void>
}

export async function startServed(prefix: string): Promise<ServedDaemon> {
  const root = mkdtempSync(join(tmpdir(), 'kheish-bench-served-'))
  const route = `[routes.openrouter]
driver = "openrouter"
default_model = "openai/gpt-5.4-mini"
model_support = "any"
api_key_env = "KHEISH_BENCH_KEY"
base_url = "${prefix}"
`
  writeFileSync(join(root, 'routes.toml'), `version = 1\ndefault_route = "openrouter"\n\n${route}`, {
    mode: 0o600,
  })
  const child = spawn(process.execPath, [join(projectRoot, 'out/main/kheish.js'), 'serve', '--json'], {
    env: { ...process.env, KHEISH_STATE_ROOT: root, KHEISH_BENCH_KEY: 'sk-or-v1-bench' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    createInterface(child.stdout).once('line', () => resolve())
    child.once('exit', () => reject(new Error('kheish serve ended before it served')))
  })
  return {
    socket: join(root, 'control.sock'),
    cpu() {
      const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      // Ticks of a hundredth of a second.
      return (Number(fields[11]) + Number(fields[12])) * 10
    },
    async stop() {
      child.kill('SIGTERM')
      await ended
      rmSync(root, { recursive: true, force: true })
    },
  }
}

/** Asks over a control socket as any program could, on connections that stay. */
export function askThrough(socketPath: string) {
  const agent = new Agent({ keepAlive: true })
  return (method: string, path: string, body?: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body)
      const headers =
        text === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
      request({ socketPath, agent, method, path, headers }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString() || 'null')))
      })
        .on('error', reject)
        .end(text)
    })
}

/** Reads an event stream until `hear` says that it was enough. Resolves when it is open; `done` at the end. */
export function readEvents(
  socketPath: string,
  query: string,
  hear: (type: string, data: unknown) => boolean,
): Promise<{ readonly done: Promise<void> }> {
  return new Promise((opened, reject) => {
    const path = `/v1/events/stream?${query}`
    request({ socketPath, path, agent: false }, (response) => {
      const done = new Promise<void>((resolve) => response.once('close', () => resolve()))
      const parser = createParser({
        onEvent: ({ event = '', data }) => {
          if (hear(event, JSON.parse(data))) response.destroy()
        },
      })
      const decoder = new TextDecoder()
      response.on('data', (chunk: Buffer) => {
        opened({ done })
        parser.feed(decoder.decode(chunk, { stream: true }))
      })
      response.on('error', () => undefined)
    })
      .on('error', reject)
      .end()
  })
}
