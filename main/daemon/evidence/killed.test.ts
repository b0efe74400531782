import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { RunId } from '@contract/ids'
import { startDaemon } from '../index'
import { fakeBrowser } from '../ports/browser.fake'
import type { Keychain } from '../ports/keychain'
import { replayEvidence } from '../replay-evidence'

const project = resolve(import.meta.dirname, '../../..')
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kheish-evidence-killed-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const routes = `version = 1
default_route = "openrouter"
[routes.openrouter]
driver = "openrouter"
default_model = "a/b"
model_support = "any"
api_key_env = "KEY"
base_url = "http://127.0.0.1:9/api/v1"
`

/**
 * A daemon of its own whose provider never stops; says how many words the window has heard of. No text of its events
 * ends like a key may begin: such an event waits for the next.
 */
const child = `
  import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
  import { runnerImport } from 'vite'
  const [path, contract, folder, encrypt] = process.argv.slice(1)
  const raw = { name: 'raw', enforce: 'pre', load: (id) => id.endsWith('?raw') ? 'export default ' + JSON.stringify(readFileSync(id.slice(0, -4), 'utf8')) : undefined }
  const config = { configFile: false, logLevel: 'error', resolve: { alias: { '@contract': contract } }, plugins: [raw] }
  const { module: room } = await runnerImport(path, config)
  let secret = null
  const keychain = {
    probe: async () => ({ state: 'secured' }),
    get: async () => secret,
    set: async (_, value) => { secret = value; writeFileSync(folder + '/keychain', value) },
    delete: async () => true,
    close: async () => undefined,
  }
  const encoder = new TextEncoder()
  const fetch = async (url) => {
    if (!String(url).endsWith('/chat/completions')) return new Response('{}', { status: 404 })
    let n = 0
    const body = new ReadableStream({
      async pull(controller) {
        await new Promise((go) => setTimeout(go, 1))
        n += 1
        controller.enqueue(encoder.encode('data: ' + JSON.stringify({ id: 'gen-1.', choices: [{ delta: { content: 'w' + n + ' ' } }] }) + '\\n\\n'))
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }
  let grew = 0
  const publish = (event) => {
    if (event.type === 'run.grew') process.stdout.write(++grew + '\\n')
  }
  const daemon = await room.startDaemon({ stateRoot: folder + '/root', env: { KEY: 'sk-or-v1-0123456789abcdef' }, version: '0', keychain, browser: {}, publish, fetch })
  await daemon.handlers['runtime.setDebugLevel']({ level: 'full', encrypt: encrypt === 'true' })
  const { session_id } = await daemon.handlers['sessions.create']({})
  await daemon.handlers['sessions.submitRun']({ session_id, idempotency_key: 'k', content: 'Count' })
`

it.each([
  [40, false],
  [200, false],
  [60, true],
] as const)(
  'after kill -9 in the middle of a stream (%i pieces) evidence is there to the last one',
  async (wanted, encrypt) => {
    const root = join(folder, 'root')
    await mkdir(root)
    await writeFile(join(root, 'routes.toml'), routes)
    const given = [
      join(project, 'main/daemon/index.ts'),
      join(project, 'preload/contract'),
      folder,
      String(encrypt),
    ]
    const running = spawn(process.execPath, ['--input-type=module', '-e', child, ...given], {
      cwd: project,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const gone = once(running, 'exit')
    let heard = 0
    const lines = createInterface({ input: running.stdout })
    lines.on('line', (line) => {
      heard = Number(line)
      if (heard === wanted) running.kill('SIGKILL')
    })
    await gone
    expect(heard).toBeGreaterThanOrEqual(wanted)

    const secret = encrypt ? await readFile(join(folder, 'keychain'), 'utf8') : null
    const keychain: Keychain = {
      probe: async () => ({ state: 'secured' }),
      get: async () => secret,
      set: async () => undefined,
      delete: async () => true,
      close: async () => undefined,
    }
    const daemon = await startDaemon({
      stateRoot: root,
      env: { KEY: 'sk-or-v1-0123456789abcdef' },
      version: '0',
      keychain,
      browser: fakeBrowser(),
      publish: () => undefined,
      isPassive: true,
    })
    try {
      const [run_id] = readdirSync(join(root, 'evidence')) as RunId[]
      const view = await daemon.handlers['runs.debug']({ run_id: run_id as RunId })
      const events = view.artifacts.find((each) => each.artifact_id.endsWith('provider-events'))
      expect(events).toMatchObject({ encrypted: encrypt, truncated: false })
      expect(events?.plaintext_bytes).toBeGreaterThan(0)
      const { text } = await daemon.handlers['runs.evidence']({ run_id: run_id as RunId })
      const replay = await replayEvidence(text)
      expect(replay).toMatchObject({ verified: true, faults: [] })
      const [part] = replay.parts
      const words = part?.kind === 'text' ? part.text.trim().split(' ') : []
      expect(words.length).toBeGreaterThanOrEqual(heard)
      expect(words).toEqual(words.map((_, at) => `w${at + 1}`))
    } finally {
      await daemon.stop()
    }
  },
)
