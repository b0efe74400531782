import { EventEmitter } from 'node:events'
import { expect, test, vi } from 'vitest'
import { channels } from '@contract/names'
import { createBridge } from './bridge'

const fakeIpc = () => {
  const emitter = new EventEmitter()
  return Object.assign(emitter, { invoke: vi.fn(async () => ({ ok: true, value: 1 })), send: vi.fn() })
}

test('the opening is asked at once, any other question is one invoke', async () => {
  const ipc = fakeIpc()
  const bridge = createBridge(ipc as never, 'linux')
  expect(ipc.invoke.mock.calls).toEqual([[channels.ask, 'app.opening', {}]])
  expect(await bridge.opening).toEqual({ ok: true, value: 1 })
  expect(await bridge.ask('app.info', { a: 1 })).toEqual({ ok: true, value: 1 })
  expect(ipc.invoke).toHaveBeenLastCalledWith(channels.ask, 'app.info', { a: 1 })
})

test('listening hears batches without the ipc event, is announced once, and can be undone', () => {
  const ipc = fakeIpc()
  const heard: unknown[] = []
  const undo = createBridge(ipc as never, 'linux').listen((events) => heard.push(events))
  expect(ipc.send).toHaveBeenCalledExactlyOnceWith(channels.events)
  ipc.emit(channels.events, { sender: 'secret' }, [{ type: 'window.focused', focused: true }])
  undo()
  ipc.emit(channels.events, {}, [])
  expect(heard).toEqual([[{ type: 'window.focused', focused: true }]])
})

test('what came before the page listened is heard once, by the first listener', () => {
  const ipc = fakeIpc()
  const bridge = createBridge(ipc as never, 'linux')
  ipc.emit(channels.events, {}, [1])
  ipc.emit(channels.events, {}, [2])
  const heard: unknown[] = []
  const late: unknown[] = []
  bridge.listen((events) => heard.push(...events))
  bridge.listen((events) => late.push(...events))
  ipc.emit(channels.events, {}, [3])
  expect({ heard, late }).toEqual({ heard: [1, 2, 3], late: [3] })
})
