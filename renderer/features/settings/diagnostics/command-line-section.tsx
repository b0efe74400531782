import type { RendererClient } from '../../../client/client'
import { useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { diagnosticsWords } from './diagnostics-words'
import { FaultNote } from '../fault-note'
import { Section, Setting } from '../setting'
import { useAnswer } from '../use-answer'

/** Puts the `kheish` command where a shell finds it, and takes it away again. */
export function CommandLineSection({ client }: { readonly client: RendererClient }) {
  const t = useWords(diagnosticsWords)
  const command = useAnswer(client, 'app.command', {})
  const { value, fault } = command
  const put = async (isWanted: boolean) =>
    command.take(await client.ask['app.setCommand']({ installed: isWanted }))
  const words =
    value === null
      ? ''
      : value.state === 'other'
        ? t('installedElsewhere', { path: value.path })
        : value.state === 'installed'
          ? [
              t('installed', { path: value.path }),
              value.is_on_path ? '' : t('notOnPath', { folder: value.folder }),
            ].join(' ')
          : t('commandLineHint')
  return (
    <Section title={t('commandLine')}>
      {fault ? <FaultNote fault={fault} again={t('again')} onAgain={command.look} /> : null}
      <Setting name="kheish" hint={words}>
        {value === null || value.state === 'other' ? null : value.state === 'installed' ? (
          <Button onClick={() => void put(false)}>{t('remove')}</Button>
        ) : (
          <Button onClick={() => void put(true)}>{t('install')}</Button>
        )}
      </Setting>
    </Section>
  )
}
