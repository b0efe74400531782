import type { RunRecord } from '../../ports/store'
import type { MessageId } from '@contract/ids'
import { describe, expect, test } from 'vitest'
import { Unfetchable } from '../../core/net/unfetchable'
import type { PublicAnswer, PublicAsk, PublicFetch } from '../../ports/public-fetch'
import { pageText } from './page-text'
import { webFetch } from './web-fetch'
import { webSearch } from './web-search'

const call = {
  run: {} as RunRecord,
  message_id: 'm' as MessageId,
  call_id: 'c',
  signal: new AbortController().signal,
  progress: () => undefined,
  dispatch: () => undefined,
  paid: () => undefined,
}

function web(answer: Partial<Omit<PublicAnswer, 'body'>> & { body?: string } = {}) {
  const asked: { readonly url: string; readonly ask: PublicAsk }[] = []
  const fetch: PublicFetch = {
    get: async (url, ask) => {
      asked.push({ url, ask })
      return {
        final_url: url,
        redirects: 0,
        media_type: 'text/html',
        status: 200,
        headers: { 'content-type': 'text/html; charset=utf-8' },
        truncated: false,
        ...answer,
        body: new TextEncoder().encode(answer.body ?? ''),
      }
    },
  }
  return { fetch, asked }
}
const refusing: PublicFetch = {
  get: () => Promise.reject(new Unfetchable('refused', '127.0.0.1 is not a public address.')),
}

const block = (href: string, title: string, more = '') => `
  <div class="result results_links results_links_deep web-result ${more}">
    <h2 class="result__title"><a rel="nofollow" class="result__a" href="${href}">${title}</a></h2>
    <a class="result__snippet" href="${href}">What <b>${title}</b>
      says &amp; means</a>
  </div>`
const through = (url: string) => `//duckduckgo.com/l/?uddg=${encodeURIComponent(url)}&amp;rut=abc`
const page = [
  block('https://duckduckgo.com/y.js?ad_domain=shop.example', 'Buy now', 'result--ad'),
  block(through('https://nodejs.org/api/fs.html'), 'File <b>system</b>'),
  block(through('https://nodejs.org/api/fs.html'), 'The same again'),
  block('https://docs.example.com/fs', 'Docs'),
  block(through('http://10.0.0.1/admin'), 'Router'),
  block(through('javascript:alert(1)'), 'Script'),
  block('/settings', 'Their own page'),
  block(through('https://old.example.com/'), 'Old'),
].join('')

const search = (input: object, body = page, more = {}) => {
  const { fetch, asked } = web({ body, ...more })
  const tool = webSearch(fetch)
  return { asked, result: tool.run(input, call).then(({ output }) => output as Record<string, unknown>) }
}

test('a search is local, and shows each public hit once (contract 9.6, S42)', async () => {
  const { asked, result } = search({ query: ' node fs ', unknown: 1 })
  expect(await result).toEqual({
    query: 'node fs',
    engine: 'duckduckgo_html',
    implementation: 'local',
    provider: null,
    model: null,
    results: [
      {
        title: 'File system',
        url: 'https://nodejs.org/api/fs.html',
        snippet: 'What File system says & means',
        domain: 'nodejs.org',
      },
      {
        title: 'Docs',
        url: 'https://docs.example.com/fs',
        snippet: 'What Docs says & means',
        domain: 'docs.example.com',
      },
      {
        title: 'Old',
        url: 'https://old.example.com/',
        snippet: 'What Old says & means',
        domain: 'old.example.com',
      },
    ],
    returned_results: 3,
    citations: ['https://nodejs.org/api/fs.html', 'https://docs.example.com/fs', 'https://old.example.com/'],
    allowed_domains: [],
    blocked_domains: [],
    enable_image_understanding: false,
    sources_markdown:
      '- [File system](https://nodejs.org/api/fs.html)\n- [Docs](https://docs.example.com/fs)\n- [Old](https://old.example.com/)',
    citation_requirement: expect.any(String),
  })
  expect(asked.map(({ url }) => url)).toEqual(['https://html.duckduckgo.com/html/?q=node+fs'])
  expect(asked[0]?.ask.accept('text/html')).toBe(true)
})

test('domains and limit', async () => {
  const domains = { allowed_domains: ['https://Example.com/x'], blocked_domains: ['old.example.com'] }
  const { asked, result } = search({ query: 'fs', ...domains, limit: 99 })
  expect(await result).toMatchObject({
    returned_results: 1,
    results: [{ domain: 'docs.example.com' }],
    allowed_domains: ['example.com'],
    blocked_domains: ['old.example.com'],
  })
  expect(new URL(asked[0]?.url ?? '').searchParams.get('q')).toBe('fs site:example.com -site:old.example.com')
  expect(await search({ query: 'fs', limit: -3 }).result).toMatchObject({ returned_results: 1 })
})

test.each([
  [{}, page, {}, /query/],
  [{ query: 'a' }, page, {}, /2 characters/],
  [{ query: 7 }, page, {}, /string/],
  [{ query: 'ab', limit: 'many' }, page, {}, /whole number/],
  [{ query: 'ab', allowed_domains: 'x' }, page, {}, /list of strings/],
  [{ query: 'ab' }, 'Unusual traffic', { status: 202 }, /pause/],
  [{ query: 'ab' }, '', { status: 500 }, /500/],
])('a search for %j is told what is wrong', async (input, body, more, words) => {
  await expect(search(input, body, more).result).rejects.toThrow(words)
})

describe('the words of a page', () => {
  test.each([
    ['a <b>b</b>\n c<br>d', 'a b c\nd'],
    ['<ul><li>one<li>two</ul>three', 'one\ntwo\nthree'],
    ['<pre>  a\n    b</pre>  c', 'a\n    b\nc'],
    ['1 < 2 <3 a<!-- <p>no --> b <?x y?>c<!doctype html>', '1 < 2 <3 a b c'],
    ['<a title="a > b" x=1>t</a> <IMG alt=it\'s>u', 't u'],
    ['a<SCRIPT>no</p></script >b<svg/>c<style>no', 'abc'],
    ['&amp;lt; &eacute;&#x1F98A;', '&lt; é🦊'],
    ['a<p', 'a'],
    ['', ''],
  ])('%j', (html, text) => expect(pageText(html)).toBe(text))

  test.each(['<b>', '<div>', '<svg>', '<', '</a>', '<!--', '<a b="', '<!', '<pre>', '<script>', ' ', '&lt'])(
    'a mebibyte of %j takes no longer than others do',
    { timeout: 10_000 },
    (piece) => {
      expect(typeof pageText(piece.repeat(Math.floor((1024 * 1024) / piece.length)))).toBe('string')
    },
  )
})

test('a page is read as text, framed as somebody else’s (contract 9.7)', async () => {
  const html = `<html><head><title>Title</title><style>a{}</style><script>steal()</script></head>
    <body><h1>Head</h1><p>One <b>two</b></p><script>no()</script><p>Three &lt; four</p></body></html>`
  const { fetch, asked } = web({
    body: html,
    final_url: 'https://a.example/b',
    redirects: 1,
  })
  const { output } = await webFetch(fetch).run({ url: ' https://a.example/ ' }, call)
  expect(output).toMatchObject({
    url: 'https://a.example/',
    final_url: 'https://a.example/b',
    redirects: 1,
    status: 200,
    bytes_read: html.length,
    truncated: false,
  })
  const { body } = output as { readonly body: string }
  expect(body).toMatch(/Title[\s\S]*Head\nOne two\nThree < four/)
  expect(body).not.toMatch(/steal|no\(\)|a\{\}/)
  expect(body).toMatch(/^\[Beginning of a web page’s own words, https:\/\/a\.example\/b/)
  const taken = ['text/plain', 'application/ld+json', 'application/atom+xml', 'image/png', 'application/pdf']
  expect(taken.map((type) => asked[0]?.ask.accept(type))).toEqual([true, true, true, false, false])
  expect(asked[0]?.ask.most).toBe(1024 * 1024)
})

test('what is no page stays as it is, in its own letters; a status is a result', async () => {
  const { fetch } = web({
    body: '{"a": "<b>"}',
    status: 404,
    headers: { 'content-type': 'application/json', long: 'x'.repeat(5_000) },
  })
  const { output } = await webFetch(fetch).run({ url: 'https://a.example/' }, call)
  const { body, status, headers } = output as {
    body: string
    status: number
    headers: Record<string, string>
  }
  expect({ status, length: headers['long']?.length }).toEqual({ status: 404, length: 4_096 })
  expect(body).toContain('{"a": "<b>"}')
})

test.each([
  [{ url: 'http://127.0.0.1/' }, /not a public address/],
  [{}, /url is missing/],
  [[], /JSON object/],
])('%j is not fetched', async (input, words) => {
  await expect(webFetch(refusing).run(input, call)).rejects.toThrow(words)
})
