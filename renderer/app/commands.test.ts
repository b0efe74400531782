import { fault } from '@contract/fault'
import type { AssetId, SessionId } from '@contract/ids'
import type { RuntimeView } from '@contract/routes'
import type { SessionView } from '@contract/sessions'
import { expect, test } from 'vitest'
import { createFakeClient, Refusal } from '../client/fake'
import { createApp } from './create-app'
import { canRun, commands, runCommand } from './commands'
import { createDrafts } from './drafts'
import { stepOutOfLibrary } from './library-actions'
import { routeInForce } from './route-in-force'
import { appWords } from './words'

const memory = () => {
  const held = new Map<string, string>()
  return {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
  }
}
const makeApp = (handlers: Parameters<typeof createFakeClient>[0] = {}) => {
  const fake = createFakeClient(handlers)
  return { ...fake, app: createApp(fake.client, createDrafts(fake.client, memory())) }
}

test('ids and keys are each used once, and every command has words', () => {
  const ids = commands.map((command) => command.id)
  const keys = commands.flatMap((command) => command.keys ?? [])
  expect(new Set(ids).size).toBe(ids.length)
  expect(new Set(keys).size).toBe(keys.length)
  expect([...ids].sort()).toEqual(Object.keys(appWords.words.commands).sort())
})

test('the native menu names commands that exist, with the same keys', () => {
  const menu = {
    'chat.new': 'N',
    'chats.search': 'Shift+F',
    'models.choose': 'Shift+M',
    'palette.open': 'K',
    'library.open': 'Shift+L',
  }
  for (const [id, keys] of Object.entries(menu)) {
    expect(commands.find((command) => command.id === id)?.keys, id).toBe(`$mod+${keys}`)
  }
})

test('nothing but the way out works before the daemon is ready', () => {
  const { app } = makeApp()
  const ready = commands.filter((command) => canRun(app, command)).map((command) => command.id)
  expect(ready).toEqual(['demo.explore', 'app.reveal', 'app.quit'])
})

test('unknown names and names out of place do nothing', () => {
  const { app, asked } = makeApp()
  runCommand(app, 'no.such')
  runCommand(app, 'chat.delete')
  expect(asked).toEqual([])
})

test('panels open beside, or over a narrow window', () => {
  const { app } = makeApp({ 'preferences.set': () => new Refusal(fault('not_ready', '')) })
  app.store.setState({ daemon: { phase: 'ready', demo: false } })
  runCommand(app, 'inspector.toggle')
  expect(app.store.getState().preferences.inspector_open).toBe(true)
  app.store.setState({ isNarrow: true })
  runCommand(app, 'sidebar.toggle')
  expect(app.store.getState().drawer).toBe('chats')
  runCommand(app, 'sidebar.toggle')
  expect(app.store.getState().drawer).toBe(null)
})

test('the library takes the place of the chat, whose commands rest; Escape leads out of it step by step', async () => {
  const { app } = makeApp()
  app.store.setState({ daemon: { phase: 'ready', demo: false } })
  app.chat.setState({ sessionId: 's1' as SessionId })
  const deleteChat = commands.find(({ id }) => id === 'chat.delete')
  expect(deleteChat && canRun(app, deleteChat)).toBe(true)
  runCommand(app, 'library.open')
  expect(app.store.getState().page).toBe('library')
  expect(deleteChat && canRun(app, deleteChat)).toBe(false)
  app.library.open('a1' as AssetId)
  stepOutOfLibrary(app)
  expect([app.store.getState().page, app.library.getState().opened]).toEqual(['library', null])
  stepOutOfLibrary(app)
  expect(app.store.getState().page).toBe('chat')
  runCommand(app, 'library.open')
  runCommand(app, 'chat.new')
  expect(app.store.getState().page).toBe('chat')
})

test('drafts: one per chat, written through, an emptied one at once', async () => {
  const { client, asked } = createFakeClient()
  const drafts = createDrafts(client, memory())
  const id = 's1' as SessionId
  expect(drafts.read(id, 'stored')).toBe('stored')
  drafts.write(id, 'half a')
  drafts.write(id, 'half a thought')
  expect(asked).toEqual([])
  drafts.flush()
  expect(asked.map(({ input }) => input)).toEqual([{ session_id: id, draft: 'half a thought' }])
  drafts.write(id, '')
  expect(asked).toHaveLength(2)
  drafts.write(null, 'to come')
  expect(drafts.read(null, undefined)).toBe('to come')
  drafts.forget('own')
  expect(drafts.read(null, undefined)).toBe('to come')
  expect(drafts.read(id, 'stored')).toBe('stored')
})

test('which route and model are in force', () => {
  const route = (route_id: string, model: string) => ({ route_id, model })
  // Only what the rule reads.
  const runtime = {
    ...route('openrouter', 'a/b'),
    routes: [route('openrouter', 'old'), route('work', 'c/d')],
  } as unknown as RuntimeView
  const session = (more: Partial<SessionView>) => more as SessionView
  expect(routeInForce(runtime, null, null)).toEqual({ provider: 'openrouter', model: 'a/b' })
  expect(routeInForce(runtime, null, { provider: 'x', model: 'y' })).toEqual({ provider: 'x', model: 'y' })
  expect(routeInForce(runtime, session({}), { provider: 'x', model: 'y' })?.model).toBe('a/b')
  expect(routeInForce(runtime, session({ provider: 'work' }), null)).toEqual({
    provider: 'work',
    model: 'c/d',
  })
  expect(routeInForce(runtime, session({ provider: 'gone' }), null)).toBe(null)
  expect(routeInForce(null, session({}), null)).toBe(null)
})

test('a dictation that goes on can be ended in the library, and none begins there', () => {
  const { app } = makeApp()
  const dictate = commands.find(({ id }) => id === 'dictate')
  if (!dictate) throw new Error('there is no such command')
  app.store.setState({ daemon: { phase: 'ready', demo: false }, page: 'library' })
  expect(canRun(app, dictate)).toBe(false)
  app.dictation.setState({ phase: 'recording' })
  expect(canRun(app, dictate)).toBe(true)
})
