import type { LogLine } from '@contract/storage'
import { Copy } from 'lucide-react'
import { useState } from 'react'
import type { RendererClient } from '../../../client/client'
import { copyText } from '../../../lib/copy-text'
import { useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { Select } from '../../../ui/select'
import { toast } from '../../../ui/toast'
import { diagnosticsWords } from './diagnostics-words'
import { FaultNote } from '../fault-note'
import { Section } from '../setting'
import { useAnswer } from '../use-answer'

const levels = ['debug', 'info', 'warn', 'error'] as const

/** The newest lines, as text that can be pasted anywhere. */
export function LogSection({ client }: { readonly client: RendererClient }) {
  const t = useWords(diagnosticsWords)
  const [level, setLevel] = useState<LogLine['level']>('info')
  const { value, fault, look } = useAnswer(client, 'logs.read', { limit: 200, level })
  const text = value?.lines.map(lineOf).join('\n') ?? ''
  return (
    <Section title={t('log')} hint={t('logHint')}>
      <div className="flex flex-wrap items-center gap-2 py-2">
        <Select
          name={t('logLevel')}
          className="w-48"
          value={level}
          choices={levels.map((each) => ({ value: each, words: t(`logLevels.${each}`) }))}
          onChange={setLevel}
        />
        <Button onClick={look}>{t('again')}</Button>
        <Button
          icon={<Copy size={14} aria-hidden="true" />}
          disabled={text === ''}
          onClick={() => void copyText(text).then(() => toast({ title: t('copied') }))}
        >
          {t('copyLog')}
        </Button>
        <Button variant="ghost" onClick={() => void client.ask['app.reveal']({ what: 'logs' })}>
          {t('openLogs')}
        </Button>
      </div>
      {fault ? <FaultNote fault={fault} again={t('again')} onAgain={look} /> : null}
      {value ? (
        <pre
          // Scrolls, so the keyboard must reach it.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          aria-label={t('log')}
          className="selectable max-h-72 overflow-auto rounded-md border border-line bg-surface p-3 font-mono text-2xs whitespace-pre"
        >
          {text === '' ? t('noLines') : text}
        </pre>
      ) : null}
    </Section>
  )
}

function lineOf({ at_ms, level, message, data }: LogLine): string {
  const more = Object.keys(data).length === 0 ? '' : ` ${JSON.stringify(data)}`
  return `${new Date(at_ms).toISOString()} ${level} ${message}${more}`
}
