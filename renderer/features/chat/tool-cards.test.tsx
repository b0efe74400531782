import type { AssetId, MessageId, RunId, SessionId } from '@contract/ids'
import type { Message, Part } from '@contract/message'
import type { Approval } from '@contract/permissions'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, describe, expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { setLanguage } from '../../lib/words'
import { Answer } from './answer'
import { callKey } from './call-progress'
import { ChatContext, type ChatContextValue } from './chat-context'
import type { ChatState, ChatStore } from './chat-store'
import { emptyView } from './chat-view'

type Call = Extract<Part, { kind: 'tool_call' }>
const call = (more: Partial<Call> = {}): Call => ({
  kind: 'tool_call',
  call_id: 'c',
  name: 'web_fetch',
  arguments: '{"url":"https://example.com/tides?day=1"}',
  state: 'done',
  ...more,
})
const message = (parts: readonly Part[], more: Partial<Message> = {}): Message => ({
  message_id: 'a1' as MessageId,
  session_id: 's1' as SessionId,
  parent_id: 'u1' as MessageId,
  role: 'assistant',
  parts,
  created_at_ms: 0,
  run_id: 'r1' as RunId,
  seen: 1,
  versions: ['a1' as MessageId],
  status: 'running',
  ...more,
})
const asked: Approval = {
  approval_id: 'p',
  run_id: 'r1' as RunId,
  session_id: 's1' as SessionId,
  message_id: 'a1' as MessageId,
  call_id: 'c',
  tool_name: 'web_fetch',
  tool_class: 'read',
  arguments: '',
  requested_at_ms: 0,
  status: 'pending',
}

/** The answer as a page would have it, in one line. */
function drawn(shown: Message, state: Partial<ChatState> = {}): string {
  const store = createStore(() => ({ ...emptyView, ...state }) as ChatState)
  const nothing = () => undefined
  const doors = {
    store: store as unknown as ChatStore,
    onOpenAsset: nothing,
    renderReadAloud: nothing,
    renderSpoken: nothing,
  } as unknown as ChatContextValue
  return renderToStaticMarkup(
    <ChatContext value={doors}>
      <Answer message={shown} run={null} isLast={false} />
    </ChatContext>,
  )
}
const wordsOf = (markup: string): string => markup.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

afterEach(() => setLanguage('en', []))

describe('a call that waits', () => {
  const waiting = message([call({ state: 'waiting' })], { status: 'waiting_for_approval' })

  test('is a card with its name, the whole address and three answers', () => {
    const markup = drawn(waiting, { approvals: [asked] })
    const [, title] = /role="alertdialog"[^>]* aria-labelledby="([^"]+)"/.exec(markup) ?? []
    expect(markup).toContain(`<h3 id="${title}" class="text-sm font-medium">Approve web_fetch</h3>`)
    const words = wordsOf(markup)
    expect(words).toContain('read a page of example.com: https://example.com/tides?day=1')
    expect(words).toMatch(/Allow once Allow for this chat Deny/)
    expect(words).toContain('Waiting for your approval: web_fetch')
  })

  test('says what else one press decides', () => {
    const more = (id: string, tool_name: string): Approval => ({
      ...asked,
      approval_id: id,
      call_id: id,
      tool_name,
    })
    const words = wordsOf(drawn(waiting, { approvals: [asked, more('q', 'web_fetch'), more('r', 'rm')] }))
    expect(words).toContain('and 1 more call of the same tool')
  })

  test('has no buttons once it is decided, and is a plain card where nobody was asked', () => {
    const words = wordsOf(drawn(waiting, { approvals: [{ ...asked, status: 'denied' }] }))
    expect(words).toContain('Denied')
    expect(words).not.toContain('Allow once')
    expect(drawn(waiting)).not.toContain('alertdialog')
  })

  test('holds the other calls of its turn', () => {
    const other = call({ call_id: 'd', name: 'web_search', arguments: '{}', state: 'building' })
    const shown = message([other, ...waiting.parts], { status: 'running' })
    expect(wordsOf(drawn(shown, { approvals: [asked] }))).toContain('Search the web Waits for the others')
    expect(wordsOf(drawn(shown))).toContain('Search the web Preparing')
  })

  test('speaks German', async () => {
    await setLanguage('de', [])
    expect(wordsOf(drawn(waiting, { approvals: [asked] }))).toMatch(
      /web_fetch erlauben .*Einmal erlauben Für diesen Chat erlauben Ablehnen/,
    )
  })
})

describe('a card', () => {
  test.each<[string, Partial<Call>, RegExp]>([
    ['done', { facts: { duration_ms: 1_200 } }, /Open a web page example\.com Done 1\.2 sec/],
    ['unknown to us', { name: 'x__y' }, /x__y Done/],
    [
      'denied',
      { state: 'failed', facts: { denied: true } },
      /Not allowed This was not allowed\. Nothing was done\./,
    ],
    [
      'never sent',
      { state: 'failed', facts: { outcome: 'not_dispatched' } },
      /Not done This ended before it was sent\./,
    ],
    [
      'of no known end',
      { state: 'failed', facts: { outcome: 'unknown' } },
      /Outcome unknown This was cut off while it was under way\./,
    ],
    ['failed', { state: 'failed', output: 'Error: It is private.' }, /Failed It is private\./],
  ])('%s', (_, more, words) => {
    expect(wordsOf(drawn(message([call(more)], { status: 'completed' })))).toMatch(words)
  })

  test('of pictures says which one is being drawn, and shows what there is of it', () => {
    const name = 'generate_image'
    const shown = message([call({ name, arguments: '{"prompt":"A cat","count":3}', state: 'running' })])
    const partial_uri = 'asset://partial/x'
    const progress = {
      [callKey(shown.message_id, 'c')]: { stage: 'generating', done: 1, all: 3, partial_uri },
    }
    const markup = drawn(shown, { progress: progress as ChatState['progress'] })
    expect(wordsOf(markup)).toMatch(/Make 3 pictures A cat Drawing 2 of 3…/)
    expect(markup).toContain(`<img src="${partial_uri}"`)
  })
})

describe('a picture at the person’s own wish', () => {
  const direct = (more: Partial<Call>, parts: readonly Part[] = []): Message =>
    message([call({ name: 'generate_image', direct: true, state: 'running', ...more }), ...parts])

  test('has its place kept in the shape asked for, and can be stopped', () => {
    const markup = drawn(direct({ arguments: '{"prompt":"A cat","size":"1024x1536"}' }))
    expect(markup).toContain('style="width:307px;aspect-ratio:0.6666666666666666"')
    expect(markup).toContain('aria-label="Stop: Make a picture"')
    expect(markup).not.toContain('aria-expanded')
  })

  test('keeps the shape of the picture that it changes', () => {
    const asset = { asset_id: 'x' as AssetId, media_type: 'image/png', file_name: 'x', byte_length: 1 }
    const source = message([{ kind: 'attachment', asset: { ...asset, width: 200, height: 100 } }], {
      message_id: 'u1' as MessageId,
      role: 'user',
    })
    const editing = direct({ name: 'edit_image', arguments: '{"prompt":"Sky","source_asset_ids":["x"]}' })
    expect(drawn(editing, { messages: [source, editing] })).toContain('style="width:460px;aspect-ratio:2"')
  })

  test('that was stopped is a card that says so', () => {
    const words = wordsOf(drawn({ ...direct({}), status: 'cancelled' }))
    expect(words).toContain('Make a picture Stopped')
    // As the daemon has it: nothing has failed, and nothing has arrived.
    const output = { state: 'failed', output: 'Stopped.', facts: { outcome: 'stopped' } } as const
    const told = wordsOf(drawn({ ...direct(output), status: 'cancelled' }))
    expect(told).toContain('Make a picture Stopped')
    expect(told).not.toMatch(/Failed|is kept/)
  })
})
