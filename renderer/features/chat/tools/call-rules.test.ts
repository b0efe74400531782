import type { AssetId } from '@contract/ids'
import type { AssetRef, Part, ToolFacts } from '@contract/message'
import type { RunStatus } from '@contract/runs'
import { describe, expect, test } from 'vitest'
import { failureOf } from './failure-of'
import { hiddenAssets, shownIn } from './hidden-assets'
import { readCall, type CallGist } from './read-call'
import { wordsOf } from './spoken-words'

const gist = (name: string, input: unknown): CallGist =>
  readCall({ name, arguments: typeof input === 'string' ? input : JSON.stringify(input) })

describe('what a call is about', () => {
  test.each<[name: string, input: unknown, expected: Partial<CallGist>]>([
    [
      'web_fetch',
      { url: 'https://www.example.com:8443/a?b' },
      { host: 'example.com:8443', subject: 'https://www.example.com:8443/a?b' },
    ],
    ['web_fetch', { url: 'nonsense' }, { subject: 'nonsense' }],
    ['web_search', { query: 'tides' }, { subject: 'tides' }],
    [
      'generate_image',
      { prompt: 'A cat', count: 3, size: '1536x1024' },
      { subject: 'A cat', count: 3, aspect: 1.5 },
    ],
    ['generate_image', { prompt: 'A cat', count: 99, size: 'square' }, { count: 4, aspect: 1 }],
    ['generate_image', { prompt: 'A cat', size: 'huge' }, { count: 1 }],
    ['generate_image', { prompt: 'A cat', size: '0x0' }, { count: 1 }],
    [
      'generate_image',
      { prompt: 'A', size: '1024x1024', options: { aspect_ratio: '16:9' } },
      { aspect: 16 / 9 },
    ],
    ['edit_image', { prompt: 'Sky', image_asset_ids: ['a', 7, 'b'] }, { sources: ['a', 'b'] as AssetId[] }],
    ['edit_image', { prompt: 'Sky', source_asset_ids: ['a'] }, { sources: ['a'] as AssetId[] }],
    [
      'generate_audio',
      { input: 'Good night.', prompt: 'x' },
      { tool: 'generate_audio', subject: 'Good night.' },
    ],
    ['some_server__tool', { prompt: 'x' }, { tool: 'other' }],
    ['web_search', '{"query":"ti', { tool: 'web_search', subject: '' }],
    ['web_search', '["query"]', { subject: '' }],
    ['web_search', { query: 7 }, { subject: '' }],
  ])('%s %j', (name, input, expected) => {
    expect(gist(name, input)).toMatchObject(expected)
    if (!('aspect' in expected)) expect(gist(name, input)).not.toHaveProperty('aspect')
  })
})

describe('why a call did not work', () => {
  const why = (
    more: { output?: string; facts?: ToolFacts; state?: 'failed' | 'running' | 'done' },
    status?: RunStatus,
  ) => failureOf({ state: 'failed', ...more }, status)

  test.each<[Parameters<typeof why>[0], ReturnType<typeof failureOf>]>([
    [{ facts: { denied: true }, output: 'no' }, { kind: 'denied' }],
    [{ facts: { outcome: 'stopped' }, output: 'Stopped.' }, { kind: 'stopped' }],
    [{ facts: { outcome: 'not_dispatched' } }, { kind: 'not_dispatched' }],
    [{ facts: { outcome: 'unknown' } }, { kind: 'unknown' }],
    [{ output: 'The host is private.' }, { kind: 'error', said: 'The host is private.' }],
    [{ output: 'Error: it is private.' }, { kind: 'error', said: 'it is private.' }],
    [{ output: '{"detail":"Too large","code":"x"}' }, { kind: 'error', said: 'Too large' }],
    [{ output: '{"error":{"detail":"Too large"}}' }, { kind: 'error', said: 'Too large' }],
    [{ output: '{"error":"Too large"}' }, { kind: 'error', said: 'Too large' }],
    [{ output: '[1]' }, { kind: 'error', said: '' }],
    [{}, { kind: 'error', said: '' }],
  ])('%j', (more, failure) => {
    expect(why(more)).toEqual(failure)
  })

  test('one that was under way when its answer was stopped is stopped, and runs as long as that runs', () => {
    expect(why({ state: 'running' }, 'cancelled')).toEqual({ kind: 'stopped' })
    expect(why({ state: 'running' }, 'running')).toBeUndefined()
    expect(why({ state: 'done' }, 'cancelled')).toBeUndefined()
  })
})

test('what was made and not shown is told once, in the order made', () => {
  const asset = (id: string): AssetRef => ({
    asset_id: id as AssetId,
    media_type: 'image/png',
    file_name: id,
    byte_length: 1,
  })
  const call = (...made: string[]): Part => ({
    kind: 'tool_call',
    call_id: made.join(),
    name: 'generate_image',
    arguments: '{}',
    state: 'done',
    facts: { assets: made.map(asset) },
  })
  const shown: Part = { kind: 'attachment', asset: asset('b'), emitted: true }
  const parts = [call('a', 'b'), { kind: 'text', text: 'x' }, shown, call('c', 'a')] as const
  expect(hiddenAssets(parts).map(({ asset_id }) => asset_id)).toEqual(['a', 'c'])
  expect(hiddenAssets([call('a', 'b')], shownIn(parts)).map(({ asset_id }) => asset_id)).toEqual(['a'])
})

test('the words of a recording are those of the call that made it', () => {
  const asset: AssetRef = {
    asset_id: 'a' as AssetId,
    media_type: 'audio/mpeg',
    file_name: 'a',
    byte_length: 1,
  }
  const call: Part = {
    kind: 'tool_call',
    call_id: 'c',
    name: 'generate_audio',
    arguments: '{"input":"Good night."}',
    state: 'done',
    facts: { assets: [asset] },
  }
  expect(wordsOf([{ kind: 'text', text: 'x' }, call], 'a')).toBe('Good night.')
  expect(wordsOf([call], 'b')).toBeUndefined()
  expect(wordsOf([{ ...call, name: 'generate_image' }], 'a')).toBeUndefined()
})
