import { EventEmitter } from 'node:events'
import { expect, test, vi } from 'vitest'
import { channels } from '@contract/names'
import { createBridge } from './bridge'

const fakeIpc = () => {
  const emitter = new EventEmitter()
  return Object.assign(emitter, { invoke: vi.fn(async () => ({ ok: true, value: 1 })), send: vi.fn() })
}

test('a question is one invoke', async () => {
  const ipc = fakeIpc()
  const answer = await createBridge(ipc as never, 'linux').ask('app.info', { a: 1 })
  expect(answer).toEqual({ ok: true, value: 1 })
  expect(ipc.invoke.mock.calls).toEqual([[channels.ask, 'app.info', { a: 1 }]])
})

test('listening hears batches without the ipc event, says so once, and can be undone', () => {
  const ipc = fakeIpc()
  const heard: unknown[] = []
  const undo = createBridge(ipc as never, 'linux').listen((events) => heard.push(events))
  expect(ipc.send).toHaveBeenCalledExactlyOnceWith(channels.events)
  ipc.emit(channels.events, { sender: 'secret' }, [{ type: 'window.focused', focused: true }])
  undo()
  ipc.emit(channels.events, {}, [])
  expect(heard).toEqual([[{ type: 'window.focused', focused: true }]])
  expect(ipc.listenerCount(channels.events)).toBe(0)
})
