import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { canListen, easySentences, speakSentences } from '../../e2e/driver/speech'
import { openDesktop, type Desktop } from './testing'

let desktop: Desktop
beforeEach(async () => {
  desktop = await openDesktop()
  await desktop.ready()
})
afterEach(() => desktop.close())

const json = (text: string) => JSON.parse(text) as Record<string, unknown>

test.runIf(canListen())('a recording is written down, printed, listed, and asked for once', async () => {
  const [spoken] = await speakSentences([easySentences[0]])
  await writeFile(join(desktop.root, 'said.wav'), spoken?.wav ?? '')
  const first = await desktop.kheish('audio transcribe said.wav')
  expect(first.code).toBe(0)
  expect(first.out).toMatch(/open the window/)
  expect(first.err).toMatch(/openrouter\/openai\/gpt-4o-mini-transcribe, \$0/)
  const again = json((await desktop.kheish('audio transcribe said.wav --json')).out)
  expect(again).toMatchObject({ cache_status: 'hit', text: first.out.trim(), status: 'completed' })
  const { asset_id } = again['subject'] as { readonly asset_id: string }
  const listed = json((await desktop.kheish(`derivations list --asset ${asset_id} --json`)).out)
  expect(listed).toMatchObject({ derivations: [{ derivation_id: again['derivation_id'] }] })
  const shown = await desktop.kheish(`derivations get ${String(again['derivation_id'])}`)
  expect([shown.code, shown.out.includes('completed')]).toEqual([0, true])
  const forced = await desktop.kheish(`derivations create --asset ${asset_id} --force-refresh --json`)
  expect(json(forced.out)).toMatchObject({ cache_status: 'miss', is_preferred: true })
})

test.each([
  ['audio transcribe gone.wav', 2, 'asset_unreadable'],
  ['audio transcribe asset_gone', 5, 'asset_not_found'],
  ['derivations get nothing', 5, 'derivation_not_found'],
  ['derivations create --session gone --offset 1', 5, 'derivation_subject_unknown'],
])('%s ends with %i', async (words, code, fault) => {
  const said = await desktop.kheish(words)
  expect([said.code, said.out]).toEqual([code, ''])
  expect(said.err).toContain(fault)
})
