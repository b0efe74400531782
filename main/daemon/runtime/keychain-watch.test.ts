import { expect, test } from 'vitest'
import { fakeClock } from '../ports/clock.fake'
import { fakeKeychain } from '../ports/keychain.fake'
import type { Held } from '../ports/keyring'
import { createKeychainWatch } from './keychain-watch'

const held = (slot_id: string, where: Held['where']): Held => ({
  slot_id,
  where,
  provider: 'openrouter',
  mode: 'api_key',
  updated_at_ms: 1,
})

function setUp() {
  const clock = fakeClock()
  const keychain = fakeKeychain()
  /** Set to make the keychain wait for ever. */
  let isSilent = false
  const probed: number[] = []
  const watch = createKeychainWatch({
    clock,
    keychain: {
      ...keychain,
      probe: () => {
        probed.push(clock.now())
        return isSilent ? new Promise(() => undefined) : keychain.probe()
      },
    },
    keyring: {
      list: () => [
        held('there', 'keychain'),
        held('gone', 'keychain'),
        held('odd', 'keychain'),
        held('mine', 'memory'),
      ],
      read: async (slot) => {
        if (slot === 'odd') throw new Error('no')
        return slot === 'there' ? 'bytes' : null
      },
    },
    inBackground: () => undefined,
  })
  return { clock, keychain, watch, probed, silence: () => void (isSilent = true) }
}

test('says of each slot whether its entry is there, and never what it is', async () => {
  const { watch } = setUp()
  const look = await watch.look()
  expect(look.state).toBe('secured')
  expect([...look.slots]).toEqual([
    ['there', 'keychain'],
    ['gone', 'absent'],
    ['odd', 'unreadable'],
  ])
  expect(JSON.stringify([...look.slots])).not.toContain('bytes')
})

test('a keychain that is locked is asked for no entry', async () => {
  const { watch, keychain } = setUp()
  keychain.become('locked')
  expect(await watch.look()).toMatchObject({
    state: 'locked',
    action: expect.stringContaining('Unlock'),
  })
  expect((await watch.look()).slots.size).toBe(0)
})

test('one that falls silent is answered for with what it said before, and asked once at a time', async () => {
  const { watch, clock, silence, probed } = setUp()
  const first = await watch.look()
  silence()
  const looks = [watch.look(), watch.look()]
  await clock.advance(250)
  expect(await Promise.all(looks)).toEqual([first, first])
  expect(probed).toHaveLength(2)
})

test('one that never spoke counts as locked after a second', async () => {
  const { watch, clock, silence } = setUp()
  silence()
  const look = watch.look()
  await clock.advance(1_000)
  expect(await look).toMatchObject({ state: 'locked' })
})
