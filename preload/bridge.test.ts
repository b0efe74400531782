import { EventEmitter } from 'node:events'
import { describe, expect, test, vi } from 'vitest'
import { channels, largestFile } from '@contract/names'
import { createBridge } from './bridge'

const fakeIpc = () => {
  const emitter = new EventEmitter()
  return Object.assign(emitter, { invoke: vi.fn(async () => ({ ok: true, value: 1 })), send: vi.fn() })
}

const bridgeOf = (ipc: ReturnType<typeof fakeIpc>, path = '') =>
  createBridge(ipc as never, 'linux', () => path)

test('the opening is asked at once, any other question is one invoke', async () => {
  const ipc = fakeIpc()
  const bridge = bridgeOf(ipc)
  expect(ipc.invoke.mock.calls).toEqual([[channels.ask, 'app.opening', {}]])
  expect(await bridge.opening).toEqual({ ok: true, value: 1 })
  expect(await bridge.ask('app.info', { a: 1 })).toEqual({ ok: true, value: 1 })
  expect(ipc.invoke).toHaveBeenLastCalledWith(channels.ask, 'app.info', { a: 1 })
})

test('listening hears batches without the ipc event, is announced once, and can be undone', () => {
  const ipc = fakeIpc()
  const heard: unknown[] = []
  const undo = bridgeOf(ipc).listen((events) => heard.push(events))
  expect(ipc.send).toHaveBeenCalledExactlyOnceWith(channels.events)
  ipc.emit(channels.events, { sender: 'secret' }, [{ type: 'window.focused', focused: true }])
  undo()
  ipc.emit(channels.events, {}, [])
  expect(heard).toEqual([[{ type: 'window.focused', focused: true }]])
})

test('what came before the page listened is heard once, by the first listener', () => {
  const ipc = fakeIpc()
  const bridge = bridgeOf(ipc)
  ipc.emit(channels.events, {}, [1])
  ipc.emit(channels.events, {}, [2])
  const heard: unknown[] = []
  const late: unknown[] = []
  bridge.listen((events) => heard.push(...events))
  bridge.listen((events) => late.push(...events))
  ipc.emit(channels.events, {}, [3])
  expect({ heard, late }).toEqual({ heard: [1, 2, 3], late: [3] })
})

describe('a file', () => {
  const file = new File(['four'], 'note.txt', { type: 'text/plain' })
  const named = { import_id: 'i1', file_name: 'note.txt', media_type: 'text/plain' }
  const about = { ...named, byte_length: 4 }

  test('of the disk crosses as its path, neither read nor measured', async () => {
    const ipc = fakeIpc()
    const read = vi.spyOn(file, 'arrayBuffer')
    expect(await bridgeOf(ipc, '/home/me/note.txt').importFile(file, 'i1')).toEqual({ ok: true, value: 1 })
    expect(ipc.invoke).toHaveBeenLastCalledWith(channels.importFile, { ...named, path: '/home/me/note.txt' })
    expect(read).not.toHaveBeenCalled()
  })
  test('without a path crosses as its bytes', async () => {
    const ipc = fakeIpc()
    await bridgeOf(ipc).importFile(file, 'i1')
    const bytes = await new Blob(['four']).arrayBuffer()
    expect(ipc.invoke).toHaveBeenLastCalledWith(channels.importFile, { ...about, bytes })
  })
  test.each([
    ['too large', { size: largestFile + 1, arrayBuffer: () => Promise.reject(new Error('read')) }],
    ['unreadable', { size: 4, arrayBuffer: () => Promise.reject(new DOMException('gone')) }],
  ])('that is %s leaves its bytes behind, for the other side to refuse', async (_, odd) => {
    const ipc = fakeIpc()
    await bridgeOf(ipc).importFile({ name: 'note.txt', type: 'text/plain', ...odd }, 'i1')
    const sent = ipc.invoke.mock.calls.at(-1) as unknown[]
    expect(sent[1]).toEqual({ ...about, byte_length: odd.size, bytes: undefined })
  })
})

test('a drag is said in one word, within its gesture', () => {
  const ipc = fakeIpc()
  bridgeOf(ipc).dragAsset('asset_1')
  expect(ipc.send).toHaveBeenLastCalledWith(channels.dragAsset, 'asset_1')
})
