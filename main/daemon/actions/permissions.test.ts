import type { DaemonEvent } from '@contract/events'
import { expect, test } from 'vitest'
import { fakeClock } from '../ports/clock.fake'
import { fakeIds } from '../ports/ids.fake'
import { fakeTool, fakeTools } from '../ports/tools.fake'
import { memoryStore, sessionId } from '../store/sample'
import { permissions } from './permissions'

const s1 = sessionId('s1')

function setUp() {
  const store = memoryStore()
  store.sessions.create({ session_id: s1, title: '', at_ms: 1 })
  const told: string[] = []
  const publish = ({ type }: DaemonEvent): void => void told.push(type)
  const { toolbox } = fakeTools(
    fakeTool('web_fetch', () => ({ output: '' })),
    fakeTool('generate_image', () => ({ output: '' }), { tool_class: 'media' }),
  )
  const on = permissions({ store, toolbox, clock: fakeClock(5_000), ids: fakeIds(), publish })
  const mode = (permission_mode: 'plan' | 'bypassPermissions'): void => {
    const before = store.runtime.get()
    store.runtime.put({ ...before, permission_mode, revision: before.revision + 1 }, before.revision)
  }
  return { store, told, on, mode }
}
const code = (code: string) => expect.objectContaining({ fault: expect.objectContaining({ code }) })

test('a check looks at the tool, the mode and the rules, and leaves no trace', () => {
  const { on, mode, told, store } = setUp()
  expect(on.check({ tool_name: 'web_fetch' })).toEqual({
    behaviour: 'allow',
    mode: 'default',
    tool_class: 'read',
  })
  const rule = on.setRule({ scope: 'user', pattern: 'web_*', behaviour: 'ask' })
  expect(on.check({ tool_name: 'web_fetch' })).toMatchObject({ behaviour: 'ask', rule })
  on.setRule({ scope: 'session', session_id: s1, pattern: 'web_fetch', behaviour: 'deny' })
  expect(on.check({ tool_name: 'web_fetch', session_id: s1 }).behaviour).toBe('deny')
  expect(on.check({ tool_name: 'web_fetch' }).behaviour).toBe('ask')
  mode('plan')
  expect(on.check({ tool_name: 'generate_image' }).behaviour).toBe('deny')
  expect(told).toEqual(['permissions.changed', 'permissions.changed'])
  expect(store.approvals.list({ pending: false, limit: 9 })).toEqual([])
  expect(store.journal.list(s1, { after: 0, limit: 9 })).toEqual([])
})

test('a name that nobody knows is looked at as strictly as there is', () => {
  const { on, mode } = setUp()
  expect(on.check({ tool_name: 'format_disk' })).toMatchObject({ tool_class: 'shell', behaviour: 'ask' })
  mode('bypassPermissions')
  expect(on.check({ tool_name: 'format_disk' }).behaviour).toBe('allow')
})

test('a rule takes the place of the one with the same scope and pattern, and can be removed', () => {
  const { on, told } = setUp()
  const first = on.setRule({ scope: 'user', pattern: 'web_*', behaviour: 'ask' })
  const second = on.setRule({ scope: 'user', pattern: 'web_*', behaviour: 'deny' })
  expect(second).toEqual({ ...first, behaviour: 'deny' })
  on.setRule({ scope: 'project', pattern: 'web_*', behaviour: 'allow' })
  on.setRule({ scope: 'session', session_id: s1, pattern: '*', behaviour: 'ask' })
  expect(on.listRules({}).rules.map(({ scope }) => scope)).toEqual(['user', 'project'])
  expect(on.listRules({ session_id: s1 }).rules.map(({ scope }) => scope)).toEqual([
    'user',
    'project',
    'session',
  ])
  on.deleteRule({ rule_id: first.rule_id })
  expect(on.listRules({}).rules.map(({ scope }) => scope)).toEqual(['project'])
  expect(() => on.deleteRule({ rule_id: first.rule_id })).toThrow(code('permission_rule_not_found'))
  expect(told).toHaveLength(5)
})

test('what makes no sense is refused and told to nobody', () => {
  const { on, told } = setUp()
  const rule = { scope: 'user', pattern: 'web_fetch', behaviour: 'ask' } as const
  expect(() => on.setRule({ ...rule, pattern: '*fetch' })).toThrow(code('permission_rule_invalid'))
  expect(() => on.setRule({ ...rule, scope: 'session' })).toThrow(code('permission_rule_invalid'))
  expect(() => on.setRule({ ...rule, session_id: s1 })).toThrow(code('permission_rule_invalid'))
  const ghost = sessionId('ghost')
  expect(() => on.setRule({ ...rule, scope: 'session', session_id: ghost })).toThrow(
    code('session_not_found'),
  )
  expect(() => on.check({ tool_name: 'a', session_id: ghost })).toThrow(code('session_not_found'))
  expect(() => on.listRules({ session_id: ghost })).toThrow(code('session_not_found'))
  expect([told, on.listRules({}).rules]).toEqual([[], []])
})
