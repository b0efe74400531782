import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { RecordingView } from '@contract/recordings'
import { connected } from '../driver/connected'
import { newStateRoot, type RunningApp } from '../driver/launch-app'
import { expect, test } from '../driver/test'

/** Chromium's own microphone, in place of one that the machine may not have. No prompt is faked: the app decides. */
const args = ['--use-fake-device-for-media-stream']

/** How `getUserMedia` answers, and what the page is told may be asked. */
const listening = (app: RunningApp) =>
  app.page.evaluate(async () => {
    const open = async (wish: MediaStreamConstraints) => {
      try {
        const stream = await navigator.mediaDevices.getUserMedia(wish)
        const kinds = stream.getTracks().map((track) => track.kind)
        for (const track of stream.getTracks()) track.stop()
        return kinds.join()
      } catch (error) {
        return (error as Error).name
      }
    }
    const may = async (name: string) =>
      (await navigator.permissions.query({ name: name as 'microphone' })).state
    const named = async (kind: string) =>
      (await navigator.mediaDevices.enumerateDevices()).some(
        (device) => device.kind === kind && device.label !== '' && device.deviceId !== '',
      )
    return {
      microphone: await open({ audio: true }),
      camera: await open({ video: true }),
      both: await open({ audio: true, video: true }),
      mayListen: await may('microphone'),
      mayLook: await may('camera'),
      choosesMicrophones: await named('audioinput'),
      knowsCameras: await named('videoinput'),
    }
  })

/** Speaks in pieces of 100 ms as a recorder does, until it is killed; answers how many samples were spoken so far. */
async function speak(app: RunningApp, recording_id: string): Promise<() => number> {
  let spoken = 0
  await app.page.exposeFunction('spoke', (samples: number) => (spoken = samples))
  await app.page.evaluate((id) => {
    const told = window as unknown as { spoke: (samples: number) => Promise<void> }
    const began = performance.now()
    let sent = 0
    setInterval(() => {
      const due = Math.floor(((performance.now() - began) * 16) / 1_600) * 1_600
      if (due <= sent) return
      const samples = new Int16Array(due - sent)
      for (let at = 0; at < samples.length; at += 1) samples[at] = ((sent + at) % 20_000) + 5_000
      const from_sample = sent
      sent = due
      void told.spoke(sent)
      void window.kheish.keepSound({ recording_id: id, segment: 0, from_sample, samples: samples.buffer })
    }, 20)
  }, recording_id)
  return () => spoken
}

const recordings = async (app: RunningApp): Promise<readonly RecordingView[]> => {
  const answered = await app.ask('recordings.list')
  return answered.ok ? (answered.value as { recordings: readonly RecordingView[] }).recordings : []
}

const begin = (app: RunningApp, recording_id: string) =>
  app.ask('recordings.begin', { recording_id, session_id: null, started_at_ms: 1_000 })

test('our window may listen and never look; its sound is on the disk when that is said, and outlives kill -9', async ({
  launch,
  provider,
}) => {
  const options = { ...connected(provider), args, stateRoot: newStateRoot() }
  const app = await launch(options)
  expect(await listening(app)).toEqual({
    microphone: 'audio',
    camera: 'NotAllowedError',
    both: 'NotAllowedError',
    mayListen: 'granted',
    mayLook: 'denied',
    choosesMicrophones: true,
    knowsCameras: false,
  })

  expect(await begin(app, 'first')).toMatchObject({ ok: true, value: { state: 'open' } })
  const answered = await app.page.evaluate(() =>
    window.kheish.keepSound({
      recording_id: 'first',
      segment: 0,
      from_sample: 0,
      samples: new Int16Array(1_600).fill(9_000).buffer,
    }),
  )
  expect(answered).toEqual({ ok: true, value: null })
  const file = join(app.stateRoot, 'recordings/first/0.pcm')
  expect(statSync(file).size).toBe(3_200)
  const hole = await app.page.evaluate(() =>
    window.kheish.keepSound({
      recording_id: 'first',
      segment: 0,
      from_sample: 9_999,
      samples: new ArrayBuffer(2),
    }),
  )
  expect(hole).toMatchObject({ ok: false, fault: { code: 'recording_invalid' } })
  expect(await app.ask('recordings.discard', { recording_id: 'first' })).toMatchObject({ ok: true })
  expect(existsSync(file)).toBe(false)

  await begin(app, 'second')
  const spoken = await speak(app, 'second')
  await expect.poll(spoken).toBeGreaterThan(16_000)
  await app.kill()
  const again = await launch(options)
  await expect.poll(async () => (await recordings(again)).length).toBe(1)
  const [left] = await recordings(again)
  expect(left).toMatchObject({ recording_id: 'second', state: 'left' })
  expect(left?.duration_ms).toBeGreaterThanOrEqual(spoken() / 16 - 250)
  // Stored already, or about to be: either way it is offered with all of its sound.
  expect(await again.ask('recordings.discard', { recording_id: 'second' })).toMatchObject({ ok: true })
  expect(await recordings(again)).toEqual([])
})

test('the dictation key is given back to others as long as nobody wants it, and says how it stands', async ({
  launch,
  provider,
}) => {
  const app = await launch({ ...connected(provider), args })
  expect(await app.ask('app.dictationKey')).toMatchObject({ value: { state: 'off' } })
  await app.ask('preferences.set', { dictation_everywhere: true, shortcuts: { dictate: '$mod+Alt+F9' } })
  await expect
    .poll(async () => {
      const answered = await app.ask('app.dictationKey')
      return answered.ok ? answered.value : undefined
    })
    .toMatchObject({
      state: expect.stringMatching(/^(registered|refused)$/),
      accelerator: 'CmdOrCtrl+Alt+F9',
    })

  // In front of others Kheish types nothing into itself.
  const typed = await app.ask('app.typeText', { text: 'said elsewhere' })
  expect(typed).toMatchObject({ ok: true, value: { is_typed: expect.any(Boolean) } })
})
