import type { SessionId } from '@contract/ids'
import { behaviours, ruleScopes, type Behaviour, type PermissionRule } from '@contract/permissions'
import { permissionModes, type PermissionMode } from '@contract/routes'
import { toolClasses, type ToolClass } from '@contract/tools'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { decide } from './decide'
import { isPattern, matches } from './match-rule'

const here = 'here' as SessionId
const ruleOf = (more: Partial<PermissionRule>): PermissionRule => ({
  rule_id: 'r',
  scope: 'user',
  pattern: '*',
  behaviour: 'allow',
  created_at_ms: 0,
  ...more,
})

/** Contract 9.8, row by row: default, acceptEdits, bypassPermissions, plan, dontAsk. */
const table: Readonly<Record<ToolClass, readonly Behaviour[]>> = {
  shell: ['ask', 'ask', 'allow', 'deny', 'deny'],
  write: ['ask', 'allow', 'allow', 'deny', 'deny'],
  read: ['allow', 'allow', 'allow', 'allow', 'allow'],
  media: ['allow', 'allow', 'allow', 'deny', 'allow'],
}
const cells = toolClasses.flatMap((tool_class) =>
  permissionModes.map((mode, at) => [tool_class, mode, table[tool_class][at]!] as const),
)

describe('a mode without rules', () => {
  test.each(cells)('%s in %s: %s', (tool_class, mode, behaviour) => {
    expect(decide({ tool_name: 'a', tool_class, mode, rules: [] })).toEqual({ behaviour, mode, tool_class })
  })
})

/** What a rule makes of every cell; `mode` where the mode stays. */
function ruled(behaviour: Behaviour, mode: PermissionMode, ofMode: Behaviour): Behaviour {
  if (behaviour === 'deny') return 'deny'
  if (mode === 'plan' && ofMode === 'deny') return 'deny'
  return behaviour === 'ask' && mode === 'dontAsk' ? 'deny' : behaviour
}

describe('a rule', () => {
  test.each(behaviours.flatMap((behaviour) => cells.map((cell) => [behaviour, ...cell] as const)))(
    '%s for %s in %s, which says %s',
    (behaviour, tool_class, mode, ofMode) => {
      const decision = decide({ tool_name: 'a', tool_class, mode, rules: [ruleOf({ behaviour })] })
      expect(decision.behaviour).toBe(ruled(behaviour, mode, ofMode))
    },
  )

  test('that decides is named; one that planning overrules is not', () => {
    const rule = ruleOf({ behaviour: 'allow' })
    const question = { tool_name: 'generate_image', tool_class: 'media', rules: [rule] } as const
    expect(decide({ ...question, mode: 'default' }).rule).toBe(rule)
    expect(decide({ ...question, mode: 'plan' })).toEqual({
      behaviour: 'deny',
      mode: 'plan',
      tool_class: 'media',
    })
  })
})

describe('of several rules', () => {
  /** `scope pattern` of each, in the order made; the last is the one that counts for `web_fetch`. */
  test.each<[rules: string[], strongest: number]>([
    [['user web_fetch', 'session *'], 1],
    [['user web_fetch', 'project *'], 1],
    [['project web_fetch', 'session web_*'], 1],
    [['session elsewhere', 'user *'], 1],
    [['user *', 'user web_fetch'], 1],
    [['user web_*', 'user web_fetch'], 1],
    [['user web_fetch*', 'user web_fetch'], 1],
    [['user web_*', 'user web_f*'], 1],
    [['user *', 'user w*'], 1],
    [['user web_f*', 'user web_*', 'user *'], 0],
    [['user web_fetch', 'user web_fetch'], 0],
    [['session web_*', 'session web_*'], 0],
    [['session web_search', 'session web_fetch2', 'user *'], 2],
  ])('%j: number %i', (texts, strongest) => {
    const rules = texts.map((text, at) => {
      const [scope, pattern] = text.split(' ') as [PermissionRule['scope'], string]
      const session = scope === 'session' ? { session_id: here } : {}
      return ruleOf({ rule_id: String(at), scope, pattern, ...session })
    })
    const decision = decide({
      tool_name: 'web_fetch',
      tool_class: 'read',
      mode: 'default',
      rules,
      session_id: here,
    })
    expect(decision.rule?.rule_id).toBe(String(strongest))
  })

  test('those of other chats count nowhere else, nor where there is no chat', () => {
    const rules = [ruleOf({ scope: 'session', session_id: 'there' as SessionId, behaviour: 'deny' })]
    const question = { tool_name: 'a', tool_class: 'read', mode: 'default', rules } as const
    expect(decide({ ...question, session_id: here }).behaviour).toBe('allow')
    expect(decide(question).behaviour).toBe('allow')
    expect(decide({ ...question, session_id: 'there' as SessionId }).behaviour).toBe('deny')
  })
})

const tool = fc.stringMatching(/^[a-c]{1,5}$/)
const anyRule = fc.record({
  rule_id: fc.uuid(),
  scope: fc.constantFrom(...ruleScopes),
  session_id: fc.constantFrom(here, 'there' as SessionId),
  pattern: fc.stringMatching(/^(?:[a-c]{1,4}\*?|\*)$/),
  behaviour: fc.constantFrom(...behaviours),
  created_at_ms: fc.nat(),
})
const anyQuestion = fc.record({
  tool_name: tool,
  tool_class: fc.constantFrom(...toolClasses),
  mode: fc.constantFrom(...permissionModes),
  rules: fc.array(anyRule, { maxLength: 12 }),
  session_id: fc.constant(here),
})

describe('whatever the rules are', () => {
  test.prop([anyQuestion])('the rule named fits, and none that fits is nearer or closer', (question) => {
    const { rule } = decide(question)
    if (!rule) return
    expect(matches(rule, question.tool_name)).toBe(true)
    const rank = ({ scope, pattern }: PermissionRule): number =>
      ['user', 'project', 'session'].indexOf(scope) * 1_000 + (pattern.endsWith('*') ? pattern.length : 500)
    for (const other of question.rules) {
      if (!matches(other, question.tool_name)) continue
      if (other.scope === 'session' && other.session_id !== here) continue
      expect(rank(other)).toBeLessThanOrEqual(rank(rule))
    }
  })

  test.prop([anyQuestion, fc.array(anyRule, { maxLength: 6 })])(
    'rules for other tools and other chats change nothing',
    (question, more) => {
      const beside = more.filter(
        (rule) =>
          !matches(rule, question.tool_name) || (rule.scope === 'session' && rule.session_id !== here),
      )
      expect(decide({ ...question, rules: [...beside, ...question.rules, ...beside] })).toEqual(
        decide(question),
      )
    },
  )

  test.prop([anyQuestion])(
    'planning never does more than read, and nobody is asked in dontAsk',
    (question) => {
      const planned = decide({ ...question, mode: 'plan' }).behaviour
      if (question.tool_class !== 'read') expect(planned).toBe('deny')
      expect(decide({ ...question, mode: 'dontAsk' }).behaviour).not.toBe('ask')
    },
  )
})

describe('a pattern', () => {
  test.each(['web_fetch', 'web_*', '*', 'A-1', `${'x'.repeat(64)}*`])('%s is one', (text) => {
    expect(isPattern(text)).toBe(true)
  })
  test.each(['', '**', '*fetch', 'web*fetch', 'web fetch', 'web.fetch', 'x'.repeat(65), 'web_fetch\n'])(
    '%j is none',
    (text) => {
      expect(isPattern(text)).toBe(false)
    },
  )
})
