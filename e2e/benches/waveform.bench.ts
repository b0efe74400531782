import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { projectRoot, startElectron, usableAfter } from './lib/electron.ts'
import { givenFile } from './lib/given-file.ts'
import type { Provider } from './lib/provider.ts'
import { speechLike, wavOf } from './lib/speech-like.ts'
import { makeStateRoot } from './lib/state-root.ts'
import { median, rounded, type Row } from './lib/stats.ts'

const minutes = 30
/** Longer than half an hour is not taken, and packing adds a moment. */
const seconds = minutes * 60 - 1
const rounds = 3
const rate = 16_000
/** A recording may have 25 MiB: half an hour without compression is as good as a telephone. */
const plainRate = 12_000

/** Recordings of half an hour, from the click that opens each for the first time until its waveform is drawn. */
export async function benchWaveform(provider: Provider): Promise<readonly Row[]> {
  const root = await makeStateRoot(provider.prefix, { chats: 1, messages: 2 })
  const running = await startElectron(projectRoot, { KHEISH_STATE_ROOT: root })
  await usableAfter(running)
  const { page } = running
  try {
    const folder = mkdtempSync(join(tmpdir(), 'kheish-bench-sound-'))
    const minute = Buffer.from(speechLike(rate, 60).buffer)
    const plain = Buffer.from(speechLike(plainRate, 60).map((sample) => (sample >> 8) + 128))
    const wav = wavOf(repeated(plain, plainRate), plainRate, 8)
    await page.keyboard.press('ControlOrMeta+Shift+L')
    const rows: Row[] = []
    rows.push(
      await measure(page, 'a WAV (12 kHz, 8 bit)', (round) => {
        wav.writeUInt8(round, wav.length - 1)
        return importFrom(page, folder, `${round}.wav`, wav)
      }),
    )
    const mp3 = mp3Of(folder, wavOf(repeated(minute, rate * 2), rate))
    if (mp3)
      rows.push(
        await measure(page, 'an MP3 (48 kbit/s)', (round) =>
          importFrom(page, folder, `${round}.mp3`, Buffer.concat([emptyTag(round), mp3])),
        ),
      )
    await givePacker(page)
    rows.push(await measure(page, 'a webm (opus, 32 kbit/s)', (round) => importWebm(page, minute, round)))
    return rows
  } finally {
    await running.close()
  }
}

const repeated = (minute: Buffer, bytesPerSecond: number): Buffer =>
  Buffer.concat(Array<Buffer>(minutes).fill(minute)).subarray(0, seconds * bytesPerSecond)

/** `make` answers a new asset each time: what was drawn once is kept. */
async function measure(page: Page, what: string, make: (round: number) => Promise<string>): Promise<Row> {
  const took: number[] = []
  const bare: number[] = []
  for (let round = 1; round <= rounds; round += 1) {
    const asset = await make(round)
    bare.push(await readBare(page, asset))
    took.push(await openAndSee(page, asset))
  }
  return {
    bench: 'waveform',
    figure: `from the click until the waveform of ${minutes} minutes is drawn, ${what}, median of ${rounds}`,
    measured: rounded(median(took), 0),
    reference: rounded(median(bare), 0),
    unit: 'ms',
    goal: '≤ 1000',
    reached: median(took) <= 1_000,
    note: `${took.map((each) => rounded(each, 0)).join(', ')} ms; bare: the file read and decoded whole by the page, one pass over its samples`,
  }
}

async function openAndSee(page: Page, asset: string): Promise<number> {
  const cell = page.locator(`[data-asset="${asset}"]`)
  await cell.waitFor()
  // The process that looked at the file has gone to rest.
  await page.waitForTimeout(1_500)
  const seen = await page.evaluateHandle(() => {
    let from = 0
    addEventListener('click', ({ timeStamp }) => (from = timeStamp), { capture: true, once: true })
    const drawn = new Promise<number>((resolve) => {
      const observer = new MutationObserver(() => {
        if (!document.querySelector('[data-waveform]')) return
        observer.disconnect()
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - from)))
      })
      observer.observe(document, { subtree: true, childList: true, attributes: true })
    })
    return { drawn }
  })
  await cell.click()
  const took = await seen.evaluate(({ drawn }) =>
    Promise.race([
      drawn,
      new Promise<number>((_, reject) => setTimeout(() => reject(new Error('nothing was drawn')), 30_000)),
    ]),
  )
  await page.keyboard.press('Escape')
  await page.locator('[data-waveform]').waitFor({ state: 'detached' })
  return took
}

const readBare = (page: Page, asset: string): Promise<number> =>
  page.evaluate(async (id) => {
    const begun = performance.now()
    const bytes = await (await fetch(`asset://raw/${id}`)).arrayBuffer()
    const isWav = new DataView(bytes).getUint32(0) === 0x52_49_46_46
    const samples = isWav
      ? new Uint8Array(bytes, 44)
      : (await new OfflineAudioContext(1, 1, 16_000).decodeAudioData(bytes)).getChannelData(0)
    let most = 0
    for (const sample of samples) most = Math.max(most, Math.abs(sample))
    if (most === 0) throw new Error('it is silent')
    return performance.now() - begun
  }, asset)

async function importFrom(page: Page, folder: string, name: string, bytes: Buffer): Promise<string> {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  const file = await givenFile(page, path)
  return file.evaluate(async (input) => {
    const given = input.files?.[0]
    if (!given) throw new Error('no file')
    const answer = await window.kheish.importFile(given, `bench-${given.name}`)
    if (!answer.ok) throw new Error(answer.fault.detail)
    return answer.value.asset_id
  })
}

/** Where this machine has an encoder. */
function mp3Of(folder: string, wav: Buffer): Buffer | undefined {
  const path = join(folder, 'whole.wav')
  writeFileSync(path, wav)
  try {
    execFileSync('lame', ['--quiet', '-f', '-b', '48', path, `${path}.mp3`])
    return readFileSync(`${path}.mp3`)
  } catch {
    return undefined
  }
}

/** ID3 of nothing but room. */
const emptyTag = (room: number): Buffer =>
  Buffer.concat([Buffer.from('ID3'), Buffer.from([3, 0, 0, 0, 0, 0, room]), Buffer.alloc(room)])

/** The packing library in the page, past its policy, as only a debugger can. */
async function givePacker(page: Page): Promise<void> {
  const file = join(projectRoot, 'node_modules/mediabunny/dist/bundles/mediabunny.min.cjs')
  const program = readFileSync(file, 'utf8')
  await page.evaluate(
    `{ const module = { exports: {} }; const exports = module.exports; ${program}; window.packer = module.exports }`,
  )
}

/** What is used of it; its types are the window's. */
interface Packer {
  readonly BufferTarget: new () => { readonly buffer: ArrayBuffer | null }
  readonly WebMOutputFormat: new () => object
  readonly Output: new (wanted: object) => {
    addAudioTrack(source: object): void
    start(): Promise<void>
    finalize(): Promise<void>
  }
  readonly EncodedAudioPacketSource: new (codec: string) => {
    add(packet: Packet, about?: EncodedAudioChunkMetadata): Promise<void>
  }
  readonly EncodedPacket: { fromEncodedChunk(chunk: EncodedAudioChunk): Packet }
}
interface Packet {
  /** Seconds. */
  readonly timestamp: number
  clone(change: { readonly timestamp: number }): Packet
}

/** A minute is encoded, and packed as often as there are minutes. */
const importWebm = (page: Page, minute: Buffer, round: number): Promise<string> =>
  page.evaluate(
    async ([base64, whole, at, sampleRate]) => {
      const { packer } = window as unknown as { packer: Packer }
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      const packets: EncodedAudioChunk[] = []
      let about: EncodedAudioChunkMetadata | undefined
      const encoder = new AudioEncoder({
        output: (chunk, metadata) => {
          packets.push(chunk)
          about ??= metadata
        },
        error: (error) => {
          throw error
        },
      })
      // Not quite the same file twice.
      encoder.configure({ codec: 'opus', sampleRate, numberOfChannels: 1, bitrate: 32_000 + at * 100 })
      const samples = new Int16Array(bytes.buffer)
      encoder.encode(
        new AudioData({
          format: 's16',
          sampleRate,
          numberOfChannels: 1,
          numberOfFrames: samples.length,
          timestamp: 0,
          data: samples,
        }),
      )
      await encoder.flush()
      const length = ((packets.at(-1)?.timestamp ?? 0) + 20_000) / 1e6
      const target = new packer.BufferTarget()
      const output = new packer.Output({ format: new packer.WebMOutputFormat(), target })
      const source = new packer.EncodedAudioPacketSource('opus')
      output.addAudioTrack(source)
      await output.start()
      for (let from = 0; from < whole; from += length)
        for (const chunk of packets) {
          const packet = packer.EncodedPacket.fromEncodedChunk(chunk)
          const timestamp = from + packet.timestamp
          if (timestamp < whole) await source.add(packet.clone({ timestamp }), about)
        }
      await output.finalize()
      const file = new File([target.buffer ?? new ArrayBuffer(0)], `${at}.webm`, { type: 'audio/webm' })
      const answer = await window.kheish.importFile(file, `bench-webm-${at}`)
      if (!answer.ok) throw new Error(answer.fault.detail)
      return answer.value.asset_id
    },
    [minute.toString('base64'), seconds, round, rate] as const,
  )
