import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DaemonState } from '@contract/routes'
import { afterEach, describe, expect, test } from 'vitest'
import type { House, HouseOptions } from './testing'
import { openHouse, oneRoute, textIn } from './testing'

let house: House
const open = async (options?: HouseOptions) => {
  house = await openHouse(options)
  return house
}
afterEach(() => house.close())

const stall = { text: 'one two three four five six seven eight', after_chunks: 4, ending: 'stall' } as const
const slow = { text: 'one two three four five', tokens_per_second: 4 } as const
const save = (text: string) =>
  writeFile(join(house.stateRoot, 'routes.toml'), text.replaceAll('$PREFIX', house.provider.prefix))
const changes = (): readonly DaemonState[] =>
  house.events.flatMap((event) => (event.type === 'daemon.changed' ? [event.state] : []))
const isDone = ({ state }: { readonly state: DaemonState }) => state.phase !== 'ready' || !state.draining
/** The state that the restart ends with. */
const settled = async () => {
  await house.until('daemon.changed', ({ state }) => state.phase === 'ready' && state.draining !== undefined)
  await expect.poll(() => changes().at(-1)).toSatisfy((state: DaemonState) => isDone({ state }))
  return changes().at(-1)
}

describe('a restart in place', () => {
  test('waits for the run under way, lets nothing start, then loads the routes and goes on', async () => {
    await open({ script: [slow] })
    const [one, two] = [await house.chat(), await house.chat()]
    const first = await house.submit(one, 'first')
    await house.until('run.grew')
    await save(oneRoute.replace('gpt-5.4-mini', 'gpt-6'))
    const answered = await house.ask('daemon.restart', {})
    expect(answered).toEqual({ phase: 'ready', demo: false, draining: { runs: 1 } })
    const status = await house.ask('status.get', {})
    expect(status).toMatchObject({ status: 'draining', health: { ok: false } })
    expect(status.health.warnings.map(({ code }) => code)).toEqual(['daemon_draining'])

    const behind = await house.submit(one, 'behind')
    const beside = await house.submit(two, 'beside')
    expect([behind.run.status, beside.run.status]).toEqual(['queued', 'queued'])
    expect((await house.ask('runtime.get', {})).model).toBe('openai/gpt-5.4-mini')

    const ended = await house.until('run.ended', ({ run }) => run.run_id === first.run.run_id)
    expect(ended.run.status).toBe('completed')
    expect(textIn(ended.message)).toBe('one two three four five')
    expect(await settled()).toEqual({ phase: 'ready', demo: false })
    for (const { run } of [behind, beside]) {
      const { run: last } = await house.until('run.ended', (event) => event.run.run_id === run.run_id)
      expect(last.status).toBe('completed')
    }
    expect((await house.ask('runtime.get', {})).model).toBe('openai/gpt-6')
    expect(await house.ask('status.get', {})).toMatchObject({ status: 'ready', health: { ok: true } })
  })

  test('with consent it stops what runs; every byte that arrived stays', async () => {
    await open({ script: [stall] })
    const session_id = await house.chat()
    const { run } = await house.submit(session_id, 'one')
    const waiting = await house.submit(session_id, 'two')
    await house.until('run.grew')
    await house.ask('daemon.restart', { in_flight: 'interrupt' })
    const ended = await house.until('run.ended', (event) => event.run.run_id === run.run_id)
    expect(ended.run.status).toBe('interrupted')
    expect(textIn(ended.message)).toContain('one')
    expect(await settled()).toEqual({ phase: 'ready', demo: false })
    const next = await house.until('run.ended', (event) => event.run.run_id === waiting.run.run_id)
    expect(next.run.status).toBe('completed')
  })

  test('a second request may stop what the first would have waited for', async () => {
    await open({ script: [stall] })
    const { run } = await house.submit(await house.chat(), 'one')
    await house.until('run.grew')
    await house.ask('daemon.restart', {})
    expect(await house.ask('daemon.restart', {})).toMatchObject({ draining: { runs: 1 } })
    await house.ask('daemon.restart', { in_flight: 'interrupt' })
    await house.until('run.ended', (event) => event.run.run_id === run.run_id)
    expect(await settled()).toEqual({ phase: 'ready', demo: false })
  })

  test('a file that is refused makes the repair screen, and what waits goes on after the repair', async () => {
    await open({ script: [slow] })
    const session_id = await house.chat()
    await house.submit(session_id, 'one')
    await save('version = 9')
    await house.ask('daemon.restart', {})
    const waiting = await house.submit(session_id, 'two')
    await house.until('daemon.changed', ({ state }) => state.phase === 'repair')
    expect((await house.ask('runs.get', { run_id: waiting.run.run_id })).status).toBe('queued')
    await save(oneRoute)
    expect(await house.ask('daemon.restart', {})).toMatchObject({ phase: 'repair' })
    const { run } = await house.until('run.ended', (event) => event.run.run_id === waiting.run.run_id)
    expect(run.status).toBe('completed')
  })

  test('with nothing under way it is over at once', async () => {
    await open()
    await save(oneRoute.replace('gpt-5.4-mini', 'gpt-6'))
    await house.ask('daemon.restart', {})
    await settled()
    expect((await house.ask('runtime.get', {})).model).toBe('openai/gpt-6')
  })

  test('a stop meanwhile ends everything in order, and the next start goes on', async () => {
    await open({ script: [stall] })
    const session_id = await house.chat()
    const first = await house.submit(session_id, 'one')
    const second = await house.submit(session_id, 'two')
    await house.until('run.grew')
    await house.ask('daemon.restart', {})
    await house.restart()
    expect(await house.ask('runs.get', { run_id: first.run.run_id })).toMatchObject({
      status: 'interrupted',
      error: { code: 'daemon_stopping' },
    })
    const { run } = await house.until('run.ended', (event) => event.run.run_id === second.run.run_id)
    expect(run.status).toBe('completed')
  })
})
