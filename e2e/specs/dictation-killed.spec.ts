import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RecordingView } from '@contract/recordings'
import { connected, messageBox } from '../driver/chat'
import { startProvider, type Provider } from '../driver/demo-provider'
import { fakeMicrophone } from '../driver/fake-microphone'
import { newStateRoot, type RunningApp } from '../driver/launch-app'
import { canListen, easySentences, speakSentences, writeGrammar } from '../driver/speech'
import { expect, test } from '../driver/test'

test.skip(!canListen(), 'This machine has nothing that speaks and listens.')

/** One in every run; `KHEISH_E2E_KILLS=50` for the whole proof. */
const kills = Number(process.env['KHEISH_E2E_KILLS'] ?? 1)
const [sentence] = easySentences
/** What may be missing. Milliseconds. */
const most = 250

test('kill -9 while somebody dictates costs the last moment at most, and everything else is written down once', async ({
  launch,
}) => {
  test.setTimeout(60_000 + kills * 40_000)
  // A sentence that is cut off is a beginning of it.
  const words = sentence.split(' ')
  const beginnings = words.map((_, at) => words.slice(0, at + 1).join(' '))
  const grammar = await writeGrammar(mkdtempSync(join(tmpdir(), 'kheish-grammar-')), beginnings)
  const listener = await startProvider({ grammar })
  const [spoken] = await speakSentences([sentence], { rate: 48_000, before: 0.3, after: 1.3 })
  if (!spoken) throw new Error('nothing was spoken')
  const args = fakeMicrophone(spoken.wav, { again: true })
  const options = { ...connected(listener, { args }), stateRoot: newStateRoot() }
  const wrong: string[] = []
  const missing: number[] = []
  const sum = { segments: 0, unheard: 0, again: 0 }
  let app = await launch(options)
  for (let at = 0; at < kills; at += 1) {
    await listener.clear()
    const told = await dictate(app)
    // The first words are in it by then; every second one is so long that some of it was written down already.
    const moment = 1_500 + Math.random() * (at % 2 === 0 ? 9_000 : 2_000)
    await app.page.waitForTimeout(moment)
    await app.kill()
    const { spoken_ms, kept_ms, heard } = told
    const before = await sentTo(listener)
    app = await launch(options)
    await expect(app.page.getByText(/A dictation of 0:\d\d/)).toBeVisible()
    const view = await settled(app)
    const after = (await sentTo(listener)).slice(before.length)

    const lost = Math.round(spoken_ms - view.duration_ms)
    missing.push(lost)
    const complain = (what: string) => wrong.push(`kill ${at} after ${Math.round(moment)} ms: ${what}`)
    if (view.state !== 'left') complain(`it is ${view.state}`)
    if (lost > most) complain(`${lost} ms are missing`)
    if (view.duration_ms < kept_ms) complain(`${view.duration_ms} of ${kept_ms} ms that were answered`)
    const sent = view.segments.filter(({ state }) => state !== 'silent')
    const unheard = sent.filter(isUnheard)
    for (const { number, state, fault } of sent)
      if (state !== 'heard' && !unheard.some((each) => each.number === number))
        complain(`segment ${number} is ${state} ${fault?.code ?? ''}`)
    // Once each; what was on its way as it was killed once more, and nothing of which there was a text already.
    const again = after.filter((sound) => before.includes(sound))
    const distinct = new Set([...before, ...after]).size
    if (distinct !== sent.length) complain(`${sent.length} segments, ${distinct} of them were sent`)
    if (new Set(before).size < before.length || new Set(after).size < after.length) complain('sent twice')
    if (again.length > before.length - heard)
      complain(`${heard} texts were there, ${again.length} of ${before.length} were sent again`)
    sum.segments += sent.length
    sum.unheard += unheard.length
    sum.again += again.length
    await app.ask('recordings.discard', { recording_id: view.recording_id })
  }
  const [middle] = missing.toSorted((a, b) => a - b).slice(Math.floor(kills / 2))
  console.log(
    `${kills} kills, ${wrong.length} complaints; missing ${Math.max(...missing)} ms at most, ${middle} in the middle; ${sum.segments} segments, ${sum.again} on their way as it was killed and sent again, ${sum.unheard} without a word that was understood`,
  )
  expect(wrong).toEqual([])
  await listener.stop()
})

interface Told {
  /** What the microphone has given since it was opened. */
  spoken_ms: number
  /** What the daemon said is on its disk, and how many segments have their text. */
  kept_ms: number
  heard: number
}

/** Begins a dictation in a window that tells of it until it is killed. */
async function dictate({ page }: RunningApp): Promise<Told> {
  const told: Told = { spoken_ms: 0, kept_ms: 0, heard: 0 }
  await page.exposeFunction('tell', (news: Partial<Told>) => void Object.assign(told, news))
  await page.evaluate(() => {
    const { tell } = window as unknown as { tell: (news: object) => void }
    let spoken_ms = 0
    type Processor = new (init: object) => { readonly readable: ReadableStream<AudioData> }
    const { MediaStreamTrackProcessor: Plain } = window as unknown as {
      MediaStreamTrackProcessor: Processor
    }
    /** Beside it a second one hears the same. */
    class Counted extends Plain {
      constructor(init: object) {
        super(init)
        const count = (data: AudioData): void => {
          spoken_ms += (1000 * data.numberOfFrames) / data.sampleRate
          data.close()
          tell({ spoken_ms })
        }
        void new Plain(init).readable.pipeTo(new WritableStream({ write: count }))
      }
    }
    Object.assign(window, { MediaStreamTrackProcessor: Counted })
    setInterval(() => {
      void window.kheish.ask('recordings.list', {}).then((listed) => {
        const { recordings } = (listed.ok ? listed.value : { recordings: [] }) as {
          recordings: { duration_ms: number; segments: { state: string }[] }[]
        }
        const [one] = recordings
        if (!one) return
        const heard = one.segments.filter(({ state }) => state === 'heard').length
        tell({ kept_ms: one.duration_ms, heard })
      })
    }, 40)
  })
  await messageBox(page).press('Control+Shift+Space')
  await page.getByRole('timer', { name: 'Recording time' }).waitFor()
  return told
}

const isUnheard = ({ fault }: RecordingView['segments'][number]): boolean =>
  fault?.code === 'provider_error' && fault.kind === 'no_text'

/** What was left, once nothing of it is under way any more. */
async function settled(app: RunningApp): Promise<RecordingView> {
  let view: RecordingView | undefined
  await expect
    .poll(
      async () => {
        const listed = await app.ask('recordings.list')
        if (!listed.ok) return listed.fault.code
        view = (listed.value as { recordings: readonly RecordingView[] }).recordings[0]
        const states = view?.segments.map(({ state }) => state) ?? ['none']
        return states.every((state) => ['heard', 'silent', 'failed'].includes(state)) || states.join()
      },
      { timeout: 30_000 },
    )
    .toBe(true)
  if (!view) throw new Error('nothing was left')
  return view
}

/** The sounds that were sent to be written down, in their order. */
async function sentTo(listener: Provider): Promise<readonly string[]> {
  const asked = (await listener.requests()).filter(({ path }) => path.endsWith('/audio/transcriptions'))
  return asked.map(({ body }) => (body as { input_audio: { data: string } }).input_audio.data)
}
