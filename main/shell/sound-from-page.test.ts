import { expect, test, vi } from 'vitest'
import type { SoundDoor } from '../daemon/ports/recordings'
import { appOrigin, type Speaker } from './origin'
import { serveSound } from './sound-from-page'

const us: Speaker = { origin: appOrigin, isMainFrame: true, isOurWindow: true }
const door = {
  keepSound: vi.fn<SoundDoor['keepSound']>(async () => undefined),
  keepSegment: vi.fn<SoundDoor['keepSegment']>(async () => undefined),
}
type Channel = 'Bridge.keepSound' | 'Bridge.keepSegment'
const ask = (name: Channel, raw: unknown, from = us) => serveSound(door, () => 'ref_1', from, name, raw)
const bytes = (length: number) => new ArrayBuffer(length)
const piece = { recording_id: 'r', segment: 0, from_sample: 0, samples: bytes(4) }
const segment = { recording_id: 'r', segment: 0, media_type: 'audio/webm', bytes: bytes(3) }

test('sound goes on as bytes', async () => {
  expect(await ask('Bridge.keepSound', piece)).toEqual({ ok: true, value: null })
  expect(door.keepSound).toHaveBeenCalledWith({ ...piece, samples: new Uint8Array(4) })
  expect(await ask('Bridge.keepSegment', segment)).toEqual({ ok: true, value: null })
  expect(door.keepSegment).toHaveBeenCalledWith({ ...segment, bytes: new Uint8Array(3) })
})

test.each<[string, Channel, object, Speaker?]>([
  ['half a sample', 'Bridge.keepSound', { ...piece, samples: bytes(3) }],
  ['nothing', 'Bridge.keepSound', { ...piece, samples: bytes(0) }],
  ['too much', 'Bridge.keepSound', { ...piece, samples: bytes(2 * 1024 * 1024 + 2) }],
  ['a view in place of bytes', 'Bridge.keepSound', { ...piece, samples: [1, 2] }],
  ['a place before the beginning', 'Bridge.keepSound', { ...piece, from_sample: -1 }],
  ['a path as its name', 'Bridge.keepSound', { ...piece, recording_id: '../a' }],
  ['another kind', 'Bridge.keepSegment', { ...segment, media_type: 'audio/mpeg' }],
  ['a piece as a segment', 'Bridge.keepSegment', piece],
  ['sound of a frame', 'Bridge.keepSound', piece, { ...us, isMainFrame: false }],
  ['sound of another page', 'Bridge.keepSegment', segment, { ...us, origin: 'https://example.com' }],
])('%s is refused', async (_, name, raw, from) => {
  door.keepSound.mockClear()
  door.keepSegment.mockClear()
  expect(await ask(name, raw, from)).toMatchObject({ ok: false, fault: { code: 'call_refused' } })
  expect(door.keepSound).not.toHaveBeenCalled()
  expect(door.keepSegment).not.toHaveBeenCalled()
})
