import {
  behaviours,
  ruleScopes,
  type Behaviour,
  type Decision,
  type PermissionRule,
  type RuleScope,
} from '@contract/permissions'
import { fault } from '@contract/fault'
import { Option, type Command } from 'commander'
import { timeOf } from './figures'
import type { Look } from './look'
import { Refused } from './session'
import { show, type Desk, type JsonOption } from './show'
import { facts, table } from './table'

interface SessionOptions extends JsonOption {
  readonly session?: string
}
interface RuleOptions extends SessionOptions {
  readonly scope?: RuleScope
}

/** `kheish permissions …`: what tools may do, and the rules that say so (contract 9.8). */
export function addPermissionCommands(program: Command, desk: Desk): void {
  const permissions = program.command('permissions').description('what tools may do without asking')
  const { look } = desk.terminal

  permissions
    .command('check <tool>')
    .description('say what would happen if a model called a tool; asks nobody and does nothing')
    .option('--session <id>', 'in this chat')
    .addHelpText('after', helpOnCheck)
    .action((tool_name: string, options: SessionOptions) =>
      show(
        desk,
        options,
        ({ ask }) => ask('permissions.check', { tool_name, session_id: options.session }),
        (decision) => decisionFacts(look, decision),
      ),
    )

  permissions
    .command('rules')
    .description('show the rules that hold everywhere, and those of a chat')
    .option('--session <id>', 'of this chat too')
    .action((options: SessionOptions) =>
      show(
        desk,
        options,
        ({ ask }) => ask('permissions.listRules', { session_id: options.session }),
        ({ rules }) => ruleTable(look, rules),
      ),
    )

  for (const behaviour of behaviours) {
    permissions
      .command(`${behaviour} <tool>`)
      .description(aboutRule[behaviour])
      .option('--session <id>', 'in this chat only')
      .addOption(
        new Option('--scope <scope>', 'whose rule it is; without it "user"').choices([...ruleScopes]),
      )
      .addHelpText('after', helpOnPatterns)
      .action((pattern: string, options: RuleOptions) =>
        show(
          desk,
          options,
          ({ ask }) =>
            ask('permissions.setRule', {
              scope: scopeOf(options),
              session_id: options.session,
              pattern,
              behaviour,
            }),
          (rule) => ruleTable(look, [rule]),
        ),
      )
  }

  permissions
    .command('forget <rule>')
    .description('remove a rule by its id')
    .action((rule_id: string, options: JsonOption) =>
      show(
        desk,
        options,
        async ({ ask }) => {
          await ask('permissions.deleteRule', { rule_id })
          return { deleted: rule_id }
        },
        ({ deleted }) => `deleted ${deleted}\n`,
      ),
    )
}

const aboutRule: Readonly<Record<Behaviour, string>> = {
  allow: 'let a tool run without asking',
  ask: 'have a tool wait until somebody allows the call',
  deny: 'never let a tool run',
}

const helpOnCheck = `
The first line is what would happen: allow, ask or deny. A name that no tool has
is looked at as strictly as a shell.
`
const helpOnPatterns = `
TOOL is a tool's name, the beginning of one with * behind it, or *. A rule of a
chat wins over one of the project, that over one of the user; within a scope the
exact name wins over the longer beginning. Mode "plan" is opened by no rule.

Examples:
  kheish permissions ask web_fetch
  kheish permissions deny 'generate_*' --session notes
`

function scopeOf({ scope, session }: RuleOptions): RuleScope {
  if (scope === undefined) return session === undefined ? 'user' : 'session'
  if ((scope === 'session') === (session !== undefined)) return scope
  throw new Refused(
    fault('call_refused', 'A rule for a chat takes --session, and a rule for everywhere takes none.', {}),
  )
}

const decisionFacts = (look: Look, { behaviour, mode, tool_class, rule }: Decision): string =>
  `${behaviour}\n` +
  facts(look, [
    [
      'because of',
      rule ? `the rule "${rule.behaviour} ${rule.pattern}" (${placeOf(rule)})` : `the mode ${mode}`,
    ],
    ['rule', rule?.rule_id],
    ['mode', mode],
    ['class', tool_class],
  ])

const placeOf = ({ scope, session_id }: PermissionRule): string =>
  session_id === undefined ? scope : `${scope} ${session_id}`

const ruleTable = (look: Look, rules: readonly PermissionRule[]): string =>
  table(
    look,
    [
      { head: 'RULE', of: (rule) => rule.rule_id },
      { head: 'SCOPE', of: placeOf, isFlexible: true },
      { head: 'TOOL', of: (rule) => rule.pattern },
      { head: 'MAY', of: (rule) => rule.behaviour },
      { head: 'SINCE', of: (rule) => timeOf(look, rule.created_at_ms) },
    ],
    rules,
    'no rules',
  )
