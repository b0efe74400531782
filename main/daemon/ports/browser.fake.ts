import type { Browser } from './browser'

export interface FakeBrowser extends Browser {
  readonly opened: string[]
  /** The person comes back from the sign-in page with this query. */
  comeBack(query: Record<string, string>): void
}

export function fakeBrowser(): FakeBrowser {
  const opened: string[] = []
  let answer: ((query: URLSearchParams) => void) | undefined
  return {
    opened,
    open: async (url) => void opened.push(url),
    comeBack: (query) => answer?.(new URLSearchParams(query)),
    awaitCallback: async (signal) => ({
      url: 'http://127.0.0.1:4999/callback',
      visit: new Promise((resolve, reject) => {
        answer = resolve
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      }),
    }),
  }
}
