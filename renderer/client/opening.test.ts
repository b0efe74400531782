import type { AnyEvent } from '@contract/events'
import type { Answer } from '@contract/fault'
import { fault } from '@contract/fault'
import type { AnsweredAhead } from '@contract/opening'
import { expect, test, vi } from 'vitest'
import { createClient } from './client'

const fresh: Answer<unknown> = { ok: true, value: 'fresh' }
const ahead: Answer<unknown> = { ok: true, value: 'ahead' }
const focused: AnyEvent = { type: 'window.focused', focused: true }

function open(opening: Promise<Answer<unknown>>) {
  const ask = vi.fn(async () => fresh)
  let hear: (events: readonly AnyEvent[]) => void = () => undefined
  const client = createClient({
    platform: 'linux',
    importFile: () => Promise.reject(new Error('unused')),
    keepSound: () => Promise.reject(new Error('unused')),
    keepSegment: () => Promise.reject(new Error('unused')),
    dragAsset: () => undefined,
    opening,
    ask,
    listen: (listener) => {
      hear = listener
      return () => undefined
    },
  })
  return { client, ask, publish: (...events: readonly AnyEvent[]) => hear(events) }
}

const answered = (...list: readonly AnsweredAhead[]): Promise<Answer<unknown>> =>
  Promise.resolve({ ok: true, value: JSON.stringify(list) })

test('a question that was asked ahead is not asked again, but only once and only with that input', async () => {
  const { client, ask } = open(answered({ name: 'sessions.list', input: { limit: 100 }, answer: ahead }))
  expect(await client.ask['sessions.list']({ limit: 7 })).toEqual(fresh)
  expect(await client.ask['sessions.list']({ limit: 100 })).toEqual(ahead)
  expect(await client.ask['sessions.list']({ limit: 100 })).toEqual(fresh)
  expect(ask).toHaveBeenCalledTimes(2)
})

test('once the first screen stands, nothing old is answered', async () => {
  const { client } = open(answered({ name: 'runtime.get', input: {}, answer: ahead }))
  client.opened()
  expect(await client.ask['runtime.get']({})).toEqual(fresh)
})

test.each([
  ['refused', () => Promise.resolve({ ok: false, fault: fault('not_ready', 'No.') } as const)],
  ['broken off', () => Promise.reject(new Error('gone'))],
  ['damaged', () => Promise.resolve({ ok: true, value: '[{' } as const)],
])('an opening that was %s only means asking', async (_, opening) => {
  const { client } = open(opening())
  expect(await client.ask['daemon.state']({})).toEqual(fresh)
})

test('other questions do not wait for the opening', async () => {
  const { client } = open(new Promise(() => undefined))
  expect(await client.ask['app.info']({})).toEqual(fresh)
})

test('events wait for the first screen and come in their order', () => {
  const { client, publish } = open(answered())
  const heard: AnyEvent[] = []
  client.listen((event) => heard.push(event))
  publish(focused, { type: 'command.invoked', command: 'chat.new' })
  expect(heard).toEqual([])
  client.opened()
  publish(focused)
  expect(heard.map(({ type }) => type)).toEqual(['window.focused', 'command.invoked', 'window.focused'])
})
