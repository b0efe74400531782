import { spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { projectRoot } from './electron.ts'

export interface Provider {
  readonly prefix: string
  /** Queues what the provider does with its next requests. */
  script(behaviour: Readonly<Record<string, unknown>>): Promise<void>
  stop(): void
}

/** The built demo provider in a process of its own. */
export async function startProvider(): Promise<Provider> {
  const child = spawn(process.execPath, [join(projectRoot, 'out/main/demo-provider.js')], {
    env: { ...process.env, KHEISH_DEMO_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  // It stands for a machine elsewhere: what it works takes nothing from the window.
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW)
  const [prefix] = await new Promise<string[]>((resolve, reject) => {
    createInterface(child.stdout).once('line', (line) => resolve([line]))
    child.once('exit', () => reject(new Error('the demo provider ended before it listened')))
  })
  if (!prefix) throw new Error('the demo provider said nothing')
  const control = new URL('/__script', prefix)
  return {
    prefix,
    async script(behaviour) {
      const answer = await fetch(control, { method: 'POST', body: JSON.stringify(behaviour) })
      if (!answer.ok) throw new Error(`script refused: ${answer.status}`)
    },
    stop: () => void child.kill('SIGTERM'),
  }
}
