import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { say } from '../../lib/words'
import { signOf } from './sign'
import { tailMs } from './speaking'
import { dictationWorld } from './testing'
import { dictationWords } from './words'

const settle = () => vi.advanceTimersByTimeAsync(50)
const signIn = ({ store }: Pick<ReturnType<typeof dictationWorld>, 'store'>) =>
  signOf(say(dictationWords), store.getState(), 'linux')

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('tells somebody in another program that it is on and how it ends, until it ends', async () => {
  const world = dictationWorld({ types: true })
  const { store, hear, tell } = world
  store.pressElsewhere()
  await settle()
  expect(signIn(world)).toBeNull()
  hear(1_000)
  expect(signIn(world)).toMatchObject({ title: 'Recording', is_silent: true })
  hear(2_100, 0)
  expect(signIn(world)).toMatchObject({ body: expect.stringContaining('muted'), is_silent: false })
  hear(100)
  store.pressElsewhere()
  expect(signIn(world)).toBeNull()
  hear(tailMs)
  await settle()
  tell(0, { state: 'heard', text: 'there' })
  expect(signIn(world)).toBeNull()
})

it('tells there why it failed, and nothing of a dictation in our own window', async () => {
  const denied = dictationWorld({ started: { ok: false, trouble: 'denied' } })
  denied.store.pressElsewhere()
  await settle()
  expect(signIn(denied)).toMatchObject({
    title: 'Dictation failed',
    body: expect.stringContaining('may not use the microphone'),
    is_silent: false,
  })
  denied.store.dismiss()
  expect(signIn(denied)).toBeNull()
  denied.store.toggle()
  await settle()
  expect(denied.store.getState().phase).toBe('failed')
  expect(signIn(denied)).toBeNull()

  const refused = dictationWorld()
  refused.store.pressElsewhere()
  await settle()
  refused.refuse()
  refused.hear(1_000)
  await settle()
  expect(signIn(refused)).toMatchObject({ body: expect.stringContaining('could not be stored') })
})

it('tells there that its text could not be typed', async () => {
  const world = dictationWorld({ types: true, isTyped: false })
  const { store, hear, tell, said } = world
  store.pressElsewhere()
  await settle()
  hear(1_000)
  store.pressElsewhere()
  hear(tailMs)
  await settle()
  tell(0, { state: 'heard', text: 'not there' })
  await settle()
  expect(said).toEqual(['not there'])
  expect(signIn(world)).toMatchObject({ title: 'Your text could not be typed there' })
  store.dismiss()
  expect(signIn(world)).toBeNull()
})
