import { describe, expect, it } from 'vitest'
import { appCalls } from './app'
import { daemonCalls } from './calls'
import { fault, faultCodes } from './fault'
import { SessionId } from './ids'
import { appCallNames, daemonCallNames } from './names'
import { defaultPreferences } from './default-preferences'
import { Preferences } from './preferences'

describe('the contract', () => {
  it('names every call once, and nothing else', () => {
    expect([...daemonCallNames].sort()).toEqual(Object.keys(daemonCalls).sort())
    expect([...appCallNames].sort()).toEqual(Object.keys(appCalls).sort())
  })

  it('refuses keys that no call knows', () => {
    for (const [name, call] of Object.entries({ ...daemonCalls, ...appCalls })) {
      expect(call.input.safeParse({ surprise: 1 }).success, name).toBe(false)
    }
  })

  it('has defaults that pass their own schema', () => {
    expect(Preferences.parse(defaultPreferences)).toEqual(defaultPreferences)
  })

  it('gives every fault a status and a domain', () => {
    for (const code of faultCodes) {
      const made = fault(code as 'session_not_found', 'x')
      expect(made).toMatchObject({ code, detail: 'x' })
      expect(made.status).toBeGreaterThanOrEqual(400)
    }
  })
})

describe('SessionId (contract 6.1)', () => {
  it.each(['', '.', '..', 'a b', 'a/b', 'a\\b', 'a\nb', 'x'.repeat(129)])('refuses %j', (id) => {
    expect(SessionId.safeParse(id).success).toBe(false)
  })
  it.each(['a', 'session_1', 'my.notes-2', '京都'])('takes %j', (id) => {
    expect(SessionId.safeParse(id).success).toBe(true)
  })
})
