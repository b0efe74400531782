import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockStateRoot } from './lock-state-root'
import { openStore } from './open-store'
import { messageId } from './sample'

const project = resolve(import.meta.dirname, '../../..')
let folder: string
const children: ChildProcess[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kheish-killed-'))
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** A second process with a module of this room as `room`; its lines come one by one. */
function inChild(module: string, script: string) {
  const code = `
    import { runnerImport } from 'vite'
    const [path, contract, folder] = process.argv.slice(1)
    const config = { configFile: false, logLevel: 'error', resolve: { alias: { '@contract': contract } } }
    const { module: room } = await runnerImport(path, config)
    ${script}`
  const given = [join(import.meta.dirname, module), join(project, 'preload/contract'), folder]
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, ...given], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const gone = once(child, 'exit')
  return {
    pid: child.pid,
    lines: createInterface({ input: child.stdout }),
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
  }
}

describe('kill -9 while a stream is being written', () => {
  it.each([20, 333, 1_500])('leaves every batch that was acknowledged (%i of them)', async (wanted) => {
    const child = inChild(
      'open-store.ts',
      `
      const file = folder + '/kheish.sqlite'
      const store = room.openStore({ file, now: () => 1, newRootId: () => 'root' })
      store.sessions.create({ session_id: 's1', title: '', at_ms: 1 })
      const more = { session_id: 's1', parent_id: null, role: 'assistant', parts: [], created_at_ms: 1, run_id: null }
      store.messages.add({ message_id: 'a', ...more })
      for (let from = 1; ; from += 1) {
        const text = { kind: 'text', text: '1' }
        const delta = from === 1 ? { at: 'part', part: text } : { at: 'text', place: 0, add: ' ' + from }
        store.messages.appendBatches([{ id: 'a', batch: { from, upto: from, deltas: [delta] } }])
        if (!process.stdout.write(from + '\\n')) await new Promise((go) => process.stdout.once('drain', go))
      }`,
    )
    let acknowledged = 0
    child.lines.on('line', (line) => {
      acknowledged = Number(line)
      if (acknowledged === wanted) void child.kill()
    })
    await once(child.lines, 'close')
    await child.kill()
    const store = openStore({ file: join(folder, 'kheish.sqlite'), now: () => 2, newRootId: () => 'other' })
    const message = store.messages.settle(messageId('a'))
    store.close()
    expect(acknowledged).toBeGreaterThanOrEqual(wanted)
    expect(message.seen).toBeGreaterThanOrEqual(acknowledged)
    const all = Array.from({ length: message.seen }, (_, at) => at + 1).join(' ')
    expect(message.parts).toEqual([{ kind: 'text', text: all }])
  })
})

describe('one daemon per state root', () => {
  const inUse = (pid: number | undefined) =>
    expect.objectContaining({ fault: expect.objectContaining({ code: 'state_root_in_use', pid }) })

  it('refuses a second one in the same process until the first lets go', () => {
    const release = lockStateRoot(folder)
    expect(() => lockStateRoot(folder)).toThrowError(inUse(process.pid))
    release()
    release()
    lockStateRoot(folder)()
    expect(readdirSync(folder)).toEqual(['lock.sqlite'])
  })

  it('names the process that holds it, and follows when that is killed', async () => {
    const child = inChild(
      'lock-state-root.ts',
      `const release = room.lockStateRoot(folder); console.log('held'); setInterval(() => release, 1_000)`,
    )
    await once(child.lines, 'line')
    expect(() => lockStateRoot(folder)).toThrowError(inUse(child.pid))
    await child.kill()
    lockStateRoot(folder)()
  })

  it('makes the folder', () => {
    lockStateRoot(join(folder, 'new', 'root'))()
    expect(readdirSync(join(folder, 'new', 'root'))).toEqual(['lock.sqlite'])
  })

  it('says that a folder can’t be written, and what to do', () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    for (const place of [file, join(file, 'below')]) {
      expect(() => lockStateRoot(place)).toThrowError(
        expect.objectContaining({
          fault: expect.objectContaining({
            code: 'store_unreadable',
            detail: expect.stringContaining('can’t write to its data folder'),
          }),
        }),
      )
    }
  })
})
