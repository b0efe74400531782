import { utilityProcess } from 'electron'
import type { DemoProvider } from './host'

const patienceMs = 10_000

/** Starts `file` (the built `demo-provider.js`), which prints the base of its endpoints on its first line. */
export function startDemoProvider(file: string): Promise<DemoProvider> {
  const child = utilityProcess.fork(file, [], {
    env: { KHEISH_DEMO_PORT: '0' },
    serviceName: 'Kheish demo provider',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return new Promise((resolve, reject) => {
    const fail = (what: string) => {
      clearTimeout(timer)
      child.kill()
      reject(new Error(what))
    }
    const timer = setTimeout(() => fail('the demo provider said nothing'), patienceMs)
    child.once('exit', (code) => fail(`the demo provider ended with ${code}`))
    let said = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const [line, more] = said.split('\n')
      if (more === undefined || !line) return
      clearTimeout(timer)
      resolve({ prefix: line.trim(), stop: () => void child.kill() })
    })
  })
}
