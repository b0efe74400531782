import type { AllCalls } from '@contract/calls'
import type { OutputOf } from '@contract/define'
import type { Fault } from '@contract/fault'
import { Volume2 } from 'lucide-react'
import { useState } from 'react'
import { formatNumber } from '../../../lib/format'
import type { Recording } from '../../../lib/sound/recording'
import { formatLocale, useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { AudioPlayer } from '../../../ui/player/audio-player'
import { usePlayer } from '../../../ui/player/player-doors'
import { Select } from '../../../ui/select'
import { FaultNote } from '../fault-note'
import { Section, Setting } from '../setting'
import { useSettings } from '../settings-context'
import { audioSettingsWords } from './audio-words'
import { modelChoices, nameIn, selectorOf, unset, voiceChoices } from './sound-choices'

export type SoundModels = OutputOf<AllCalls['audio.models']>

const speeds = [0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 2] as const

/** Who reads aloud, with which voice, how fast, and how that sounds. */
export function ReadingSection({ models }: { readonly models: SoundModels | null }) {
  const t = useWords(audioSettingsWords)
  const { preferences, onPreferences } = useSettings()
  const { speech_model: model, speech_voice: voice, speech_speed: speed } = preferences
  const usual = models?.default_speech
  const inForce =
    model !== '' ? model : usual ? selectorOf({ route_id: usual.provider, id: usual.model }) : ''
  const speaker = models?.speech.find((each) => selectorOf(each) === inForce)
  const automatic = usual ? t('automaticIs', { model: nameIn(models?.speech ?? [], usual) }) : t('automatic')
  const locale = formatLocale()
  return (
    <Section title={t('reading')}>
      <Setting name={t('model')} hint={models?.speech.length === 0 ? t('none') : t('modelHint')}>
        <Select
          name={t('model')}
          className="w-72 max-w-full"
          value={model || unset}
          choices={modelChoices(models?.speech ?? [], model, automatic)}
          // The voice of one model is not another's.
          onChange={(next) => onPreferences({ speech_model: next === unset ? '' : next, speech_voice: '' })}
        />
      </Setting>
      <Setting name={t('voice')}>
        <Select
          name={t('voice')}
          className="w-72 max-w-full"
          value={voice || unset}
          choices={voiceChoices(speaker?.voices, voice, t('usualVoice'))}
          onChange={(next) => onPreferences({ speech_voice: next === unset ? '' : next })}
        />
      </Setting>
      <Setting name={t('speed')} hint={t('speedHint')}>
        <Select
          name={t('speed')}
          className="w-24"
          value={String(speed)}
          choices={[...new Set([...speeds, speed])]
            .sort((one, other) => one - other)
            .map((each) => ({ value: String(each), words: `${formatNumber(each, locale)}×` }))}
          onChange={(next) => onPreferences({ speech_speed: Number(next) })}
        />
      </Setting>
      <TryIt />
    </Section>
  )
}

/** A short sentence as it would be read. */
function TryIt() {
  const t = useWords(audioSettingsWords)
  const { client } = useSettings()
  const { sound } = usePlayer()
  const [isMaking, setMaking] = useState(false)
  const [fault, setFault] = useState<Fault | null>(null)
  const [sample, setSample] = useState<Recording | null>(null)
  const hearIt = async (): Promise<void> => {
    setMaking(true)
    setFault(null)
    const answer = await client.ask['audio.speak']({ input: t('sample') })
    setMaking(false)
    if (!answer.ok) return setFault(answer.fault)
    const { asset } = answer.value
    setSample(asset)
    sound.seek(asset, 0)
    sound.play(asset)
  }
  return (
    <Setting name={t('sampleName')} hint={t('sample')}>
      <Button icon={<Volume2 size={14} aria-hidden="true" />} busy={isMaking} onClick={() => void hearIt()}>
        {t('tryIt')}
      </Button>
      {isMaking ? (
        <p role="status" className="sr-only">
          {t('trying')}
        </p>
      ) : null}
      {fault ? (
        <div className="basis-full">
          <FaultNote fault={fault} again={t('tryIt')} onAgain={() => void hearIt()} />
        </div>
      ) : null}
      {sample ? (
        <div className="basis-full py-1">
          <AudioPlayer recording={sample} hasNoTranscript />
        </div>
      ) : null}
    </Setting>
  )
}
