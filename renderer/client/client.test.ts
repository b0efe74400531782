import { fault } from '@contract/fault'
import type { SlotId } from '@contract/ids'
import { callNames } from '@contract/names'
import { expect, test } from 'vitest'
import { createFakeClient, Refusal } from './fake'
import { isKeychainFault, saveKey, signIn } from './keys'

const slot = 'openrouter.primary' as SlotId

test('there is a function for every call', () => {
  const { client } = createFakeClient()
  expect(Object.keys(client.ask).sort()).toEqual([...callNames].sort())
})

test('a file that is gone by the time it is read is a fault and nothing that is thrown', async () => {
  const { client } = createFakeClient({}, () => Promise.reject(new Error('no answer')))
  expect(await client.importFile({ name: 'a.png', type: '', size: 1 }, 'i1')).toMatchObject({
    ok: false,
    fault: { code: 'asset_unreadable' },
  })
})

test('events arrive one at a time, until the undo', () => {
  const { client, publish } = createFakeClient()
  const heard: string[] = []
  const undo = client.listen((event) => heard.push(event.type))
  publish({ type: 'window.focused', focused: true }, { type: 'command.invoked', command: 'chat.new' })
  undo()
  publish({ type: 'window.focused', focused: false })
  expect(heard).toEqual(['window.focused', 'command.invoked'])
})

test('a key is verified before it is stored', async () => {
  const { client, asked } = createFakeClient({
    'secrets.set': () => new Refusal(fault('secret_rejected', 'No.')),
  })
  const answer = await saveKey(client, slot, { kind: 'inline', value: 'sk-or-x' }, 'keychain')
  expect(answer.ok).toBe(false)
  expect(asked[0]?.input).toMatchObject({ verify: true, keep: 'keychain', slot_id: slot })
})

test('a sign-in ends once, even when its end overtakes its beginning', async () => {
  const { client, publish } = createFakeClient({
    'secrets.beginSignIn': () => {
      publish({ type: 'sign_in.ended', sign_in_id: 's1' })
      return { sign_in_id: 's1', url: 'https://openrouter.ai/auth' }
    },
  })
  const begun = await signIn(client, slot, 'keychain')
  expect(begun.ok && (await begun.value.ended)).toEqual({})
})

test('a sign-in hears only its own end', async () => {
  const { client, publish } = createFakeClient({
    'secrets.beginSignIn': () => ({ sign_in_id: 's1', url: 'https://openrouter.ai/auth' }),
  })
  const begun = await signIn(client, slot, 'keychain')
  if (!begun.ok) throw new Error('refused')
  publish({ type: 'sign_in.ended', sign_in_id: 's0' })
  publish({ type: 'sign_in.ended', sign_in_id: 's1', fault: fault('sign_in_cancelled', 'Cancelled.') })
  expect((await begun.value.ended).fault?.code).toBe('sign_in_cancelled')
})

test('which faults memory can get round', () => {
  expect(isKeychainFault(fault('secret_store_locked', ''))).toBe(true)
  expect(isKeychainFault(fault('secret_rejected', ''))).toBe(false)
})
