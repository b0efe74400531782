import { type Fault, type FaultCode, fault, faultCodes, type ProviderTrouble } from '@contract/fault'
import { afterEach, expect, it, test } from 'vitest'
import { faultEnglish } from './fault-english'
import { faultGerman } from './fault-german'
import { faultCatalogue, faultWords } from './fault-words'
import { say, setLanguage } from './words'

// Extras of all codes at once: a test needs one shape that fits every code.
const anyFault = (code: FaultCode, extras: object = {}): Fault =>
  ({ code, status: 400, domain: 'x', detail: 'The daemon’s sentence.', ...extras }) as unknown as Fault

const extras = {
  ref: 'r1',
  route_id: 'home',
  slot_id: 'openrouter.primary',
  limit: 12_582_912,
  byte_length: 20_000_000,
  declared: 'image/png',
  found: 'application/pdf',
  check: 'something_new',
}
const kinds = Object.keys(faultEnglish.trouble) as ProviderTrouble['kind'][]

afterEach(async () => {
  await setLanguage('en', [])
})

for (const language of ['en', 'de'] as const) {
  test(`every code has a title and a body (${language})`, async () => {
    await setLanguage(language, [])
    for (const code of faultCodes) {
      if (code === 'provider_error') continue
      const words = faultWords(anyFault(code, extras))
      expect(words.title, code).not.toBe('')
      expect(words.body, code).not.toBe('')
      expect(`${words.title} ${words.body}`, code).not.toMatch(/\{\{|\bcode\./)
    }
  })

  test(`every trouble has a title and a body (${language})`, async () => {
    await setLanguage(language, [])
    for (const kind of kinds) {
      const words = faultWords(fault('provider_error', 'The daemon’s sentence.', { kind, retryable: false }))
      expect(words.title, kind).not.toBe('')
      expect(words.body, kind).not.toBe('')
      expect(`${words.title} ${words.body}`, kind).not.toMatch(/\{\{|trouble\./)
    }
  })
}

it('says how long to wait, in the singular too', () => {
  const limited = (ms: number) =>
    faultWords(fault('provider_error', 'x', { kind: 'rate_limited', retryable: true, retry_after_ms: ms }))
      .body
  expect(limited(900)).toContain('in 1 second.')
  expect(limited(12_000)).toContain('in 12 seconds.')
})

it('offers a retry when the daemon says that one makes sense', () => {
  const policy = (retryable: boolean) =>
    faultWords(fault('provider_error', 'x', { kind: 'policy', retryable })).offers
  expect(policy(false)).toEqual(['open-models'])
  expect(policy(true)).toEqual(['retry', 'open-models'])
})

it('passes on what the provider said, unless the body says it', () => {
  const trouble = (kind: ProviderTrouble['kind']) =>
    faultWords(fault('provider_error', 'x', { kind, retryable: false, said: 'You can only afford 812.' }))
  expect(trouble('payment').said).toBe('You can only afford 812.')
  expect(trouble('bad_request')).toMatchObject({ body: 'You can only afford 812.' })
  expect(trouble('bad_request').said).toBeUndefined()
})

it('says in the window’s language what is wrong with a file', async () => {
  const told = (check: string) => faultWords(fault('asset_invalid', 'The daemon’s.', { check })).title
  expect(told('pdf_password')).toBe('This PDF is locked with a password')
  const general = faultWords(fault('asset_invalid', 'The daemon’s.', { check: 'something_new' }))
  expect(general.title).toBe('This file is damaged or not readable')
  expect(general.body).not.toContain('The daemon’s.')
  await setLanguage('de', [])
  expect(told('pdf_password')).toBe('Dieses PDF ist mit einem Passwort gesperrt')
  expect(faultWords(anyFault('asset_too_large', extras)).body).toBe(
    'Sie hat 20 MB; von ihrer Art werden höchstens 12,6 MB genommen.',
  )
  expect(faultWords(anyFault('media_type_mismatch', extras)).body).toContain('kam als PNG und enthält PDF')
})

it('falls back to the sentence of a daemon that knows more codes', () => {
  const words = faultWords(anyFault('something_new' as FaultCode))
  expect(words.body).toBe('The daemon’s sentence.')
  const kind = 'something_new' as ProviderTrouble['kind']
  expect(faultWords(fault('provider_error', 'Detail.', { kind, retryable: false })).body).toBe('Detail.')
})

it('keeps the placeholders of English in German', () => {
  const holes = (text: string): string[] =>
    [...text.matchAll(/\{\{(\w+)\}\}/g)].map((hole) => hole[1] ?? '').sort()
  for (const kind of kinds) {
    expect(holes(faultGerman.trouble[kind].body), kind).toEqual(holes(faultEnglish.trouble[kind].body))
  }
  expect(say(faultCatalogue)('provider')).toBe('The provider')
})
