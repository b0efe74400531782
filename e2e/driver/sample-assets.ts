import type { AssetView } from '@contract/assets'
import type { RunView } from '@contract/runs'
import type { RunningApp } from './launch-app'
import { expect } from './test'

/** Takes bytes into the store, as the command line would. */
export async function importAsset(
  app: RunningApp,
  file_name: string,
  bytes: Buffer | string,
): Promise<AssetView> {
  const content_base64 = Buffer.from(bytes).toString('base64')
  const answer = await app.ask('assets.import', { file_name, content_base64 })
  if (!answer.ok) throw new Error(`${file_name}: ${answer.fault.code}`)
  return answer.value as AssetView
}

/** A new chat whose message holds these, answered. */
export async function sendAssets(app: RunningApp, text: string, ids: readonly string[]): Promise<RunView> {
  const made = await app.ask('sessions.create')
  if (!made.ok) throw new Error(made.fault.code)
  const { session_id } = made.value as { readonly session_id: string }
  const asked = await app.ask('sessions.submitRun', {
    session_id,
    idempotency_key: session_id,
    input_items: [{ type: 'text', text }, ...ids.map((asset_id) => ({ type: 'asset_reference', asset_id }))],
  })
  if (!asked.ok) throw new Error(asked.fault.code)
  const { run } = asked.value as { readonly run: RunView }
  await expect
    .poll(async () => {
      const got = await app.ask('runs.get', { run_id: run.run_id })
      return got.ok && (got.value as RunView).status
    })
    .toBe('completed')
  return run
}

/** A PDF of one page with one line on it. */
export function linePdf(text: string): Buffer {
  const drawing = `BT /F1 24 Tf 72 720 Td (${text}) Tj ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>',
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let file = '%PDF-1.4\n'
  const places = objects.map((object, at) => {
    const place = file.length
    file += `${at + 1} 0 obj\n${object}\nendobj\n`
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`
  const end = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`
  return Buffer.from(file + table + end, 'latin1')
}

/** A tone as a WAV: mono, 16 bits, 8,000 Hz. */
export function toneWav(seconds: number): Buffer {
  const samples = Int16Array.from({ length: 8_000 * seconds }, (_, at) => 8_000 * Math.sin(at / 3))
  const data = Buffer.from(samples.buffer)
  const head = Buffer.alloc(44)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(36 + data.length, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(8_000, 24)
  head.writeUInt32LE(16_000, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(data.length, 40)
  return Buffer.concat([head, data])
}
