import { afterEach, describe, expect, test } from 'vitest'
import { defaultPreferences } from '@contract/default-preferences'
import type { House, HouseOptions } from './testing'
import { openHouse } from './testing'

let house: House
const open = async (options?: HouseOptions) => {
  house = await openHouse(options)
  return house
}
afterEach(() => house.close())

describe('chats (contract 6.1)', () => {
  test('an id chosen twice is the same chat', async () => {
    await open()
    const first = await house.ask('sessions.create', { session_id: 'mine', title: 'A title' })
    expect(await house.ask('sessions.create', { session_id: 'mine', title: 'Another' })).toEqual(first)
    expect((await house.ask('sessions.list', {})).total).toBe(1)
  })

  test('small changes are told, a draft is kept but not told, a given title is not overwritten', async () => {
    await open()
    const session_id = await house.chat()
    await house.ask('sessions.rename', { session_id, title: '  My name ' })
    await house.ask('sessions.saveDraft', { session_id, draft: 'half a thought' })
    await house.ask('sessions.input', { session_id, idempotency_key: 'a', content: 'Something else' })
    expect(await house.ask('sessions.get', { session_id })).toMatchObject({
      title: 'My name',
      draft: 'half a thought',
    })
    await house.until('session.changed', (event) => event.session.title === 'My name')
    const ghost = { session_id: 'ghost' }
    for (const why of [
      await house.refused('sessions.rename', { ...ghost, title: 'x' }),
      await house.refused('sessions.saveDraft', { ...ghost, draft: 'x' }),
      await house.refused('sessions.markSeen', ghost),
    ]) {
      expect(why).toMatchObject({ code: 'session_not_found' })
    }
  })

  test('the newest is first; a page starts after the last row of the page before', async () => {
    await open()
    for (const title of ['a', 'b', 'c']) {
      await house.ask('sessions.create', { title })
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    const first = await house.ask('sessions.list', { limit: 2 })
    expect(first).toMatchObject({ total: 3, sessions: [{ title: 'c' }, { title: 'b' }] })
    const { updated_at_ms, session_id } = first.sessions[1]!
    const second = await house.ask('sessions.list', { limit: 2, before: { updated_at_ms, session_id } })
    expect(second.sessions.map((session) => session.title)).toEqual(['a'])
  })

  test('export reads like the chat, for people and for programs', async () => {
    await open({ script: [{ text: 'Four.' }] })
    const { session_id } = await house.ask('sessions.create', { title: 'Sums: 2/2 "now"' })
    await house.ask('sessions.input', { session_id, idempotency_key: 'a', content: 'What is two and two?' })
    const markdown = await house.ask('sessions.export', { session_id, format: 'markdown' })
    expect(markdown).toEqual({
      file_name: 'Sums 2 2 now.md',
      text: '# Sums: 2/2 "now"\n\n## You\n\nWhat is two and two?\n\n## Assistant (openai/gpt-5.4-mini)\n\nFour.\n',
    })
    const json = await house.ask('sessions.export', { session_id, format: 'json' })
    expect(JSON.parse(json.text)).toMatchObject({
      version: 1,
      session: { session_id },
      messages: [{ role: 'user' }, { role: 'assistant', receipt: { cost: { basis: 'reported' } } }],
    })
    const empty = await house.ask('sessions.export', { session_id: await house.chat(), format: 'markdown' })
    expect(empty).toEqual({ file_name: 'chat.md', text: '# Chat\n' })
  })

  test('search finds words of questions, answers and titles, and nothing for nothing', async () => {
    await open({ script: [{ text: 'The capital is Lisbon.' }] })
    const session_id = await house.chat()
    await house.ask('sessions.input', { session_id, idempotency_key: 'a', content: 'Portugal?' })
    const { hits } = await house.ask('sessions.search', { query: 'lisb' })
    expect(hits).toMatchObject([{ session_id, role: 'assistant' }])
    const [from, to] = hits[0]!.marks[0]!
    expect(hits[0]!.excerpt.slice(from, to).toLowerCase()).toContain('lisb')
    expect((await house.ask('sessions.search', { query: 'portugal' })).hits.map((hit) => hit.role)).toContain(
      'user',
    )
    expect((await house.ask('sessions.search', { query: '  ' })).hits).toEqual([])
  })

  test('a long chat comes in pages from its end', async () => {
    await open()
    const session_id = await house.chat()
    for (const key of ['a', 'b', 'c']) {
      await house.ask('sessions.input', { session_id, idempotency_key: key, content: key })
    }
    const last = await house.ask('sessions.transcript', { session_id, limit: 4 })
    expect(last).toMatchObject({ has_more: true, messages: { length: 4 } })
    const before = await house.ask('sessions.transcript', {
      session_id,
      limit: 4,
      before: last.messages[0]!.message_id,
    })
    expect(before).toMatchObject({ has_more: false, messages: { length: 2 } })
    expect(await house.refused('sessions.transcript', { session_id, before: 'ghost' })).toMatchObject({
      code: 'message_not_found',
    })
  })
})

describe('preferences', () => {
  test('have defaults, are told, and last', async () => {
    await open()
    expect(await house.ask('preferences.get', {})).toEqual(defaultPreferences)
    await house.ask('preferences.set', { theme: 'dark', text_scale: 1.2 })
    expect((await house.until('preferences.changed')).preferences).toMatchObject({
      theme: 'dark',
      send_with: 'enter',
    })
    await house.restart()
    expect(await house.ask('preferences.get', {})).toEqual({
      ...defaultPreferences,
      theme: 'dark',
      text_scale: 1.2,
    })
  })
})

describe('the demo', () => {
  test('is ready at once, on one route, and asks nobody for a key', async () => {
    await open({ routes: false, hasKey: false })
    await house.restart({ demo: { prefix: house.provider.prefix } })
    expect(await house.ask('daemon.state', {})).toEqual({ phase: 'ready', demo: true })
    expect((await house.ask('runtime.get', {})).routes).toMatchObject([
      { route_id: 'openrouter', provider: 'openrouter' },
    ])
    const { run } = await house.ask('sessions.input', {
      session_id: await house.chat(),
      idempotency_key: 'a',
      content: 'x',
    })
    expect(run.status).toBe('completed')
    expect(await house.refused('doctor.routes', {})).toMatchObject({ code: 'not_ready' })
  })
})
