import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { setTimeout as after } from 'node:timers/promises'
import type { DaemonEvent } from '@contract/events'
import { eventsPath, lastEventHeader, readyPath } from '@contract/http'
import { afterEach, expect, test } from 'vitest'
import { openHouse } from '../daemon/testing'
import { addressOf } from './address'
import { createCatchUp } from './catch-up'
import { connectControl } from './connect'
import { remoteDaemon } from './remote-daemon'

let undo: (() => unknown)[] = []
afterEach(async () => {
  for (const each of undo.reverse()) await each()
  undo = []
})

/** A served daemon whose stream and answers are given by hand; what its window hears is in `heard`. */
async function meet() {
  const house = await openHouse()
  undo.push(() => house.close())
  const streams: ServerResponse[] = []
  const asked: ServerResponse[] = []
  const answer = (response: ServerResponse | undefined, place: string, value: unknown) =>
    response
      ?.setHeader(lastEventHeader, place)
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify(value))
  const server = createServer(({ url = '' }, response) => {
    if (url === readyPath) answer(response, '', { version: '1', ready: true })
    else if (url.startsWith(eventsPath)) {
      streams.push(response)
      response.write('id: boot-1\nevent: heartbeat\ndata: {}\n\n')
    } else if (url === '/v1/daemon') answer(response, 'boot-1', { phase: 'ready', demo: false })
    else asked.push(response)
  })
  server.listen(addressOf(house.stateRoot).path)
  await once(server, 'listening')
  undo.push(() => server.close().closeAllConnections())
  const client = await connectControl(house.stateRoot)
  if (!client) throw new Error('nobody serves')

  const heard: string[] = []
  const surprises: unknown[] = []
  const publish = (event: DaemonEvent) => {
    heard.push(event.type === 'session.deleted' ? event.session_id : event.type)
    if (heard.at(-1) === 'event 66') throw new Error('a listener')
  }
  const daemon = await remoteDaemon(client, publish, { report: (surprise) => surprises.push(surprise) })
  undo.push(() => daemon.stop())
  const ask = async () => {
    await daemon.handlers['preferences.get']({})
    heard.push('answer')
  }
  return {
    heard,
    surprises,
    ask,
    answerWith: async (place: string) => {
      await expect.poll(() => asked.length).toBe(1)
      answer(asked[0], place, {})
    },
    tell: (number: number) =>
      streams[0]?.write(
        `id: boot-${number}\nevent: session.deleted\ndata: ${JSON.stringify({ type: 'session.deleted', session_id: `event ${number}` })}\n\n`,
      ),
    hangUp: () => streams[0]?.destroy(),
  }
}

test('an answer that overtakes the stream waits for the events that it shows', async () => {
  const { ask, answerWith, tell, heard } = await meet()
  const asking = ask()
  await answerWith('boot-3')
  await after(30)
  tell(2)
  await after(30)
  expect(heard).toEqual(['event 2'])
  tell(3)
  tell(4)
  await asking
  expect(heard.indexOf('answer')).toBeGreaterThan(heard.indexOf('event 3'))
})

test.each([
  ['the stream has overtaken', 'boot-3'],
  ['is as new as the stream', 'boot-4'],
  ['is of another daemon', 'other-9'],
  ['names no event', undefined],
])('an answer that %s waits for nothing', async (_, place) => {
  const { told, upto } = createCatchUp()
  told('boot-4')
  expect(await Promise.race([upto(place).then(() => 'at once'), after(0, 'late')])).toBe('at once')
})

test.each([
  ['says nothing more', () => undefined],
  ['has ended', (hangUp: () => unknown) => hangUp()],
])('no answer is lost with a stream that %s', async (_, happen) => {
  const { ask, answerWith, hangUp, heard } = await meet()
  const asking = ask()
  await answerWith('boot-9')
  happen(hangUp)
  await asking
  expect(heard.at(-1)).toBe('answer')
})

test('a listener that throws is reported, and ends nothing', async () => {
  const { ask, answerWith, tell, heard, surprises } = await meet()
  tell(66)
  tell(67)
  await expect.poll(() => heard).toEqual(['event 66', 'event 67'])
  expect(surprises).toEqual([new Error('a listener')])
  const asking = ask()
  await answerWith('boot-67')
  await asking
})
