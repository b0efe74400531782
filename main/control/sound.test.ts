import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RecordingId } from '@contract/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { remoteDaemon } from './remote-daemon'
import { fetchRaw, serveHouse, type Served } from './testing'

const recording_id = 'dictated' as RecordingId
let served: Served
beforeAll(async () => {
  served = await serveHouse()
  await served.client.ask('recordings.begin', { recording_id, session_id: null, started_at_ms: 1_000 })
})
afterAll(() => served.close())

const put = (path: string, headers = {}, body: Buffer = Buffer.alloc(4)) =>
  fetchRaw({ socketPath: served.control.address, method: 'PUT', path, headers }, body)
const fileOf = (name: string) => readFile(join(served.house.stateRoot, 'recordings', recording_id, name))

test('a window’s sound reaches the disk of the daemon that another process serves', async () => {
  const { sound } = await remoteDaemon(served.client, () => undefined)
  const samples = new Uint8Array(new Int16Array([1, 2, 3]).buffer)
  await sound.keepSound({ recording_id, segment: 0, from_sample: 0, samples })
  // What it is part of stays out.
  const whole = new Uint8Array([9, 9, 4, 0, 9, 9])
  await sound.keepSound({ recording_id, segment: 0, from_sample: 3, samples: whole.subarray(2, 4) })
  expect([...(await fileOf('0.pcm'))]).toEqual([1, 0, 2, 0, 3, 0, 4, 0])
  await sound.keepSegment({ recording_id, segment: 0, media_type: 'audio/webm', bytes: samples })
  expect([...(await fileOf('0.webm'))]).toEqual([...samples])
  const hole = sound.keepSound({ recording_id, segment: 0, from_sample: 9, samples })
  await expect(hole).rejects.toMatchObject({ fault: { code: 'recording_invalid' } })
  const ghost = sound.keepSound({ recording_id: 'ghost', segment: 0, from_sample: 0, samples })
  await expect(ghost).rejects.toMatchObject({ fault: { code: 'recording_not_found' } })
})

const at = `/v1/recordings/${recording_id}/segments/0`
test.each([
  ['a piece without a place', `${at}/sound`, {}, 'call_refused'],
  ['a piece at half a sample', `${at}/sound?from_sample=0.5`, {}, 'call_refused'],
  ['a segment of no kind', `${at}/bytes`, {}, 'call_refused'],
  ['a segment of another kind', `${at}/bytes`, { 'content-type': 'audio/mpeg' }, 'call_refused'],
  ['another place', `${at}/more`, {}, 'endpoint_not_found'],
  ['a folder above', '/v1/recordings/..%2f..%2fx/segments/0/sound?from_sample=0', {}, 'endpoint_not_found'],
])('%s is refused', async (_, path, headers, code) => {
  expect(await put(path, headers)).toMatchObject({ json: { code } })
})

test('what is too large is answered, and the connection goes on', async () => {
  const body = Buffer.alloc(33 * 1024 * 1024)
  expect(await put(`${at}/sound?from_sample=0`, {}, body)).toMatchObject({ status: 413 })
  const next = `/v1/recordings/${recording_id}/segments/1/sound?from_sample=0`
  expect(await put(next)).toMatchObject({ status: 204 })
})
