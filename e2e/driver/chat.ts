import type { Locator, Page } from '@playwright/test'
import type { Transcript } from '@contract/sessions'
import type { RunningApp } from './launch-app'
import { expect } from './test'

export { connected } from './connected'

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
