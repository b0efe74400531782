import { fault } from '@contract/fault'
import type { AssetRow } from '@contract/assets'
import type { Message, SpokenRef } from '@contract/message'
import { expect, test, vi } from 'vitest'
import { createFakeClient, Refusal } from '../../../client/fake'
import type { Sound, SoundState } from '../../../lib/sound/create-sound'
import type { Recording } from '../../../lib/sound/recording'
import { createReadAloud } from './create-read-aloud'
import { spokenSet } from './spoken-set'

const any = { model: '', voice: '' }
const ref = (id: string, part: number, parts: number, voice = 'ann'): SpokenRef =>
  ({ asset: { asset_id: id, file_name: `${id}.mp3` }, model: 'acme/one', voice, part, parts }) as SpokenRef
const message = (id: string, spoken: readonly SpokenRef[] = []): Message =>
  ({ message_id: id, session_id: 's', role: 'assistant', parts: [], spoken }) as unknown as Message

/** What plays, without an element: `end` is the recording heard to its end. */
function fakeSound() {
  let state: SoundState = { recording: null, phase: 'paused', duration: 0 }
  const hearers: (() => void)[] = []
  const enders: ((id: string) => void)[] = []
  const played: string[] = []
  const become = (phase: SoundState['phase'], recording: Recording | null = state.recording) => {
    state = { ...state, phase, recording }
    hearers.forEach((hear) => hear())
  }
  const sound: Sound = {
    state: () => state,
    placeOf: () => 0,
    subscribe: (hear) => (hearers.push(hear), () => undefined),
    onEnded: (end) => (enders.push(end), () => undefined),
    seek: () => become(state.phase),
    setSpeed: () => undefined,
    pause: () => become('paused'),
    play(recording) {
      played.push(recording.asset_id)
      become('playing', recording)
    },
  }
  const end = () => {
    become('paused')
    enders.forEach((each) => each(state.recording?.asset_id ?? ''))
  }
  return { sound, played, end, become }
}

test('what is there is read without a question, part by part and message by message', () => {
  const { client, asked } = createFakeClient()
  const { sound, played, end } = fakeSound()
  const store = createReadAloud(client, sound, () => any)
  store.read(message('m1', [ref('a1', 1, 2), ref('a2', 2, 2)]))
  store.read(message('m2', [ref('b1', 1, 1)]))
  expect(played).toEqual(['a1'])
  end()
  expect(played).toEqual(['a1', 'a2'])
  end()
  expect(played).toEqual(['a1', 'a2', 'b1'])
  expect(store.getState().queue.map(({ message_id }) => message_id)).toEqual(['m2'])
  end()
  expect(store.getState().queue).toEqual([])
  expect(asked).toEqual([])
  store.read(message('m2', [ref('b1', 1, 1)]))
  expect(played.at(-1)).toBe('b1')
})

test('it is read while something else plays, which ends with it', () => {
  const { sound, played, become } = fakeSound()
  const store = createReadAloud(createFakeClient().client, sound, () => any)
  become('playing', { asset_id: 'other' } as Recording)
  store.read(message('m', [ref('a1', 1, 1)]))
  expect(played).toEqual(['a1'])
  expect(store.getState().queue.map(({ message_id }) => message_id)).toEqual(['m'])
})

test('the first part plays while the second is made', async () => {
  let finish: (value: never) => void = () => undefined
  const fake = createFakeClient({
    'audio.readAloud': () => new Promise<never>((resolve) => (finish = resolve)),
  })
  const { sound, played, end } = fakeSound()
  const store = createReadAloud(fake.client, sound, () => any)
  fake.client.listen((event) => store.hear(event))
  store.read(message('m'))
  await vi.waitFor(() => expect(fake.asked).toHaveLength(1))
  const [{ input } = { input: {} }] = fake.asked
  const { speech_id } = input as { readonly speech_id: string }
  fake.publish({ type: 'speech.progress', speech_id, done: 1, all: 2 })
  fake.publish({ type: 'message.changed', message: message('m', [ref('a1', 1, 2)]) })
  expect(played).toEqual(['a1'])
  expect(store.getState().queue[0]?.progress).toEqual({ done: 1, all: 2 })
  end()
  // Nothing to hear yet, and still being read.
  expect(played).toEqual(['a1'])
  fake.publish({ type: 'message.changed', message: message('m', [ref('a1', 1, 2), ref('a2', 2, 2)]) })
  expect(played).toEqual(['a1', 'a2'])
  const spoken = ['a1', 'a2'].map((asset_id) => ({ asset: { asset_id } as AssetRow }))
  finish({ spoken } as never)
  await vi.waitFor(() => expect(store.getState().queue[0]?.isWhole).toBe(true))
  expect(played).toEqual(['a1', 'a2'])
  end()
  expect(store.getState().queue).toEqual([])
})

test('stopping ends the making, and a fault is told and can be tried again', async () => {
  let isBroken = false
  const fake = createFakeClient({
    'audio.readAloud': () =>
      isBroken ? new Refusal(fault('speech_route_missing', 'none')) : (new Promise(() => undefined) as never),
    'audio.cancelSpeech': () => undefined,
  })
  const { sound, played } = fakeSound()
  const store = createReadAloud(fake.client, sound, () => any)
  store.read(message('m'))
  store.stop(message('m').message_id)
  expect(store.getState().queue).toEqual([])
  await vi.waitFor(() =>
    expect(fake.asked.map(({ name }) => name)).toEqual(['audio.readAloud', 'audio.cancelSpeech']),
  )
  isBroken = true
  store.read(message('m'))
  await vi.waitFor(() =>
    expect(store.getState().faults.get(message('m').message_id)?.code).toBe('speech_route_missing'),
  )
  expect(store.getState().queue).toEqual([])
  isBroken = false
  store.read(message('m'))
  expect(store.getState().faults.size).toBe(0)
  expect(played).toEqual([])
})

test('who listens to something else has ended the reading; one that can’t be played is passed over', () => {
  const { client } = createFakeClient()
  const { sound, played, become } = fakeSound()
  const store = createReadAloud(client, sound, () => any)
  store.read(message('m1', [ref('a', 1, 1)]))
  store.read(message('m2', [ref('b', 1, 1)]))
  become('failed')
  expect(played).toEqual(['a', 'b'])
  sound.play({ asset_id: 'x', file_name: 'x', byte_length: 1 } as Recording)
  expect(store.getState().queue).toEqual([])
  expect(sound.state()).toMatchObject({ phase: 'playing', recording: { asset_id: 'x' } })
})

test('another voice than the one that is wished for is not what was asked for', () => {
  const spoken = [ref('a1', 1, 2, 'bob'), ref('b1', 1, 1), ref('a2', 2, 2, 'bob')]
  expect(spokenSet(spoken, any)).toMatchObject({ isWhole: true, parts: [{ voice: 'bob' }, { voice: 'bob' }] })
  expect(spokenSet(spoken, { model: 'main/acme/one', voice: 'ann' }).parts).toEqual([spoken[1]])
  expect(spokenSet(spoken, { model: '', voice: 'eve' })).toEqual({ parts: [], isWhole: false })
  expect(spokenSet([ref('a2', 2, 2)], any)).toMatchObject({ isWhole: false, parts: [undefined, { part: 2 }] })
  expect(spokenSet(undefined, any).isWhole).toBe(false)
})
