import type { RequestSettings } from '@contract/request-settings'
import type { StorageView } from '@contract/storage'
import { useState } from 'react'
import type { RendererClient } from '../../../client/client'
import { formatBytes, formatNumber } from '../../../lib/format'
import { formatLocale, useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { toast } from '../../../ui/toast'
import { CleanUp } from './clean-up'
import { DeleteAllDialog } from './delete-all-dialog'
import { FaultNote } from '../fault-note'
import { privacyWords } from './privacy-words'
import { Section, Setting } from '../setting'
import { useAnswer } from '../use-answer'
import { Switch } from '../../../ui/switch'
import { useSettings } from '../settings-context'

/** What providers may do with the text, what lies on this computer, and how all of it goes away. */
export function PrivacyPage() {
  const { client } = useSettings()
  const t = useWords(privacyWords)
  const [isDeleting, setDeleting] = useState(false)
  const storage = useAnswer(client, 'storage.get', {})
  return (
    <div className="flex flex-col gap-6">
      <Policy client={client} />
      <Section title={t('kept')} hint={t('keptHint')}>
        {storage.fault ? <FaultNote fault={storage.fault} again={t('again')} onAgain={storage.look} /> : null}
        {storage.value ? <Kept client={client} storage={storage.value} /> : null}
        <CleanUp client={client} onDone={storage.look} />
      </Section>
      <Section title={t('deleteAll')}>
        <Setting name={t('everything')} hint={t('deleteHint')}>
          <Button variant="danger" onClick={() => setDeleting(true)}>
            {t('deleteButton')}
          </Button>
        </Setting>
      </Section>
      <DeleteAllDialog
        client={client}
        open={isDeleting}
        onClose={() => setDeleting(false)}
        onDone={() => {
          setDeleting(false)
          storage.look()
          toast({ title: t('deleted') })
        }}
      />
    </div>
  )
}

/** The switches that hold for every request: they are the widest scope of the answer settings. */
function Policy({ client }: { readonly client: RendererClient }) {
  const t = useWords(privacyWords)
  const settings = useAnswer(
    client,
    'requestSettings.get',
    {},
    (event) => event.type === 'request_settings.changed',
  )
  const everywhere = settings.value?.everywhere ?? {}
  const preferences = everywhere.provider_preferences ?? {}
  const put = async (change: NonNullable<RequestSettings['provider_preferences']>) => {
    const next = { ...preferences, ...change }
    const provider_preferences = Object.fromEntries(
      Object.entries(next).filter(([, value]) => value !== undefined),
    )
    const answer = await client.ask['requestSettings.set']({
      scope: { kind: 'everywhere' },
      settings: { ...everywhere, provider_preferences },
    })
    settings.take(answer)
  }
  return (
    <Section title={t('policy')}>
      {settings.fault ? (
        <FaultNote fault={settings.fault} again={t('again')} onAgain={settings.look} />
      ) : null}
      <Setting name={t('zdr')} hint={t('zdrHint')}>
        <Switch
          name={t('zdr')}
          checked={preferences.zdr === true}
          disabled={!settings.value}
          onChange={(on) => void put({ zdr: on || undefined })}
        />
      </Setting>
      <Setting name={t('training')} hint={t('trainingHint')}>
        <Switch
          name={t('training')}
          checked={preferences.data_collection === 'deny'}
          disabled={!settings.value}
          onChange={(on) => void put({ data_collection: on ? 'deny' : undefined })}
        />
      </Setting>
    </Section>
  )
}

function Kept({ client, storage }: { readonly client: RendererClient; readonly storage: StorageView }) {
  const t = useWords(privacyWords)
  const locale = formatLocale()
  const facts = [
    t('chats', { count: storage.chats }),
    t('messages', { count: storage.messages }),
    t('keys', { count: storage.keys }),
  ]
  return (
    <>
      <Setting name={storage.state_root} isPath hint={facts.join(' · ')}>
        <Button size="small" onClick={() => void client.ask['app.reveal']({ what: 'state_root' })}>
          {t('open')}
        </Button>
      </Setting>
      <table className="w-full text-sm tabular-nums">
        <thead className="sr-only">
          <tr>
            <th scope="col">{t('what')}</th>
            <th scope="col">{t('where')}</th>
            <th scope="col">{t('size')}</th>
          </tr>
        </thead>
        <tbody className="divided">
          {storage.parts.map((part) => (
            <tr key={part.name}>
              <th scope="row" className="py-1.5 pr-3 text-left font-normal">
                {t(`parts.${part.name}`)}
              </th>
              <td className="selectable max-w-40 truncate py-1.5 pr-3 font-mono text-xs text-faint max-sm:hidden">
                {part.path}
              </td>
              <td className="py-1.5 text-right whitespace-nowrap text-muted">
                {part.files > 1 ? (
                  <span className="text-xs text-faint">
                    {t('files', { count: part.files, number: formatNumber(part.files, locale) })} ·{' '}
                  </span>
                ) : null}
                {formatBytes(part.bytes, locale)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
