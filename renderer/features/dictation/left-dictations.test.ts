import type { RecordingId } from '@contract/ids'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { tailMs } from './speaking'
import { dictationWorld } from './testing'

const old = 'old' as RecordingId
const settle = () => vi.advanceTimersByTimeAsync(50)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('ends what the page before this one was recording, so that it is written down', async () => {
  const { store, asked, tell, said } = dictationWorld({ left: 'open' })
  await store.load()
  await settle()
  expect(asked.filter(({ name }) => name === 'recordings.end')).toEqual([
    { name: 'recordings.end', input: { recording_id: 'old' } },
  ])
  tell(0, { state: 'heard', text: 'half a sentence' }, 'old')
  expect(said).toEqual([])
  store.insertLeft(old)
  store.insertLeft(old)
  expect(said).toEqual(['half a sentence'])
  expect(store.getState().left).toEqual([])
})

it('ends nothing that is being recorded here, or that is over', async () => {
  const { store, hear, names } = dictationWorld({ left: 'left' })
  store.toggle()
  await settle()
  hear(1_000)
  await settle()
  await store.load()
  await settle()
  expect(names()).toContain('recordings.begin')
  expect(names()).not.toContain('recordings.end')
  expect(store.getState().left).toHaveLength(1)
})

it('does not insert what is still being written down', async () => {
  const { store, tell, said, names } = dictationWorld({ left: 'left' })
  await store.load()
  tell(0, { state: 'transcribing', text: 'the beginning' }, 'old')
  store.insertLeft(old)
  expect(said).toEqual([])
  expect(names()).not.toContain('recordings.take')
  expect(store.getState().left).toHaveLength(1)
  tell(0, { state: 'heard', text: 'the beginning and the end' }, 'old')
  store.insertLeft(old)
  expect(said).toEqual(['the beginning and the end'])
})

it('offers what was stored of one that could not go on', async () => {
  const { store, hear, refuse, asked, tell, said } = dictationWorld()
  store.toggle()
  await settle()
  hear(1_000)
  await settle()
  refuse()
  hear(1_000)
  await settle()
  expect(store.getState()).toMatchObject({ phase: 'failed', trouble: { kind: 'notKept' } })
  expect(asked.filter(({ name }) => name === 'recordings.end')).toHaveLength(1)
  expect(store.getState().left).toMatchObject([{ recording_id: 'r1', state: 'ended' }])
  tell(0, { state: 'heard', text: 'what was stored' })
  expect(said).toEqual([])
  store.insertLeft('r1' as RecordingId)
  expect(said).toEqual(['what was stored'])
  store.dismiss()
  expect(store.getState()).toMatchObject({ phase: 'idle', left: [] })
})

it('puts the rest of one that has failed behind what stands there already', async () => {
  const { store, hear, tell, places } = dictationWorld()
  store.toggle()
  await settle()
  hear(4_000)
  hear(2_000, 0)
  hear(3_000)
  store.toggle()
  hear(tailMs + 100)
  await settle()
  const [one, other] = store.getState().view?.segments.filter(({ state }) => state === 'transcribing') ?? []
  tell(one?.number ?? -1, { state: 'heard', text: 'first' })
  tell(other?.number ?? -1, { state: 'failed' })
  expect(store.getState().phase).toBe('failed')
  store.toggle()
  await settle()
  expect(places()).toBe(2)
  tell(other?.number ?? -1, { state: 'heard', text: 'second' })
  store.insertLeft('r1' as RecordingId)
  // In the place that the first one has: no third was made.
  expect(places()).toBe(2)
})

it('writes what stands in the box already not once more', async () => {
  const { store, tell, said } = dictationWorld({ left: 'left' })
  await store.load()
  tell(0, { state: 'heard', text: 'The boats went out at ten.' }, 'old')
  const [view] = store.getState().left
  if (!view) throw new Error('nothing was left')
  const more = { number: 1, state: 'heard', duration_ms: 0, text: 'They came back.' } as const
  const segments = [...view.segments, more]
  store.hear({ type: 'recording.changed', recording: { ...view, segments } })
  store.insertLeft(old, 'Dear all, The boats went out at ten. Yours')
  expect(said).toEqual(['They came back.'])
})
