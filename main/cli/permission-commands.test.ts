import type { Approval, PermissionRule } from '@contract/permissions'
import type { RunView } from '@contract/runs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { approvalTeller } from './tell-approvals'
import { openDesktop, type Desktop } from './testing'

let desktop: Desktop
beforeEach(async () => void (desktop = await openDesktop()))
afterEach(() => desktop.close())
const kheish: Desktop['kheish'] = (...given) => desktop.kheish(...given)

describe('kheish permissions', () => {
  test('sets rules, says what they come to, and forgets them', async () => {
    await kheish('sessions create --session notes')
    expect((await kheish('permissions rules')).out).toBe('no rules\n')
    const made = await kheish('permissions ask web_* --json')
    const rule = JSON.parse(made.out) as PermissionRule
    expect(rule).toMatchObject({ scope: 'user', pattern: 'web_*', behaviour: 'ask' })
    await kheish('permissions deny web_fetch --session notes')
    await kheish('permissions allow web_fetch --scope project')

    const checked = await kheish('permissions check web_fetch --session notes')
    expect(checked.out).toMatch(/^deny\nbecause of +the rule "deny web_fetch" \(session notes\)\n/)
    expect(JSON.parse((await kheish('permissions check web_fetch --json')).out)).toMatchObject({
      behaviour: 'allow',
      rule: { scope: 'project' },
    })
    expect((await kheish('permissions check web_search')).out).toMatch(/^ask\n/)
    expect((await kheish('permissions check rm')).out).toMatch(/^ask\nbecause of +the mode default\n/)

    const rules = (await kheish('permissions rules --session notes')).out
    expect(rules.split('\n')[1]).toMatch(new RegExp(`^${rule.rule_id} +user +web_\\* +ask +\\d{4}-`))
    expect(rules).toMatch(/ session notes +web_fetch +deny /)
    expect((await kheish('complete-values rules')).out).toContain(`${rule.rule_id}\n`)
    expect((await kheish(`permissions forget ${rule.rule_id}`)).out).toBe(`deleted ${rule.rule_id}\n`)
    expect(await kheish(`permissions forget ${rule.rule_id}`)).toMatchObject({ code: 5, out: '' })
    expect((await kheish('permissions rules')).out).not.toContain(rule.rule_id)
  })

  test.each([
    ['allow *fetch', 2],
    ['allow web_fetch --scope session', 2],
    ['allow web_fetch --scope user --session notes', 2],
    ['allow web_fetch --session ghost', 5],
    ['check web_fetch --session ghost', 5],
  ])('%s: exit %i', async (words, code) => {
    expect(await kheish(`permissions ${words}`)).toMatchObject({ code, out: '' })
  })
})

const approval = {
  approval_id: 'approval_1',
  run_id: 'run_1',
  tool_name: 'web_fetch',
  arguments: '{"url":"https://example.com/"}',
  requested_at_ms: 0,
  status: 'pending',
} as unknown as Approval

describe('kheish approvals', () => {
  /** What the served daemon was asked. */
  const serve = async (): Promise<unknown[]> => {
    const asked: unknown[] = []
    await desktop.serve({
      handlers: () => ({
        'approvals.list': (input) => {
          asked.push(input)
          return { approvals: [approval] }
        },
        'approvals.resolve': (input) => {
          asked.push(input)
          return {
            approvals: [{ ...approval, status: 'denied' }],
            run: { run_id: 'run_1', status: 'running' } as RunView,
          }
        },
      }),
    })
    return asked
  }

  test('lists what waits, for tabs too', async () => {
    const asked = await serve()
    const listed = await kheish('approvals list --session s --run r')
    expect(listed.out.split('\n')[1]).toMatch(/^approval_1 +run_1 +pending +web_fetch +\{"url":"https:/)
    expect(JSON.parse((await kheish('approvals list --all --limit 3 --json')).out)).toEqual({
      approvals: [approval],
    })
    expect(asked).toEqual([
      { session_id: 's', run_id: 'r', status: 'pending', limit: 100 },
      { status: 'all', limit: 3 },
    ])
    expect((await kheish('complete-values approvals')).out).toBe('approval_1\n')
  })

  test('decides by id, or all that waits in a run', async () => {
    const asked = await serve()
    const said = await kheish('approvals resolve a b --decision allow_session')
    expect(said.out).toMatch(/ denied +web_fetch .+\nrun_1 is running\n$/)
    expect(asked.splice(0)).toEqual([
      {
        resolutions: [
          { approval_id: 'a', decision: 'allow_session' },
          { approval_id: 'b', decision: 'allow_session' },
        ],
      },
    ])
    await kheish('approvals resolve --run run_1 --decision deny')
    expect(asked[1]).toEqual({ resolutions: [{ approval_id: 'approval_1', decision: 'deny' }] })
    expect((await kheish('approvals resolve --decision deny')).code).toBe(2)
    expect((await kheish('approvals resolve a --run run_1 --decision deny')).code).toBe(2)
    expect((await kheish('approvals resolve a')).code).toBe(2)
  })

  test('an unknown one is exit 5; without a daemon that stays nobody would go on', async () => {
    expect((await kheish('approvals resolve a --decision deny')).code).toBe(3)
    expect((await kheish('approvals list')).out).toBe('nothing waits\n')
    await desktop.serve()
    expect((await kheish('approvals resolve ghost --decision deny')).code).toBe(5)
  })
})

describe('a run that is followed and waits', () => {
  const tell = (isOwn: boolean) => {
    const said: string[] = []
    const asked: unknown[] = []
    const ask = async (...given: unknown[]) => void asked.push(given)
    const hear = approvalTeller({ isOwn, ask: ask as never }, (text) => void said.push(text))
    hear(approval)
    hear(approval)
    hear({ ...approval, approval_id: 'other', status: 'allowed' })
    return { said: said.join(''), asked }
  }

  test('says once how it is decided', () => {
    expect(tell(false)).toEqual({
      said:
        'kheish: waits for approval of web_fetch {"url":"https://example.com/"}\n' +
        '  kheish approvals resolve approval_1 --decision allow_once\n',
      asked: [],
    })
  })

  test('shows what a model wrote on one line, whatever it holds', () => {
    const said: string[] = []
    const hear = approvalTeller({ isOwn: false, ask: (async () => undefined) as never }, (text) =>
      said.push(text),
    )
    hear({ ...approval, arguments: '{\n"url":"\u009b2J\u202e"}' })
    expect(said[0]).toBe('kheish: waits for approval of web_fetch { "url":" 2J "}\n')
  })

  test('is told no where nobody else can reach it', () => {
    const { said, asked } = tell(true)
    expect(said).toContain('denied web_fetch')
    expect(asked).toEqual([
      ['approvals.resolve', { resolutions: [{ approval_id: 'approval_1', decision: 'deny' }] }],
    ])
  })
})
