import type { Provider } from './lib/provider.ts'
import { askThrough, startServed } from './lib/served.ts'
import { wavOf } from './lib/speech-like.ts'
import { median, rounded, type Row } from './lib/stats.ts'

const segments = 10
const rounds = 5
/** What the provider takes for each. Milliseconds. */
const pace = 1_000

/** Ten segments of a dictation at once, against the slowest of them alone. */
export async function benchTranscription(provider: Provider): Promise<readonly Row[]> {
  const served = await startServed(provider.prefix)
  const ask = askThrough(served.socket)
  let number = 0

  async function segment(): Promise<string> {
    number += 1
    const content_base64 = toneWav(number).toString('base64')
    const asset = (await ask('POST', '/v1/assets', {
      file_name: `${String(number)}.wav`,
      content_base64,
    })) as {
      readonly asset_id: string
    }
    return asset.asset_id
  }

  async function writeDown(asset_id: string): Promise<number> {
    const begun = performance.now()
    const made = (await ask('POST', '/v1/derivations', { subject: { type: 'asset', asset_id } })) as {
      readonly status?: string
    }
    if (made.status !== 'completed') throw new Error(`not written down: ${JSON.stringify(made)}`)
    return performance.now() - begun
  }

  try {
    const ratios: number[] = []
    const alone: number[] = []
    for (let round = 0; round <= rounds; round++) {
      // Different words: what is the same is kept once.
      for (let at = 0; at <= segments; at++)
        await provider.script({
          on: 'transcription',
          delay_ms: pace,
          text: `words ${String(round)} ${String(at)}`,
        })
      const ids: string[] = []
      for (let at = 0; at <= segments; at++) ids.push(await segment())
      const [single = '', ...ten] = ids
      const one = await writeDown(single)
      const begun = performance.now()
      await Promise.all(ten.map(writeDown))
      // The first time is compiled and connected.
      if (round === 0) continue
      alone.push(one)
      ratios.push((performance.now() - begun) / one)
    }
    return [
      {
        bench: 'transcription',
        figure: 'ten segments written down at once, against one alone',
        measured: rounded(median(ratios)),
        unit: '×',
        reference: rounded(median(alone), 0),
        goal: '≤ 1.2 ×',
        reached: median(ratios) <= 1.2,
        note: `the provider takes ${String(pace)} ms for each; reference in ms`,
      },
    ]
  } finally {
    await served.stop()
  }
}

/** Two seconds of a tone of its own. */
function toneWav(number: number): Buffer {
  const heights = Int16Array.from({ length: 32_000 }, (_, at) =>
    Math.round(9_000 * Math.sin(at * (0.05 + number / 500))),
  )
  return wavOf(new Uint8Array(heights.buffer), 16_000)
}
