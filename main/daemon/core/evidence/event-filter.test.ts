import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import type { Digest } from '../redaction/media'
import { createScrubber } from '../redaction/scrub'
import type { KeptLevel } from './at-level'
import { createEventFilter } from './event-filter'
import { createEventSplitter } from './split-events'

const digest: Digest = (text, as) => createHash('sha256').update(text, as).digest('hex')

function keep(level: KeptLevel, secrets: readonly string[], events: readonly string[]) {
  const scrubber = createScrubber(digest)
  for (const secret of secrets) scrubber.learn(secret)
  const filter = createEventFilter(level, scrubber.transcript, digest)
  return [...events.flatMap((raw, at) => filter.take(raw, at)), ...filter.flush()]
}
const said = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`
const textOf = (raw: string): string => {
  const body = JSON.parse(raw.slice(6)) as { choices: { delta: { content: string } }[] }
  return body.choices[0]?.delta.content ?? ''
}

const folder = join(import.meta.dirname, '../../../../e2e/recordings')
const recordings = readdirSync(folder).filter((name) => name.endsWith('.sse'))

describe.each(recordings)('%s', (name) => {
  const text = readFileSync(join(folder, name), 'utf8')
  const splitter = createEventSplitter()
  const events = [...splitter.take(text), splitter.rest()].filter((event) => event !== '')

  it('is kept byte by byte at full, in order and with its times', () => {
    const kept = keep('full', ['never-in-there'], events)
    expect(kept.map((event) => event.at_ms)).toEqual(events.map((_, at) => at))
    if (name === 'images-passed-over.sse') return
    expect(kept.map((event) => event.raw).join('')).toBe(text)
  })

  it('says no word of the answer at redacted', () => {
    const kept = keep('redacted', [], events)
    expect(kept).toHaveLength(events.length)
    const all = kept.map((event) => event.raw).join('')
    for (const word of ['Hello', 'snowman', 'Half', 'think', 'Forty', 'Bern', 'Planning', 'encrypted']) {
      expect(all.replaceAll('reasoning.encrypted', '')).not.toContain(word)
    }
  })
})

describe('what an event may say', () => {
  it('loses credentials and media, and keeps the rest', () => {
    const image = `data:image/png;base64,${'iVBOR'.repeat(100)}`
    const [event] = keep('full', [], [`data: ${JSON.stringify({ api_key: 'abc', n: 1, image })}\n\n`])
    const value = JSON.parse(event?.raw.slice(6) ?? '') as Record<string, unknown>
    expect(value).toEqual({
      api_key: '[redacted]',
      n: 1,
      image: {
        media_type: 'image/png',
        encoded_length: image.length,
        decoded_length: 375,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      },
    })
  })

  it('is clean in comments, in lines that are no data and in data that is no JSON', () => {
    const raw = [
      ': my planted-secret\n\n',
      'event: planted-secret\ndata: {"a":1}\n\n',
      'data: <planted-secret>\n\n',
    ]
    const kept = keep('full', ['planted-secret'], raw).map((event) => event.raw)
    expect(kept).toEqual([
      ': my [redacted]\n\n',
      'event: [redacted]\ndata: {"a":1}\n\n',
      'data: <[redacted]>\n\n',
    ])
    expect(keep('redacted', [], raw).map((event) => event.raw)).toEqual([
      ': [21 characters]\n\n',
      'data: {"a":1}\n\n',
      ': [24 characters]\n\n',
    ])
  })
})

test.prop(
  [
    fc.stringMatching(/^[!-~]{8,60}$/),
    fc.string({ maxLength: 20 }),
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }),
  ],
  { numRuns: 300 },
)('a secret spread over events is gone, and nothing else is', (secret, around, cuts) => {
  if ('[redacted]'.includes(secret) || around.includes(secret)) return
  const text = `${around} ${secret} after`
  const at = [0, ...cuts.map((cut) => Math.floor(cut * text.length)).toSorted((a, b) => a - b)]
  const events = at.map((from, index) => said(text.slice(from, at[index + 1] ?? text.length)))
  const kept = keep('full', [secret], events)
  expect(kept).toHaveLength(events.length)
  const answer = kept.map((event) => textOf(event.raw)).join('')
  expect(answer).not.toContain(secret)
  expect(answer).toBe(textOf(keep('full', [secret], [said(text)])[0]?.raw ?? ''))
})
