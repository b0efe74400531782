import { fault } from '@contract/fault'
import type { SlotId } from '@contract/ids'
import type { SecretsList, SecretView } from '@contract/secrets'
import { expect, test } from 'vitest'
import { createFakeClient, Refusal } from '../../client/fake'
import { createConnectStore } from './connect-store'

const slot = 'openrouter.primary' as SlotId
const secret: SecretView = {
  slot_id: slot,
  provider: 'openrouter',
  mode: 'api_key',
  summary: 'api_key',
  updated_at_ms: 1,
  details: {},
  held: 'keychain',
  used_by: ['openrouter'],
}
const locked: SecretsList = { keychain: 'locked', action: 'Unlock it.', slots: [], environment_key: false }

test('a wrong key is told and nothing else happens', async () => {
  const { client, asked } = createFakeClient({
    'secrets.set': () => new Refusal(fault('secret_rejected', 'No.')),
  })
  const store = createConnectStore(client, slot)
  expect(await store.save('sk-or-wrong')).toBe(false)
  expect(store.getState()).toMatchObject({ doing: 'nothing', fault: { code: 'secret_rejected' } })
  expect(asked.map(({ name }) => name)).toEqual(['secrets.set'])
  expect(JSON.stringify(store.getState())).not.toContain('sk-or-wrong')
})

test('a right key reloads the daemon', async () => {
  const { client, asked } = createFakeClient({
    'secrets.set': () => ({ secret }),
    'daemon.reload': () => ({ phase: 'ready', demo: false }),
  })
  expect(await createConnectStore(client, slot).save('sk-or-right')).toBe(true)
  expect(asked.map(({ name }) => name)).toEqual(['secrets.set', 'daemon.reload'])
})

test('a keychain that refuses is looked at again, and memory is a choice', async () => {
  const kept: unknown[] = []
  const { client } = createFakeClient({
    'secrets.set': (input) => {
      kept.push(input.keep)
      return input.keep === 'session' ? { secret } : new Refusal(fault('secret_store_locked', 'Locked.'))
    },
    'secrets.list': () => locked,
    'daemon.reload': () => ({ phase: 'ready', demo: false }),
  })
  const store = createConnectStore(client, slot)
  expect(await store.save('sk-or-x')).toBe(false)
  expect(store.getState().secrets?.keychain).toBe('locked')
  store.setKeep('session')
  expect(await store.save('sk-or-x')).toBe(true)
  expect(kept).toEqual(['keychain', 'session'])
})

test('a cancelled sign-in says nothing; a second one can begin', async () => {
  const { client, publish } = createFakeClient({
    'secrets.beginSignIn': () => ({ sign_in_id: 's1', url: 'https://openrouter.ai/auth' }),
    'secrets.cancelSignIn': () => {
      publish({ type: 'sign_in.ended', sign_in_id: 's1', fault: fault('sign_in_cancelled', 'Cancelled.') })
    },
  })
  const store = createConnectStore(client, slot)
  const done = store.signIn()
  await Promise.resolve().then(() => Promise.resolve())
  await new Promise((resolve) => setTimeout(resolve))
  expect(store.getState().doing).toBe('signing_in')
  store.cancelSignIn()
  await done
  expect(store.getState()).toMatchObject({ doing: 'nothing', signIn: null, fault: null })
})
