import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createBrotliCompress, createDeflate, createGzip, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { countingClock, collect, turnOf } from './open-room.suite'
import { createOpenRouterDriver } from './driver'

let server: Server | undefined
afterEach(() => void server?.close())

const event = (content: string, finish_reason: string | null = null): string =>
  `data: ${JSON.stringify({ id: 'gen-1', choices: [{ index: 0, delta: { content }, finish_reason }] })}\n\n`

/** A gateway that packs whatever it is asked for, and a stream from it. */
async function ask(answer: (response: ServerResponse) => void) {
  const asked: (string | undefined)[] = []
  server = createServer((request, response) => {
    asked.push(request.headers['accept-encoding'], request.headers['user-agent'])
    request.resume().on('end', () => answer(response))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const gone = new Promise((resolve) =>
    server?.on('request', (_, response) => response.on('close', () => resolve(undefined))),
  )
  const prefix = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const driver = createOpenRouterDriver({ clock: countingClock(), appUrl: 'http://localhost', appTitle: 'K' })
  const access = { route_id: 'openrouter', prefix, key: 'sk-or-v1-good' }
  return { asked, gone, stream: driver.streamChat(access, turnOf('Hello'), new AbortController().signal) }
}

const head = (coding: string) => ({ 'content-type': 'text/event-stream', 'content-encoding': coding })

describe('an answer that comes packed although it was asked for plain', () => {
  test.each([
    ['gzip', createGzip],
    ['X-Gzip', createGzip],
    ['deflate', createDeflate],
    ['br', createBrotliCompress],
  ])('is unpacked as it comes (%s)', async (coding, open) => {
    const packer = open()
    const { asked, stream } = await ask((response) => {
      packer.pipe(response.writeHead(200, head(coding)))
      packer.write(event('one'))
      packer.flush()
    })
    let text = ''
    for await (const each of stream) {
      if (each.is !== 'grew') continue
      text += JSON.stringify(each.deltas)
      // The rest is not sent before the beginning was seen.
      if (!packer.writableEnded) packer.end(`${event(' two', 'stop')}data: [DONE]\n\n`)
    }
    expect(text).toMatch(/one.* two/)
    expect(asked).toEqual(['identity', 'undici'])
  })

  test('is read as it is when it only says so', async () => {
    const { stream } = await ask((response) =>
      response.writeHead(200, head('Identity')).end(`${event('one', 'stop')}data: [DONE]\n\n`),
    )
    expect(await collect(stream)).toMatchObject({ text: 'one', failure: undefined })
  })

  test('closes its connection when nobody wants the rest', async () => {
    const { stream, gone } = await ask((response) => {
      const packer = createGzip()
      packer.pipe(response.writeHead(200, head('gzip')))
      packer.write(event('one'))
      packer.flush()
    })
    for await (const { is } of stream) if (is === 'grew') break
    await expect(gone).resolves.toBeUndefined()
  })

  test.each(['zstd', 'gzip, br', 'constructor'])(
    'is refused when nobody here can unpack it (%s)',
    async (coding) => {
      const { stream } = await ask((response) => response.writeHead(200, head(coding)).end('(µ/ý'))
      const { trouble, events } = await collect(stream)
      expect(events).toEqual([])
      expect(trouble).toMatchObject({ kind: 'malformed', http_status: 200 })
    },
  )

  test('is an error in the provider’s own words', async () => {
    const body = gzipSync(JSON.stringify({ error: { code: 400, message: 'No such model' } }))
    const { stream } = await ask((response) =>
      response.writeHead(400, { ...head('gzip'), 'content-type': 'application/json' }).end(body),
    )
    expect((await collect(stream)).trouble).toMatchObject({ http_status: 400, said: 'No such model' })
  })

  test('is cut short when it is not what it says', async () => {
    const { stream } = await ask((response) => response.writeHead(200, head('gzip')).end(event('one')))
    expect((await collect(stream)).trouble).toMatchObject({ kind: 'cut_short' })
  })
})
