import { test as property } from '@fast-check/vitest'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendar } from './calendar'

const iso = (at: number) => new Date(at).toISOString().slice(0, 16)
const around = (zone: string, at: string, period: 'day' | 'month') => {
  const { from_ms, to_ms } = calendar(zone).around(Date.parse(at), period)
  return [iso(from_ms), iso(to_ms)]
}

test.each([
  ['UTC', '2026-11-23T00:00:00Z', '2026-11-23'],
  ['UTC', '2026-11-22T23:59:59.999Z', '2026-11-22'],
  ['Pacific/Kiritimati', '2026-11-22T10:00:00Z', '2026-11-23'],
  ['Pacific/Pago_Pago', '2026-11-23T10:59:59Z', '2026-11-22'],
  ['Asia/Kathmandu', '2026-11-22T18:15:00Z', '2026-11-23'],
])('in %s, %s is %s', (zone, at, day) => {
  expect(calendar(zone).dayOf(Date.parse(at))).toBe(day)
})

test.each([
  ['an ordinary day', 'Europe/Berlin', '2026-11-23T12:00Z', ['2026-11-22T23:00', '2026-11-23T23:00']],
  ['23 hours', 'Europe/Berlin', '2026-03-29T12:00Z', ['2026-03-28T23:00', '2026-03-29T22:00']],
  ['25 hours', 'Europe/Berlin', '2026-10-25T12:00Z', ['2026-10-24T22:00', '2026-10-25T23:00']],
  [
    'a midnight that does not exist',
    'Africa/Cairo',
    '2026-04-24T12:00Z',
    ['2026-04-23T22:00', '2026-04-24T21:00'],
  ],
  [
    'a midnight that comes twice',
    'America/Havana',
    '2026-11-01T12:00Z',
    ['2026-11-01T04:00', '2026-11-02T05:00'],
  ],
  ['half an hour', 'Australia/Lord_Howe', '2026-10-04T00:00Z', ['2026-10-03T13:30', '2026-10-04T13:00']],
  [
    'the day before one that never was',
    'Pacific/Apia',
    '2011-12-30T09:00Z',
    ['2011-12-29T10:00', '2011-12-30T10:00'],
  ],
])('a day: %s', (_what, zone, at, span) => {
  expect(around(zone, at, 'day')).toEqual(span)
})

test.each([
  ['UTC', '2026-02-14T12:00Z', ['2026-02-01T00:00', '2026-03-01T00:00']],
  ['Europe/Berlin', '2026-03-31T21:59Z', ['2026-02-28T23:00', '2026-03-31T22:00']],
  ['America/New_York', '2026-11-30T23:00Z', ['2026-11-01T04:00', '2026-12-01T05:00']],
  ['Asia/Tokyo', '2026-12-31T14:59Z', ['2026-11-30T15:00', '2026-12-31T15:00']],
])('a month in %s around %s', (zone, at, span) => {
  expect(around(zone, at, 'month')).toEqual(span)
})

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/St_Johns',
  'Africa/Cairo',
  'Pacific/Chatham',
  'America/Havana',
]
property.prop([
  fc.constantFrom(...zones),
  fc.constantFrom('day' as const, 'month' as const),
  fc.integer({ min: Date.parse('2015-01-01'), max: Date.parse('2030-01-01') }),
])('periods hold their instants, and follow one another without a gap', (zone, period, at) => {
  const { around: span } = calendar(zone)
  const { from_ms, to_ms } = span(at, period)
  expect(from_ms).toBeLessThanOrEqual(at)
  expect(to_ms).toBeGreaterThan(at)
  expect(span(from_ms, period)).toEqual({ from_ms, to_ms })
  expect(span(to_ms, period).from_ms).toBe(to_ms)
  expect(span(from_ms - 1, period).to_ms).toBe(from_ms)
})
