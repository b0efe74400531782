import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { aac } from '../../core/media-types/samples.fake'
import { bmp, heic, pdf } from './samples.fake'
import { openBench, takesOrRefuses } from './testing'

// Beside what the process itself is fed (child.test.ts): types whose readers are no native code, in this process.
const bench = openBench()
afterAll(() => bench.close())
// What reads HEIC writes down whatever it does not like.
beforeEach(() => {
  for (const say of ['log', 'error'] as const) vi.spyOn(console, say).mockImplementation(() => undefined)
})

const text = Buffer.from('Grüße, 京都 🎉\r\n'.repeat(20))
const json = Buffer.from(JSON.stringify({ a: [1, -2.5e3, 'ü', null], b: { c: [true, {}] } }))

// A page is drawn for each PDF that can still be read, so there are fewer of them.
test.each([
  ['a.txt', text, 200],
  ['a.csv', text, 200],
  ['a.json', json, 200],
  ['a.bmp', bmp, 200],
  ['a.heic', heic, 200],
  ['a.aac', aac(), 200],
  ['a.pcm', new Uint8Array(64).fill(7), 200],
  ['a.pdf', pdf({ pages: 2 }), 80],
] as const)('%s, cut and with other bits', async (name, bytes, times) => {
  expect((await bench.take(name, bytes)).raw.byte_length).toBeGreaterThan(0)
  await takesOrRefuses(bench, name, bytes, times)
})
