import { get } from 'node:http'
import { expect, test, vi } from 'vitest'
import { createBrowser } from './oauth-callback'
import { wordsFor } from './words'

const open = () => {
  const openExternal = vi.fn(async () => undefined)
  return { openExternal, browser: createBrowser(openExternal, () => wordsFor('en', 'en')) }
}
const visitAs = (url: string, host: string) =>
  new Promise<number>((resolve, reject) => {
    get(url.replace('localhost', '127.0.0.1'), { headers: { host }, agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    }).on('error', reject)
  })

test('the first visit to the secret path is the answer, with a page for the person; then nobody listens', async () => {
  const { url, visit } = await open().browser.awaitCallback(new AbortController().signal)
  const { origin, pathname } = new URL(url)
  expect(pathname.length).toBeGreaterThan(40)
  expect((await fetch(`${origin}/?code=stolen`)).status).toBe(404)
  expect((await fetch(`${origin}${pathname}x?code=stolen`)).status).toBe(404)
  expect((await fetch(`${url}?code=stolen`, { method: 'POST' })).status).toBe(404)
  expect(await visitAs(`${url}?code=stolen`, 'evil.example:80')).toBe(404)
  const answer = await fetch(`${url}?code=abc`)
  expect(await answer.text()).toContain('You can close this page.')
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect((await visit).get('code')).toBe('abc')
  await expect(fetch(url)).rejects.toThrow()
})
test('an abort ends the waiting and the server', async () => {
  const stop = new AbortController()
  const { url, visit } = await open().browser.awaitCallback(stop.signal)
  stop.abort(new Error('enough'))
  await expect(visit).rejects.toThrow('enough')
  await expect(fetch(url)).rejects.toThrow()
  await expect(open().browser.awaitCallback(stop.signal)).rejects.toThrow('enough')
})
test.each([
  ['file:///etc/passwd'],
  ['javascript:alert(1)'],
  ['http://openrouter.ai/auth'],
  ['https://me:pw@openrouter.ai'],
  [''],
])('%s is not opened', async (url) => {
  const { openExternal, browser } = open()
  await expect(browser.open(url)).rejects.toThrow()
  expect(openExternal).not.toHaveBeenCalled()
})
test.each([['https://openrouter.ai/auth?callback_url=x'], ['http://127.0.0.1:4000/auth']])(
  '%s is opened',
  async (url) => {
    const { openExternal, browser } = open()
    await browser.open(url)
    expect(openExternal).toHaveBeenCalledExactlyOnceWith(url)
  },
)
