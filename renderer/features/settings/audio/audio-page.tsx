import { useWords } from '../../../lib/words'
import { FaultNote } from '../fault-note'
import { useSettings } from '../settings-context'
import { useAnswer } from '../use-answer'
import { audioSettingsWords } from './audio-words'
import { MicrophoneSettings } from './microphone-settings'
import { ReadingSection } from './reading-section'
import { WritingSection } from './writing-section'

/** What is spoken, what is written down, and what is listened with. */
export function AudioPage() {
  const t = useWords(audioSettingsWords)
  const { client } = useSettings()
  const models = useAnswer(
    client,
    'audio.models',
    {},
    ({ type }) => type === 'models.changed' || type === 'runtime.changed',
  )
  return (
    <div className="flex flex-col gap-6">
      {models.fault ? <FaultNote fault={models.fault} again={t('again')} onAgain={models.look} /> : null}
      <ReadingSection models={models.value} />
      <WritingSection models={models.value} />
      <MicrophoneSettings />
    </div>
  )
}
