import type { Page } from 'playwright'
import { projectRoot, startElectron, usableAfter, type Running } from './lib/electron.ts'
import { memoryByKind } from './lib/processes.ts'
import type { Provider } from './lib/provider.ts'
import { speechLike } from './lib/speech-like.ts'
import { makeStateRoot } from './lib/state-root.ts'
import { rounded, type Row } from './lib/stats.ts'

const early = 5
const middle = 30
const late = 60
/** Times as fast as a person speaks. More, and its segments would be more than the microphone's source takes. */
const speed = 50
const sentence = 27

/**
 * A dictation of an hour in the real window, faster than it could be spoken: in the place of the microphone's track
 * stands one that gives generated sound as real `AudioData` whenever it is asked. All that comes after it is the app's
 * own: resampling, segments, pieces on the disk, encoding, observations, texts.
 */
export async function benchRecording(provider: Provider): Promise<readonly Row[]> {
  const root = await makeStateRoot(provider.prefix, { chats: 1, messages: 10 })
  const switches = ['--use-fake-device-for-media-stream']
  const running = await startElectron(projectRoot, { KHEISH_STATE_ROOT: root }, 0, switches)
  await usableAfter(running)
  const { page } = running
  try {
    await page.getByRole('navigation', { name: 'Chats' }).getByText('Chat 0 about').first().click()
    await page.getByRole('article').first().waitFor()
    const text = 'Some of the words that were said in the half minute before this one was over. '.repeat(4)
    await provider.script({ on: 'transcription', times: 500, text })
    const feed = await feedSound(page)
    await page.getByRole('textbox', { name: 'Message' }).press('Control+Shift+Space')
    await feed.evaluate((each, minutes) => each.until(minutes * 60), early)
    const before = await memoryOf(running)
    const begun = performance.now()
    await feed.evaluate((each, minutes) => each.until(minutes * 60), middle)
    const took = performance.now() - begun
    const between = await memoryOf(running)
    await feed.evaluate((each, minutes) => each.until(minutes * 60), late)
    const after = await memoryOf(running)
    const segments = await feed.evaluate((each) => each.segments())
    const growth = after.all / before.all
    const parts = [...after.by].map(
      ([kind, mib]) => `${kind} ${rounded(before.by.get(kind) ?? 0, 0)} → ${rounded(mib, 0)}`,
    )
    const times = rounded(((middle - early) * 60_000) / took, 0)
    return [
      {
        bench: 'recording',
        figure: `memory (private, all processes) after ${late} minutes of dictation against after ${early}`,
        measured: rounded(growth),
        unit: '×',
        goal: '≤ 1.1',
        reached: growth <= 1.1,
        note: `${rounded(after.all, 0)} MiB against ${rounded(before.all, 0)} MiB, ${rounded(between.all, 0)} after ${middle} (${parts.join(', ')}); the page’s heap ${rounded(after.heap, 1)} MiB against ${rounded(before.heap, 1)}; ${segments} segments, ${times} times as fast as spoken`,
      },
    ]
  } finally {
    await running.close()
  }
}

/** MiB, once nothing is under way any more and what nobody holds is gone from the page and its workers. */
async function memoryOf({ page, child }: Running) {
  await page.waitForTimeout(2_000)
  const session = await page.context().newCDPSession(page)
  const message = JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' })
  session.on('Target.attachedToTarget', ({ sessionId }) => {
    void session.send('Target.sendMessageToTarget', { sessionId, message })
  })
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  })
  await session.send('HeapProfiler.collectGarbage')
  // The allocator gives pages back every few seconds.
  await page.waitForTimeout(6_000)
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  // Of the pages of files each app on this runtime has a share, and others come and go.
  const by = memoryByKind(child.pid ?? 0, 'Pss_Anon')
  return { by, all: [...by.values()].reduce((sum, each) => sum + each, 0), heap: usedSize / 1024 / 1024 }
}

const feedSound = (page: Page) =>
  page.evaluateHandle(
    ([base64, times]) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      const loop = Float32Array.from(new Int16Array(bytes.buffer), (sample) => sample / 32_768)
      const [sampleRate, numberOfFrames] = [48_000, 24_000]
      /** Pieces of half a second, far longer than a track's: what is no track's is copied to the worker one by one. */
      const pieces = { given: 0, allowed: 0 }
      let wake = (): void => undefined
      /** They are copied some time after they were given. */
      const copied: AudioData[] = []
      class Fed {
        readonly readable = new ReadableStream<AudioData>({
          async pull(to) {
            while (pieces.given >= pieces.allowed) await new Promise<void>((resolve) => (wake = resolve))
            const from = (pieces.given * numberOfFrames) % loop.length
            const data = loop.slice(from, from + numberOfFrames)
            const timestamp = pieces.given * 500_000
            pieces.given += 1
            const about = { sampleRate, numberOfFrames, numberOfChannels: 1, timestamp }
            const piece = new AudioData({ format: 'f32-planar', ...about, data })
            to.enqueue(piece)
            if (copied.push(piece) > 8) copied.shift()?.close()
          },
        })
      }
      Object.assign(window, { MediaStreamTrackProcessor: Fed })
      interface Listed {
        readonly duration_ms: number
        readonly segments: readonly { readonly state: string }[]
      }
      async function look(): Promise<Listed> {
        const listed = await window.kheish.ask('recordings.list', {})
        if (!listed.ok) throw new Error(listed.fault.code)
        const [one] = (listed.value as { recordings: readonly Listed[] }).recordings
        return one ?? { duration_ms: 0, segments: [] }
      }
      const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
      return {
        segments: async () => (await look()).segments.length,
        /** Gives sound up to that second, and waits until it is stored and written down. */
        async until(seconds: number) {
          const goal = seconds * 2
          let stored = 0
          for (let turn = 0; pieces.allowed < goal; turn += 1) {
            if (turn % 10 === 0) stored = (await look()).duration_ms / 500
            // Half a minute on its way to the disk at most.
            if (pieces.given - stored < 60) pieces.allowed = Math.min(goal, pieces.allowed + times / 25)
            wake()
            await pause(20)
          }
          const isOpen = ({ state }: { readonly state: string }) => state !== 'heard' && state !== 'silent'
          for (let turn = 0; turn < 300; turn += 1) {
            const { duration_ms, segments } = await look()
            const faulty = segments.filter(({ state }) => state === 'failed').length
            if (faulty > 0) throw new Error(`${faulty} segments failed`)
            // The last one is still being spoken.
            if (duration_ms > seconds * 1_000 - 500 && segments.filter(isOpen).length <= 1) return
            await pause(200)
          }
          const { duration_ms, segments } = await look()
          const open = segments.filter(isOpen).map(({ state }) => state)
          throw new Error(
            `${duration_ms} ms of ${seconds} s were stored, ${open.length} segments not written down`,
          )
        },
      }
    },
    [Buffer.from(speechLike(48_000, sentence + 1, sentence).buffer).toString('base64'), speed] as const,
  )
