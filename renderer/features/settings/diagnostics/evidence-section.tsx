import { debugLevels, type DebugLevel } from '@contract/evidence'
import type { Fault } from '@contract/fault'
import { useState } from 'react'
import type { RendererClient } from '../../../client/client'
import { useWords } from '../../../lib/words'
import { Callout } from '../../../ui/callout'
import { Select } from '../../../ui/select'
import { Switch } from '../../../ui/switch'
import { diagnosticsWords } from './diagnostics-words'
import { FaultNote } from '../fault-note'
import { Section, Setting } from '../setting'
import { useAnswer } from '../use-answer'

/** How much of what is sent and received is kept, from the next run on (contract 15). */
export function EvidenceSection({ client }: { readonly client: RendererClient }) {
  const t = useWords(diagnosticsWords)
  const runtime = useAnswer(client, 'runtime.get', {}, (event) => event.type === 'runtime.changed')
  const [refused, setRefused] = useState<Fault | null>(null)
  const level = runtime.value?.debug_level ?? 'off'
  const isEncrypted = runtime.value?.debug_capture.encrypted === true
  const put = async (change: { readonly level: DebugLevel; readonly encrypt: boolean }) => {
    const answer = await client.ask['runtime.setDebugLevel'](change)
    setRefused(answer.ok ? null : answer.fault)
    if (answer.ok) runtime.take(answer)
  }
  return (
    <Section title={t('evidence')} hint={t('evidenceHint')}>
      <Setting name={t('level')}>
        <Select
          name={t('level')}
          className="w-56"
          value={level}
          choices={debugLevels.map((value) => ({ value, words: t(`levels.${value}`) }))}
          onChange={(next) => void put({ level: next, encrypt: isEncrypted })}
        />
      </Setting>
      <Setting name={t('encrypt')} hint={t('encryptHint')}>
        <Switch
          name={t('encrypt')}
          checked={isEncrypted}
          onChange={(encrypt) => void put({ level, encrypt })}
        />
      </Setting>
      {level === 'full' ? (
        <div className="py-2">
          <Callout tone="warn" role="status">
            {t('fullWarning')}
          </Callout>
        </div>
      ) : null}
      {refused ? <FaultNote fault={refused} again={t('again')} onAgain={() => setRefused(null)} /> : null}
    </Section>
  )
}
