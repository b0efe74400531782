import { expect, test } from 'vitest'
import type { Keychain } from './keychain'

/** What every keychain does. `keychain` is asked for anew in each test and is empty of these accounts. */
export function keychainSuite(keychain: () => Keychain): void {
  test('says that it is secured', async () => {
    expect(await keychain().probe()).toEqual({ state: 'secured' })
  })
  test('gives back exactly what was stored, also long and with every kind of letter', async () => {
    const kept = keychain()
    for (const secret of ['sk-or-v1-plain', 'ключ 鍵 🔑 "quoted" \\ \n end', 'x'.repeat(4000)]) {
      await kept.set('suite/round', secret)
      expect(await kept.get('suite/round')).toBe(secret)
    }
    await kept.delete('suite/round')
  })
  test('keeps accounts apart', async () => {
    const kept = keychain()
    await Promise.all([kept.set('suite/a', 'first'), kept.set('suite/b', 'second')])
    expect(await Promise.all([kept.get('suite/a'), kept.get('suite/b')])).toEqual(['first', 'second'])
    expect(await kept.delete('suite/a')).toBe(true)
    expect(await Promise.all([kept.get('suite/a'), kept.get('suite/b')])).toEqual([null, 'second'])
    await kept.delete('suite/b')
  })
  test('has nothing to give and nothing to delete for an account that is not there', async () => {
    expect(await keychain().get('suite/never')).toBeNull()
    expect(await keychain().delete('suite/never')).toBe(false)
  })
  test('serves after it was closed, and closing twice is harmless', async () => {
    const kept = keychain()
    await kept.set('suite/closed', 'still here')
    await kept.close()
    await kept.close()
    expect(await kept.get('suite/closed')).not.toBe('')
    await kept.delete('suite/closed')
    await kept.close()
  })
}
