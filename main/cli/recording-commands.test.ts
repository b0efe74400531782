import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RecordingId } from '@contract/ids'
import { startDaemon } from '../daemon/index'
import { fakeBrowser } from '../daemon/ports/browser.fake'
import { openDesktop, type Desktop } from './testing'

let desktop: Desktop
beforeEach(async () => void (desktop = await openDesktop()))
afterEach(() => desktop.close())

const tone = (count: number) =>
  new Uint8Array(Int16Array.from({ length: count }, (_, at) => 9_000 * Math.sin(at * 0.17)).buffer)

/** As an app leaves them that ended while somebody spoke; nobody had a key yet. */
async function leave(...names: readonly string[]): Promise<void> {
  const daemon = await startDaemon({
    stateRoot: desktop.root,
    env: {},
    version: '1',
    keychain: desktop.keychain,
    browser: fakeBrowser(),
    publish: () => undefined,
    isPassive: true,
  })
  for (const [at, name] of names.entries()) {
    const recording_id = name as RecordingId
    await daemon.handlers['recordings.begin']({ recording_id, session_id: null, started_at_ms: 1_000 })
    const samples = tone(16_000 + at * 160)
    await daemon.sound.keepSound({ recording_id, segment: 0, from_sample: 0, samples })
  }
  await daemon.stop()
}

test('what was left is listed, written down, kept, taken and discarded', async () => {
  await desktop.ready()
  expect((await desktop.kheish('recordings list')).out).toBe('nothing was dictated that nobody has taken\n')
  await leave('one', 'two')
  desktop.provider.faults.add([
    { on: 'transcription', status: 429, body: { error: { code: 429, message: 'Later' } } },
    { on: 'transcription', text: 'Buy bread.' },
  ])
  const failed = await desktop.kheish('recordings transcribe one')
  expect([failed.code, failed.out]).toEqual([7, '\n'])
  expect(failed.err).toContain('(provider_error)')
  expect((await desktop.kheish('recordings get one')).out).toMatch(
    /^recording +one\n(.*\n)*state +left\nparts +1\npart 1 +.*\(provider_error\)\n$/,
  )
  expect((await desktop.kheish('recordings list')).out).toMatch(/one +1970-.* +1\.0 s +left, 1 failed/)
  const refused = await desktop.kheish('recordings take one')
  expect([refused.code, refused.out]).toEqual([6, ''])
  expect(refused.err).toContain('recordings transcribe one')
  expect((await desktop.kheish('recordings list')).out).toMatch(/^one /m)
  expect(await desktop.kheish('recordings transcribe one')).toMatchObject({ code: 0, out: 'Buy bread.\n' })
  // What is there is printed again, and nobody is asked.
  expect(JSON.parse((await desktop.kheish('recordings transcribe one --json')).out)).toMatchObject({
    text: 'Buy bread.',
    segments: [{ state: 'heard' }],
  })
  expect((await desktop.kheish('recordings show one')).out).toMatch(/words +Buy bread\.\n/)
  const kept = (await desktop.kheish('recordings keep one')).out.trim()
  expect((await desktop.kheish(`assets get ${kept}`)).out).toMatch(/extent +1\.0 s\n(.*\n)*origin +dictated/)
  expect((await desktop.kheish('recordings take one')).out).toBe('Buy bread.\n')
  expect((await desktop.kheish('recordings discard two')).out).toBe('discarded two\n')
  expect((await desktop.kheish('recordings list')).out).toBe('nothing was dictated that nobody has taken\n')
  expect((await desktop.kheish('recordings get two')).code).toBe(5)
})

test('a model is asked about it where a daemon stays', async () => {
  await desktop.ready()
  await leave('one')
  await desktop.kheish('sessions create --session notes --title Notes')
  expect((await desktop.kheish('recordings ask one Well? --session notes')).code).toBe(3)
  desktop.provider.faults.add([{ on: 'transcription', text: 'Buy bread.' }])
  const end = await desktop.serve()
  expect(await desktop.kheish('recordings transcribe one')).toMatchObject({ code: 0, out: 'Buy bread.\n' })
  const run = (await desktop.kheish('recordings ask one What~did~I~say? --session notes')).out.trim()
  expect(run).toMatch(/^run_/)
  await expect.poll(async () => (await desktop.kheish(`runs get ${run} --json`)).out).toContain('"completed"')
  expect(JSON.stringify(desktop.provider.requests.at(-1)?.body)).toContain('Buy bread.')
  await end()
})
