import type { Answer, Fault } from '@contract/fault'
import type { SessionId } from '@contract/ids'
import type { Behaviour, PermissionRule } from '@contract/permissions'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { RendererClient } from '../../../client/client'
import { useWords } from '../../../lib/words'
import { IconButton } from '../../../ui/icon-button'
import { Select } from '../../../ui/select'
import { FaultNote } from '../fault-note'
import { Section, Setting } from '../setting'
import { useAnswer } from '../use-answer'
import { AddRule } from './add-rule'
import { behaviours } from './choices'
import { permissionWords } from './permission-words'

/** The rules that hold everywhere and in the open chat: what each says can be changed, and each can go. */
export function RulesSection(props: {
  readonly client: RendererClient
  /** Of the chat that is open behind the settings. */
  readonly sessionId: SessionId | null
}) {
  const { client, sessionId } = props
  const t = useWords(permissionWords)
  const asked = sessionId === null ? {} : { session_id: sessionId }
  const found = useAnswer(
    client,
    'permissions.listRules',
    asked,
    ({ type }) => type === 'permissions.changed',
  )
  const [refused, setRefused] = useState<Fault | null>(null)
  const tell = (answer: Answer<unknown>): void => {
    setRefused(answer.ok ? null : answer.fault)
    // Nothing is told where nothing was changed.
    if (!answer.ok) found.look()
  }
  const set = async ({ scope, session_id, pattern }: PermissionRule, behaviour: Behaviour): Promise<void> =>
    tell(await client.ask['permissions.setRule']({ scope, session_id, pattern, behaviour }))
  const rules = found.value?.rules ?? []
  return (
    <Section title={t('rules')} hint={t('rulesHint')}>
      {found.fault ? <FaultNote fault={found.fault} again={t('again')} onAgain={found.look} /> : null}
      {found.value && rules.length === 0 ? <p className="py-3 text-sm text-muted">{t('noRules')}</p> : null}
      {rules.map((rule) => {
        const tool = rule.pattern === '*' ? t('every') : rule.pattern
        return (
          <Setting key={rule.rule_id} name={tool} hint={t(`scopes.${rule.scope}`)}>
            <div className="flex items-center gap-1.5">
              <Select
                name={t('may', { tool })}
                className="w-32"
                value={rule.behaviour}
                choices={behaviours.map((value) => ({ value, words: t(`behaviours.${value}`) }))}
                onChange={(behaviour) => void set(rule, behaviour)}
              />
              <IconButton
                name={t('remove', { tool })}
                icon={<Trash2 size={14} aria-hidden="true" />}
                onClick={() =>
                  void client.ask['permissions.deleteRule']({ rule_id: rule.rule_id }).then(tell)
                }
              />
            </div>
          </Setting>
        )
      })}
      {refused ? <FaultNote fault={refused} again={t('again')} onAgain={() => setRefused(null)} /> : null}
      <AddRule
        client={client}
        onAdd={(pattern, behaviour) =>
          client.ask['permissions.setRule']({ scope: 'user', pattern, behaviour }).then(tell)
        }
      />
    </Section>
  )
}
