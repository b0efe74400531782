import { createServer } from 'node:http'
import { once } from 'node:events'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { readyPath } from '@contract/http'
import type { DaemonEvent } from '@contract/events'
import { openHouse } from '../daemon/testing'
import { addressOf } from './address'
import { findDaemon } from './find-daemon'
import { serveHouse } from './testing'

let undo: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const each of undo.reverse()) await each()
  undo = []
})

describe('the daemon of another process', () => {
  test('is found where it serves, speaks, and is told of when it goes', async () => {
    const { house, control, client, close } = await serveHouse()
    const { version } = client
    const heard: DaemonEvent[] = []
    const onLost = vi.fn()
    const { stateRoot } = house
    const found = await findDaemon({ stateRoot, version, publish: (event) => heard.push(event), onLost })
    expect(found?.state()).toMatchObject({ phase: 'ready' })
    expect(await found?.handlers['sessions.create']({})).toMatchObject({ title: '' })
    await vi.waitFor(() => expect(heard.map(({ type }) => type)).toContain('session.changed'))
    await control.stop()
    await vi.waitFor(() => expect(onLost).toHaveBeenCalledOnce())
    await found?.stop()
    await close()
  })

  test('of another version is not spoken to', async () => {
    const { house, close } = await serveHouse()
    undo.push(close)
    const { stateRoot } = house
    const needs = { stateRoot, publish: () => undefined, onLost: () => undefined }
    expect(await findDaemon({ ...needs, version: 'another' })).toBeUndefined()
  })

  test('that is gone, or goes in this very moment, is nobody', async () => {
    const house = await openHouse()
    undo.push(() => house.close())
    const { stateRoot } = house
    const needs = { stateRoot, version: '1', publish: () => undefined, onLost: () => undefined }
    expect(await findDaemon(needs)).toBeUndefined()

    // It says that it is ready and hangs up at every other question.
    const dying = createServer((request, response) => {
      if (request.url !== readyPath) return void request.socket.destroy()
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ version: '1', ready: true }))
    })
    dying.listen(addressOf(stateRoot).path)
    await once(dying, 'listening')
    undo.push(async () => dying.close().closeAllConnections())
    expect(await findDaemon(needs)).toBeUndefined()
  })
})
