import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { generationBody, keyBody, type DemoGeneration } from './accounts'
import { createScript, type Behaviour, type Door } from './behaviour'
import { answerChat, type ChatContext } from './chat'
import { imageEndpoints, listImageModels } from './image-models'
import { answerImages } from './images'
import { refuse } from './refuse'
import { listDemoModels } from './models'
import { answerSpeech } from './speech'
import { createSignIn } from './sign-in'
import { answerTranscription } from './transcriptions'
import { providersBody } from './upstreams'
import { keyOf, readBody, safeHeaders, type Arrived } from './visitors'

export type { Behaviour } from './behaviour'
export type { Arrived } from './visitors'

export interface DemoOptions {
  /** Default: any free one. */
  readonly port?: number
  readonly script?: readonly Behaviour[]
  /** Default 55, about as fast as one likes to read. */
  readonly tokens_per_second?: number
  /** How often a generation record is not there yet; default 1. */
  readonly generation_misses?: number
  /** A JSGF file of the sentences that its listener knows; default: `KHEISH_DEMO_GRAMMAR`, else the whole language. */
  readonly grammar?: string
}

export interface DemoProvider {
  /** The base of every endpoint, as a route's `base_url` would name it. */
  readonly prefix: string
  readonly port: number
  /** What arrived, oldest first; the last thousand. */
  readonly requests: readonly Arrived[]
  readonly faults: { add(behaviours: readonly Behaviour[]): void; clear(): void }
  /** Connections that are open now. */
  connections(): Promise<number>
  stop(): Promise<void>
}

const doors: Readonly<Record<string, Door>> = {
  'POST /v1/chat/completions': 'chat',
  'POST /v1/images': 'images',
  'POST /v1/audio/speech': 'speech',
  'POST /v1/audio/transcriptions': 'transcription',
  'GET /v1/images/models': 'image_models',
  'GET /v1/models': 'models',
  'GET /v1/providers': 'providers',
  'GET /v1/key': 'key',
  'GET /v1/generation': 'generation',
  'POST /v1/auth/keys': 'exchange',
}
const offersOfModel = /^GET \/v1\/images\/models\/([^/]+\/[^/]+)\/endpoints$/
const doorOf = (question: string): Door | undefined =>
  doors[question] ?? (offersOfModel.test(question) ? 'image_models' : undefined)
const publicDoors: ReadonlySet<Door> = new Set(['models', 'image_models', 'providers', 'exchange'])
const remembered = 1000
/** Bytes of a body; of those with pictures only the last few are remembered. */
const large = 1_000_000
const largeRemembered = 20

/** Starts an OpenRouter-shaped server on loopback. Importing this file starts nothing. */
export async function startDemoProvider(options: DemoOptions = {}): Promise<DemoProvider> {
  const script = createScript(options.script)
  const requests: Arrived[] = []
  const generations = new Map<string, DemoGeneration>()
  const signIn = createSignIn()
  const misses = options.generation_misses ?? 1
  const grammar = options.grammar ?? process.env['KHEISH_DEMO_GRAMMAR']

  const json = (response: ServerResponse, status: number, value: unknown) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))

  function keep(generation: DemoGeneration): void {
    generations.set(generation.id, generation)
    const oldest = generations.keys().next()
    if (generations.size > remembered && !oldest.done) generations.delete(oldest.value)
  }

  const contextOf = (behaviour: Behaviour, gone: AbortSignal): ChatContext => ({
    behaviour,
    tokensPerSecond: options.tokens_per_second ?? 55,
    gone,
    keep,
  })

  /** The tests' own doors; closed to web pages, which always tell where they come from. */
  function control(request: IncomingMessage, path: string, body: unknown, response: ServerResponse): void {
    if (request.headers.origin || !/^(127\.0\.0\.1|localhost)(:|$)/.test(request.headers.host ?? '')) {
      return json(response, 403, refuse(403, 'Not for pages', 'permission_denied'))
    }
    if (path === '/__requests') return json(response, 200, { requests })
    if (path === '/__script' && request.method === 'POST') {
      script.add((Array.isArray(body) ? body : [body]) as Behaviour[])
      return json(response, 200, { ok: true })
    }
    if (path === '/__clear' && request.method === 'POST') {
      script.clear()
      requests.length = 0
      return json(response, 200, { ok: true })
    }
    json(response, 404, refuse(404, 'No such door', 'not_found'))
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const path = url.pathname.replace(/^\/api(?=\/v1\/)/, '')
    const body = await readBody(request)
    if (path.startsWith('/__')) return control(request, path, body, response)

    const gone = new AbortController()
    const arrived: Arrived = {
      at_ms: Date.now(),
      method: request.method ?? 'GET',
      path: url.pathname + url.search,
      headers: safeHeaders(request.headers),
      body,
      ended: 'open',
    }
    requests.push(arrived)
    if (requests.length > remembered) requests.shift()
    const older = requests.at(-largeRemembered - 1)
    if (older && Number(older.headers['content-length']) > large) older.body = undefined
    response.once('close', () => {
      arrived.ended = response.writableFinished ? 'answered' : 'aborted'
      gone.abort()
    })

    if (path === '/auth') {
      const visit = signIn.visit(url.searchParams)
      if ('location' in visit) return void response.writeHead(302, { location: visit.location }).end()
      return void response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' }).end(visit.refused)
    }
    const question = `${request.method} ${path}`
    const door = doorOf(question)
    if (!door) return json(response, 404, refuse(404, `No route for ${path}`, 'not_found'))

    const behaviour = script.take(door)
    if (behaviour.delay_ms) {
      await sleep(behaviour.delay_ms, undefined, { signal: gone.signal }).catch(() => undefined)
      if (gone.signal.aborted) return
    }
    if (behaviour.instead === 'hang') return
    if (behaviour.instead === 'reset') return void request.socket.resetAndDestroy()
    if (behaviour.status !== undefined || behaviour.body !== undefined) return recite(response, behaviour)

    const key = keyOf(request.headers)
    if (!publicDoors.has(door) && (!key || key.startsWith('sk-or-bad'))) {
      return json(
        response,
        401,
        refuse(401, key ? 'User not found.' : 'No auth credentials found', 'authentication'),
      )
    }
    switch (door) {
      case 'models':
        return json(response, 200, listDemoModels(url.searchParams))
      case 'image_models': {
        const [, id] = offersOfModel.exec(question) ?? []
        const found = id === undefined ? listImageModels() : imageEndpoints(decodeURIComponent(id))
        return json(response, found ? 200 : 404, found ?? refuse(404, 'Model not found', 'not_found'))
      }
      case 'providers':
        return json(response, 200, providersBody())
      case 'key':
        return json(
          response,
          200,
          keyBody([...generations.values()].reduce((sum, one) => sum + one.usage.cost, 0)),
        )
      case 'generation': {
        const found = generations.get(url.searchParams.get('id') ?? '')
        if (!found || found.asked++ < misses)
          return json(response, 404, refuse(404, 'Generation not found', 'not_found'))
        return json(response, 200, generationBody(found))
      }
      case 'exchange': {
        const given = (body ?? {}) as { code?: unknown; code_verifier?: unknown }
        const made = signIn.exchange(given.code, given.code_verifier)
        if (!made)
          return json(response, 403, refuse(403, 'Invalid code or code_verifier', 'permission_denied'))
        return json(response, 200, { key: made, user_id: null })
      }
      case 'chat':
        return answerChat(body ?? {}, response, contextOf(behaviour, gone.signal))
      case 'speech':
        return answerSpeech(Object(body), response, contextOf(behaviour, gone.signal))
      case 'images':
        return answerImages(Object(body), response, contextOf(behaviour, gone.signal))
      case 'transcription':
        return answerTranscription(body, response, { ...contextOf(behaviour, gone.signal), grammar })
    }
  }

  const server = createServer((request, response) => {
    request.socket.setNoDelay(true)
    serve(request, response).catch(() => response.destroy())
  })
  // A long thought must not be cut off by the server's own patience.
  server.requestTimeout = 0
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(options.port ?? 0, '127.0.0.1', () => listening())
  })
  const { port } = server.address() as AddressInfo
  return {
    prefix: `http://127.0.0.1:${port}/v1`,
    port,
    requests,
    faults: script,
    connections: () =>
      new Promise((count, failed) =>
        server.getConnections((error, open) => (error ? failed(error) : count(open))),
      ),
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped())
        server.closeAllConnections()
      }),
  }
}

/** A behaviour's own answer, sent as it stands. */
function recite(response: ServerResponse, behaviour: Behaviour): void {
  const text = typeof behaviour.body === 'string' ? behaviour.body : JSON.stringify(behaviour.body ?? {})
  const type = typeof behaviour.body === 'string' ? 'text/html; charset=utf-8' : 'application/json'
  response.writeHead(behaviour.status ?? 200, { 'content-type': type, ...behaviour.headers }).end(text)
}

// A child of a test or of a bench: `KHEISH_DEMO_PORT=0 node demo-provider.js` prints its prefix and serves until killed.
const asked = process.env['KHEISH_DEMO_PORT']
if (asked !== undefined && /(^|[\\/])demo-provider(\.m?js|[\\/]index\.[jt]s)?$/.test(process.argv[1] ?? '')) {
  const pace = Number(process.env['KHEISH_DEMO_TOKENS_PER_SECOND'])
  void startDemoProvider({ port: Number(asked), ...(pace > 0 ? { tokens_per_second: pace } : {}) }).then(
    (demo) => process.stdout.write(`${demo.prefix}\n`),
  )
}
