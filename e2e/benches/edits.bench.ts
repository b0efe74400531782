import type { Page } from 'playwright'
import { watchBusy, type Busy } from './lib/busy.ts'
import { projectRoot, startElectron, usableAfter } from './lib/electron.ts'
import type { Provider } from './lib/provider.ts'
import { makeStateRoot } from './lib/state-root.ts'
import { median, quantile, rounded, type Row } from './lib/stats.ts'

const edits = 10
const text = 'make the sky a little darker and the boats red, please '
/** Nothing for two seconds, then a preview every two, then the picture. */
const slowly = { on: 'images', times: edits, delay_ms: 2_000, tokens_per_second: 0.5, partials: 3 }
const mostKeys = 300

/**
 * Typing into the message box of a chat while ten edits of a marked region run in it, from their submission until the
 * last one is laid back and shown, beside the same typing with nothing running.
 */
export async function benchEdits(provider: Provider): Promise<readonly Row[]> {
  const root = await makeStateRoot(provider.prefix, { chats: 1, messages: 10 })
  const running = await startElectron(projectRoot, { KHEISH_STATE_ROOT: root })
  await usableAfter(running)
  const { page } = running
  try {
    await page.getByRole('navigation', { name: 'Chats' }).getByText('Chat 0 about').first().click()
    await page.getByRole('article').first().waitFor()
    await page.waitForTimeout(3_000)
    await page.getByRole('textbox', { name: 'Message' }).click()
    const busy = await watchBusy(page)
    // The first keys find everything cold.
    await typeText(page, busy)
    const idle = await typeText(page, busy)

    await provider.script(slowly)
    await submitEdits(page)
    const begun = performance.now()
    if ((await stillRunning(page)) !== edits) throw new Error('not all edits run at the same time')
    const meanwhile: number[] = []
    while ((await stillRunning(page)) > 0 && meanwhile.length < mostKeys)
      meanwhile.push(...(await typeText(page, busy, 10)))
    const took = performance.now() - begun
    await allShown(page)
    const p95 = quantile(meanwhile, 0.95)
    return [
      {
        bench: 'edits',
        figure: `work per key in the message box while ${edits} edits of a region run in the chat, p95`,
        measured: rounded(p95, 1),
        reference: rounded(quantile(idle, 0.95), 1),
        unit: 'ms',
        goal: '≤ 16',
        reached: p95 <= 16,
        note: `median ${rounded(median(meanwhile), 1)} ms against ${rounded(median(idle), 1)} ms; ${meanwhile.length} keys in ${rounded(took / 1_000, 1)} s, the longest ${rounded(Math.max(...meanwhile), 0)} ms; with all that the window did meanwhile`,
      },
    ]
  } finally {
    await running.close()
  }
}

/** Milliseconds of the window's main thread, key by key. */
async function typeText(page: Page, busy: Busy, keys = text.length): Promise<readonly number[]> {
  const work: number[] = []
  for (const key of text.slice(0, keys)) work.push(await busy.during(() => page.keyboard.press(key)))
  return work
}

/** Ten orders for the same photograph, each with its own words. */
async function submitEdits(page: Page): Promise<void> {
  await page.evaluate(async (count) => {
    const canvas = new OffscreenCanvas(1_200, 800)
    const paint = canvas.getContext('2d')
    if (!paint) throw new Error('no canvas')
    for (let at = 0; at < 300; at += 1) {
      paint.fillStyle = `hsl(${(at * 97) % 360} 60% ${30 + (at % 50)}%)`
      paint.fillRect((at * 613) % 1_200, (at * 397) % 800, 170, 120)
    }
    const file = new File([await canvas.convertToBlob()], 'harbour.png', { type: 'image/png' })
    const photo = await window.kheish.importFile(file, 'bench-edits')
    if (!photo.ok) throw new Error(photo.fault.code)
    paint.fillStyle = '#000'
    paint.fillRect(0, 0, 1_200, 800)
    paint.fillStyle = '#fff'
    paint.fillRect(300, 200, 400, 300)
    const mask = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())
    const mask_base64 = btoa(Array.from(mask, (byte) => String.fromCharCode(byte)).join(''))
    const listed = await window.kheish.ask('sessions.list', {})
    if (!listed.ok) throw new Error(listed.fault.code)
    const { sessions } = listed.value as { sessions: { session_id: string }[] }
    for (let at = 0; at < count; at += 1) {
      const answer = await window.kheish.ask('images.submit', {
        session_id: sessions[0]?.session_id,
        idempotency_key: crypto.randomUUID(),
        prompt: `a red boat, number ${at}`,
        source_asset_ids: [(photo.value as { asset_id: string }).asset_id],
        region: { mask_base64 },
      })
      if (!answer.ok) throw new Error(`${answer.fault.code}: ${answer.fault.detail}`)
    }
  }, edits)
}

const stillRunning = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const answer = await window.kheish.ask('runs.list', { limit: 50 })
    if (!answer.ok) throw new Error(answer.fault.code)
    const { runs } = answer.value as { runs: { kind: string; status: string }[] }
    return runs.filter(({ kind, status }) => kind === 'image' && status === 'running').length
  })

/** The figure would be worth nothing if they had failed. */
async function allShown(page: Page): Promise<void> {
  const shown = await page.evaluate(async () => {
    const answer = await window.kheish.ask('runs.list', { limit: 50 })
    if (!answer.ok) throw new Error(answer.fault.code)
    const { runs } = answer.value as { runs: { kind: string; status: string }[] }
    return runs.filter(({ kind, status }) => kind === 'image' && status === 'completed').length
  })
  if (shown !== edits) throw new Error(`${shown} of ${edits} edits were shown`)
}
