import { useCallback, useEffect, useState } from 'react'
import { listMicrophones, onMicrophones, type MicrophoneChoice } from '../../../lib/sound/microphones'
import { keyCaps } from '../../../lib/keys'
import { formatLocale, useWords } from '../../../lib/words'
import { Segmented } from '../../../ui/segmented'
import { Select } from '../../../ui/select'
import { Switch } from '../../../ui/switch'
import { Section, Setting } from '../setting'
import { useSettings } from '../settings-context'
import { useAnswer } from '../use-answer'
import { MicrophoneTest } from './microphone-test'
import { microphoneWords } from './microphone-words'

/** What dictation listens with, how it is kept, and where it works. */
export function MicrophoneSettings() {
  const { client, preferences, onPreferences, commands } = useSettings()
  const t = useWords(microphoneWords)
  const { found, look } = useMicrophones()
  // Registering follows the preference; what came of it is asked for again then.
  const key = useAnswer(client, 'app.dictationKey', {}, (event) => event.type === 'preferences.changed')
  const { microphone_id: chosen } = preferences
  const isMissing = chosen !== '' && !found.some(({ id }) => id === chosen)
  const state = key.value
  const keys = preferences.shortcuts['dictate'] ?? commands.find(({ id }) => id === 'dictate')?.keys ?? ''
  return (
    <Section title={t('title')} hint={t('hint')}>
      <Setting name={t('device')} hint={t('deviceHint')}>
        <Select
          name={t('device')}
          value={chosen === '' ? 'system' : chosen}
          className="w-72 max-w-full"
          choices={[
            { value: 'system', words: t('system') },
            ...found.map(({ id, label }, at) => ({
              value: id,
              words: label === '' ? t('unnamed', { number: at + 1 }) : label,
            })),
            ...(isMissing ? [{ value: chosen, words: t('missing') }] : []),
          ]}
          onChange={(value) => onPreferences({ microphone_id: value === 'system' ? '' : value })}
        />
      </Setting>
      <MicrophoneTest key={chosen} client={client} deviceId={chosen} onOpened={look} />
      <Setting name={t('format')} hint={t('formatHint')}>
        <Segmented
          name={t('format')}
          value={preferences.dictation_format}
          choices={[
            { value: 'webm', words: 'WebM' },
            { value: 'wav', words: 'WAV' },
          ]}
          onChange={(dictation_format) => onPreferences({ dictation_format })}
        />
      </Setting>
      <Setting
        name={t('everywhere')}
        hint={
          state?.state === 'registered'
            ? `${t('everywhereHint')} ${t('registered', { keys: keyCaps(keys, client.platform, formatLocale()).join('+') })}`
            : state?.state === 'refused'
              ? t('refused', { why: state.why ?? '' }).trim()
              : t('everywhereHint')
        }
      >
        <Switch
          name={t('everywhere')}
          checked={preferences.dictation_everywhere}
          onChange={(dictation_everywhere) => onPreferences({ dictation_everywhere })}
        />
      </Setting>
      <Setting name={t('types')} hint={t('typesHint')}>
        <Switch
          name={t('types')}
          checked={preferences.dictation_types}
          disabled={!preferences.dictation_everywhere}
          onChange={(dictation_types) => onPreferences({ dictation_types })}
        />
      </Setting>
    </Section>
  )
}

/** Follows what is plugged in; names come once the microphone was allowed. */
function useMicrophones(): { readonly found: readonly MicrophoneChoice[]; readonly look: () => void } {
  const [found, setFound] = useState<readonly MicrophoneChoice[]>([])
  const look = useCallback(() => void listMicrophones().then(setFound, () => setFound([])), [])
  useEffect(() => {
    look()
    return onMicrophones(look)
  }, [look])
  return { found, look }
}
