import type { Locator, Page } from '@playwright/test'
import type { Transcript } from '@contract/sessions'
import type { Provider } from './demo-provider'
import type { LaunchOptions, RunningApp } from './launch-app'
import { writeRoutes } from './routes'
import { expect } from './test'

/** Launch options of a person who has connected: a route to the provider, the key in the environment. */
export function connected(provider: Provider, options: LaunchOptions = {}): LaunchOptions {
  const routesFile = writeRoutes({ prefix: provider.prefix, key: { env: 'KHEISH_E2E_KEY' } })
  return { routesFile, ...options, env: { KHEISH_E2E_KEY: 'sk-or-v1-e2e', ...options.env } }
}

export const messageBox = (page: Page): Locator => page.getByRole('textbox', { name: 'Message' })
export const answers = (page: Page): Locator => page.getByRole('article', { name: 'Assistant' })
export const lastAnswer = (page: Page): Locator => answers(page).last()
export const chatList = (page: Page): Locator => page.getByRole('navigation', { name: 'Chats' })

/** Types a message and sends it with the key a person would use. */
export async function say(page: Page, text: string): Promise<void> {
  await messageBox(page).fill(text)
  await messageBox(page).press('Enter')
}

/** Waits until nothing is being written in the open chat. */
export async function untilQuiet(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Stop' })).toHaveCount(0, { timeout: 30_000 })
}

/** The open conversation as the daemon has it. */
export async function transcript(app: RunningApp): Promise<Transcript> {
  const listed = await app.ask('sessions.list', { limit: 1 })
  if (!listed.ok) throw new Error(listed.fault.code)
  const [session] = (listed.value as { readonly sessions: readonly { readonly session_id: string }[] })
    .sessions
  if (!session) throw new Error('there is no chat')
  const answer = await app.ask('sessions.transcript', { session_id: session.session_id, limit: 60 })
  if (!answer.ok) throw new Error(answer.fault.code)
  return answer.value as Transcript
}

/** What a message says, its text parts one after the other. */
export const textOf = (
  message: { readonly parts: readonly { readonly kind: string }[] } | undefined,
): string =>
  (message?.parts ?? [])
    .map((part) => (part.kind === 'text' ? (part as unknown as { readonly text: string }).text : ''))
    .join('')
