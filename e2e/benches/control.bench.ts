import { existsSync } from 'node:fs'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundle } from './lib/bundle.ts'
import { projectRoot, startElectron, usableAfter } from './lib/electron.ts'
import type { Provider } from './lib/provider.ts'
import { askThrough, readEvents, startServed, type ServedDaemon } from './lib/served.ts'
import { makeStateRoot } from './lib/state-root.ts'
import { median, rounded, type Row } from './lib/stats.ts'

const calls = 2_000
const runs = 100
const tokens = 400
const pace = 50
const warmPace = 400
const rounds = 3
const events = 100_000

/** One call through each door, a hundred runs at once, and what was missed told again. */
export async function benchControl(provider: Provider): Promise<readonly Row[]> {
  return [...(await benchCalls(provider)), ...(await benchRuns(provider)), await benchReplay()]
}

/** The call does next to nothing itself, so all of it counts as the way. */
async function benchCalls(provider: Provider): Promise<readonly Row[]> {
  const root = await makeStateRoot(provider.prefix)
  const running = await startElectron(projectRoot, { KHEISH_STATE_ROOT: root })
  await usableAfter(running)
  const socket = join(root, 'control.sock')
  // It opens a moment after the window can be used.
  while (!existsSync(socket)) await new Promise((wait) => setTimeout(wait, 50))
  const ask = askThrough(socket)
  const overSocket: number[] = []
  for (let call = 0; call < calls; call++) {
    const begun = performance.now()
    await ask('GET', '/v1/preferences')
    if (call >= calls / 10) overSocket.push(performance.now() - begun)
  }
  const overIpc = await running.page.evaluate(async (count) => {
    const { kheish } = window as unknown as { kheish: import('../../preload/contract/bridge').Bridge }
    const times: number[] = []
    for (let call = 0; call < count; call++) {
      const begun = performance.now()
      await kheish.ask('preferences.get', {})
      if (call >= count / 10) times.push(performance.now() - begun)
    }
    return times
  }, calls)
  await running.close()
  const row = (door: string, times: readonly number[], goal: number): Row => ({
    bench: 'control',
    figure: `one call over ${door} of the running app, handler included, p50`,
    measured: rounded(median(times), 3),
    unit: 'ms',
    goal: `≤ ${goal} ms`,
    reached: median(times) <= goal,
    note: `preferences.get, ${times.length} times, one after the other`,
  })
  return [row('the socket', overSocket, 2), row('IPC', overIpc, 1)]
}

async function benchRuns(provider: Provider): Promise<readonly Row[]> {
  await provider.script({ tokens, tokens_per_second: warmPace, times: runs })
  const bare = fork(join(import.meta.dirname, 'lib/bare-streams.ts'), [provider.prefix, String(runs)])
  await once(bare, 'message')
  const served = await startServed(provider.prefix)
  // What is compiled, connected and fetched at the first times is not what is measured.
  await streamRuns(provider, served, { count: runs, pace: warmPace, isHeard: true })
  const cpu: Record<'bare' | 'heard' | 'alone', number[]> = { bare: [], heard: [], alone: [] }
  for (let round = 0; round < rounds; round++) {
    await provider.script({ tokens, tokens_per_second: pace, times: runs })
    bare.send('go')
    cpu.bare.push(((await once(bare, 'message')) as [number])[0])
    cpu.heard.push(await streamRuns(provider, served, { count: runs, pace, isHeard: true }))
    cpu.alone.push(await streamRuns(provider, served, { count: runs, pace, isHeard: false }))
  }
  bare.disconnect()
  await served.stop()
  const row = (kind: 'heard' | 'alone', how: string): Row => {
    const ratio = median(cpu[kind]) / median(cpu.bare)
    return {
      bench: 'control',
      figure: `CPU of the daemon, ${runs} runs of ${tokens} tokens at ${pace}/s at once, ${how}, against bare streams`,
      measured: rounded(ratio),
      unit: '×',
      goal: '≤ 2',
      reached: ratio <= 2,
      note: `${rounded(median(cpu[kind]), 0)} ms against ${rounded(median(cpu.bare), 0)} ms of CPU, median of ${rounds}`,
    }
  }
  return [row('heard', 'each followed over the socket'), row('alone', 'nobody listening')]
}

/** CPU milliseconds of the daemon while so many runs stream from their acceptance to their end. */
async function streamRuns(
  provider: Provider,
  { socket, cpu }: ServedDaemon,
  { count, pace, isHeard }: { readonly count: number; readonly pace: number; readonly isHeard: boolean },
): Promise<number> {
  const ask = askThrough(socket)
  await provider.script({ tokens, tokens_per_second: pace, times: count })
  const sessions: string[] = []
  for (let made = 0; made < count; made++)
    sessions.push(((await ask('POST', '/v1/sessions', {})) as { session_id: string }).session_id)
  let ended = 0
  const isEnd = (type: string) => type === 'run.ended'
  const readers = isHeard
    ? await Promise.all(sessions.map((id) => readEvents(socket, `session_id=${id}`, isEnd)))
    : [await readEvents(socket, 'session_id=none', () => false)]
  const before = cpu()
  await Promise.all(
    sessions.map((id) =>
      ask('POST', `/v1/sessions/${id}/${isHeard ? 'runs' : 'input'}`, {
        idempotency_key: id,
        content: 'A long answer, please.',
      }).then(() => (ended += 1)),
    ),
  )
  if (isHeard) await Promise.all(readers.map(({ done }) => done))
  if (ended !== count) throw new Error(`only ${ended} of ${count} runs`)
  return cpu() - before
}

async function benchReplay(): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'kheish-bench-replay-'))
  const socket = join(folder, 's')
  const child = fork(await bundle('replay-entry'), [socket, String(events)])
  const [kept] = (await once(child, 'message')) as [number]
  if (kept !== events) throw new Error(`only ${kept} of ${events} events are kept`)
  const speeds: number[] = []
  for (let round = 0; round < 5; round++) {
    let heard = 0
    const begun = performance.now()
    const { done } = await readEvents(socket, 'after=bench-0', (type) => {
      heard += type === 'run.grew' ? 1 : 0
      return heard === events
    })
    await done
    speeds.push(events / ((performance.now() - begun) / 1000))
  }
  child.kill()
  rmSync(folder, { recursive: true, force: true })
  return {
    bench: 'control',
    figure: `replay of ${events.toLocaleString('en')} events over a socket, each parsed by the reader`,
    measured: rounded(median(speeds), 0),
    unit: 'events/s',
    goal: '≥ 50,000',
    reached: median(speeds) >= 50_000,
    note: 'median of 5',
  }
}
