import { daemonCalls } from '@contract/calls'
import { daemonCallNames } from '@contract/names'
import { refuseInput } from '@contract/refuse-input'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answer, Failure } from '../daemon/core/failure'
import type { House } from '../daemon/testing'
import { serveCall } from '../shell/serve'
import { connectControl } from './connect'
import { comparable, driveEveryCall, quietHouse, type Ask, type Asked } from './every-call.suite'
import { openControl } from './open-control'

const throwing = (surprise: unknown): string => {
  throw surprise
}
const run = (house: House, name: keyof typeof daemonCalls, input: unknown): unknown =>
  house.daemon().handlers[name](input as never)

/** The handlers themselves, the window's doorway, and the socket. */
const doors: Readonly<Record<string, (house: House) => Promise<Ask>>> = {
  direct: async (house) => async (name, raw) =>
    answer(() => {
      const checked = daemonCalls[name].input.safeParse(raw)
      if (!checked.success) throw new Failure(refuseInput(name, checked.error))
      return run(house, name, checked.data)
    }, throwing),
  window: async (house) => async (name, raw) =>
    structuredClone(
      await serveCall(
        {
          calls: daemonCalls,
          run: async (called, input) => run(house, called as keyof typeof daemonCalls, input),
          report: throwing,
        },
        { origin: 'app://kheish', isMainFrame: true, isOurWindow: true },
        name,
        raw,
      ),
    ),
  socket: async (house) => {
    const { stateRoot } = house
    const control = await openControl({ daemon: house.daemon(), stateRoot, version: '1' })
    const client = await connectControl(stateRoot)
    if (!client) throw new Error('nobody serves')
    closing.push(async () => {
      client.close()
      await control.stop()
    })
    return (name, raw) => client.ask(name, raw as never)
  },
}

const closing: (() => Promise<unknown>)[] = []
const heard = new Map<string, readonly Asked[]>()
const raw = new Map<string, readonly Asked[]>()

beforeAll(async () => {
  for (const [door, open] of Object.entries(doors)) {
    const house = await quietHouse()
    closing.push(() => house.close())
    const asked = await driveEveryCall(house, await open(house))
    raw.set(door, asked)
    heard.set(door, comparable(house, asked))
  }
}, 60_000)
afterAll(async () => {
  for (const close of closing.toReversed()) await close()
})

test('every call of the contract is asked', () => {
  const names = new Set(heard.get('socket')?.map(({ name }) => name))
  expect([...names].sort()).toEqual([...daemonCallNames].sort())
})

test.each(['window', 'socket'])('the %s answers every call as the handlers do', (door) => {
  const direct = heard.get('direct') ?? []
  const there = heard.get(door) ?? []
  expect(there).toHaveLength(direct.length)
  for (const [at, asked] of direct.entries()) expect(there[at], `${at} ${asked.name}`).toEqual(asked)
})
