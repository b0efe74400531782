import { formatLocale, useWords } from '../../../lib/words'
import { Select } from '../../../ui/select'
import { Section, Setting } from '../setting'
import { useSettings } from '../settings-context'
import { audioSettingsWords } from './audio-words'
import type { SoundModels } from './reading-section'
import { languageChoices, modelChoices, nameIn, unset } from './sound-choices'

/** Who writes down what is said, and in which language it is said. */
export function WritingSection({ models }: { readonly models: SoundModels | null }) {
  const t = useWords(audioSettingsWords)
  const { preferences, onPreferences } = useSettings()
  const { transcription_model: model, dictation_language: language } = preferences
  const usual = models?.default_transcription
  return (
    <Section title={t('writing')}>
      <Setting name={t('writer')} hint={models?.transcription.length === 0 ? t('none') : t('writerHint')}>
        <Select
          name={t('writer')}
          className="w-72 max-w-full"
          value={model || unset}
          choices={modelChoices(
            models?.transcription ?? [],
            model,
            usual ? t('automaticIs', { model: nameIn(models?.transcription ?? [], usual) }) : t('automatic'),
          )}
          onChange={(next) => onPreferences({ transcription_model: next === unset ? '' : next })}
        />
      </Setting>
      <Setting name={t('language')} hint={t('languageHint')}>
        <Select
          name={t('language')}
          className="w-72 max-w-full"
          value={language || unset}
          choices={languageChoices(formatLocale(), language, t('asHeard'))}
          onChange={(next) => onPreferences({ dictation_language: next === unset ? '' : next })}
        />
      </Setting>
    </Section>
  )
}
