import type { AssetId, MessageId, RunId, SessionId } from '@contract/ids'
import type { AssetRef } from '@contract/message'
import type { OutputView } from '@contract/outputs'
import { expect, test } from 'vitest'
import { fakeClock } from '../ports/clock.fake'
import { fakeIds } from '../ports/ids.fake'
import type { RunRecord, Store } from '../ports/store'
import { emitOutput } from './emit-output'

const picture: AssetRef = {
  asset_id: 'asset_1' as AssetId,
  media_type: 'image/png',
  file_name: 'fox.png',
  byte_length: 9,
}

function emitting(observed?: { readonly source_id: string; readonly allowed: boolean | undefined }) {
  const kept: OutputView[] = []
  const store = {
    assets: { ref: (id: AssetId) => (id === picture.asset_id ? picture : undefined) },
    outputs: { add: (output: OutputView) => void kept.push(output), of: () => kept },
    messages: {
      get: () => ({ parts: observed ? [{ kind: 'observed', source_id: observed.source_id }] : [] }),
    },
    observations: {
      source: () =>
        observed?.allowed === undefined ? undefined : { allow_output_delivery: observed.allowed },
    },
  } as unknown as Store
  const tool = emitOutput({ store, clock: fakeClock(), ids: fakeIds() })
  const run = {
    run_id: 'run_1' as RunId,
    session_id: 'session_1' as SessionId,
    user_message_id: 'asked',
  } as RunRecord
  const call = {
    run,
    message_id: 'm' as MessageId,
    call_id: 'c',
    signal: new AbortController().signal,
    progress: () => undefined,
    dispatch: () => undefined,
    paid: () => undefined,
  }
  return { kept, emit: (input: unknown) => tool.run(input, call) }
}

test('S32: an asset part is shown at its position', async () => {
  const { kept, emit } = emitting()
  const parts = [
    { type: 'text', text: 'Look:' },
    { type: 'asset', asset_id: 'asset_1' },
    { type: 'text', text: ' ' },
  ]
  const { output, shows } = await emit({ parts, odd: true })
  expect(shows).toEqual([
    { kind: 'text', text: 'Look:', emitted: true },
    { kind: 'attachment', asset: picture, emitted: true },
  ])
  expect(output).toMatchObject({ content: 'Look:\nAttached asset: fox.png (image/png)', artifacts: [] })
  expect(kept).toMatchObject([{ run_id: 'run_1', source_kind: 'emit_output', address: 'session_1' }])
})

test('S33: inline artifacts are appended once; beside content alone they are listed and not shown', async () => {
  const { emit } = emitting()
  const input = { content: 'Here', artifact_ids: ['asset_1', 'asset_1'] }
  expect((await emit({ ...input, include_artifacts_inline: true })).shows).toHaveLength(2)
  const { output, shows } = await emit(input)
  expect(shows).toEqual([{ kind: 'text', text: 'Here', emitted: true }])
  expect(output).toMatchObject({ artifacts: [picture] })
})

test.each([
  [{}, /nothing to show/],
  [{ content: '  ', parts: [] }, /nothing to show/],
  [{ content: 'Hi', artifact_ids: ['ghost'] }, /no asset "ghost"/],
  [{ parts: [{ type: 'asset' }] }, /no asset/],
  [{ parts: [{ type: 'film' }] }, /text or asset/],
  [{ parts: ['x'] }, /JSON object/],
  [{ content: 7 }, /string/],
  ['text', /JSON object/],
])('%j shows nothing and keeps nothing', async (input, words) => {
  const { kept, emit } = emitting()
  await expect(emit(input)).rejects.toThrow(words)
  expect(kept).toEqual([])
})

test.each([
  [true, 'desktop'],
  [false, 'daemon'],
  // Its source was deleted: nobody allows it any more.
  [undefined, 'daemon'],
])('an answer about what a source delivered (delivery allowed: %s) is for %s', async (allowed, plugin) => {
  const { kept, emit } = emitting({ source_id: 'desk', allowed })
  await emit({ content: 'Here' })
  expect(kept).toMatchObject([{ plugin }])
})
