import { Mic } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { RendererClient } from '../../../client/client'
import { levelOf } from '../../../lib/sound/level'
import { joinSamples } from '../../../lib/sound/join-samples'
import { openMicrophone, type MicrophoneTrouble } from '../../../lib/sound/microphone'
import { samplesOf } from '../../../lib/sound/rate'
import { createShownLevel } from '../../../lib/sound/shown-level'
import { wavOf } from '../../../lib/sound/wav'
import { useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { LevelMeter } from '../../../ui/level-meter'
import { toast } from '../../../ui/toast'
import { Setting } from '../setting'
import { microphoneWords } from './microphone-words'

const testLength = samplesOf(3_000)

type Step = 'idle' | 'listening' | 'playing' | 'silent' | MicrophoneTrouble

/** Three seconds are heard and played back; they are kept nowhere. */
export function MicrophoneTest(props: {
  readonly client: RendererClient
  readonly deviceId: string
  /** From now on devices have names. */
  readonly onOpened: () => void
}) {
  const t = useWords(microphoneWords)
  const { step, other, start, level } = useMicrophoneTest(props.deviceId, props.onOpened)
  const isTrouble = step !== 'idle' && step !== 'listening' && step !== 'playing'
  const openSettings = async (): Promise<void> => {
    const answer = await props.client.ask['app.openMicrophoneSettings']({})
    if (!answer.ok || !answer.value.is_open) toast({ title: t('noSettings') })
  }
  return (
    <>
      <Setting name={t('test')} hint={t(step === 'listening' || step === 'playing' ? step : 'testHint')}>
        <div className="flex items-center gap-3">
          {step === 'listening' ? (
            <LevelMeter name={t('level')} level={level} className="h-5 w-28 text-accent-ink" />
          ) : null}
          <Button
            icon={<Mic size={14} aria-hidden="true" />}
            disabled={step === 'listening' || step === 'playing'}
            focusableWhenDisabled
            onClick={() => void start()}
          >
            {t('startTest')}
          </Button>
        </div>
      </Setting>
      {other === null ? null : (
        <p role="status" className="py-2 text-xs text-warn">
          {t('other', { name: other || t('system') })}
        </p>
      )}
      {isTrouble ? (
        <div
          role="alert"
          className="flex flex-wrap items-center justify-between gap-2 py-2 text-xs text-danger"
        >
          <p>{t(step)}</p>
          {step === 'denied' ? (
            <Button size="small" onClick={() => void openSettings()}>
              {t('openSettings')}
            </Button>
          ) : null}
        </div>
      ) : null}
    </>
  )
}

function useMicrophoneTest(deviceId: string, onOpened: () => void) {
  const [step, setStep] = useState<Step>('idle')
  /** The name of the one that stands in for the chosen one. */
  const [other, setOther] = useState<string | null>(null)
  const [shown] = useState(() => createShownLevel())
  const isLeft = useRef(false)
  const close = useRef<() => void>(() => undefined)
  useEffect(() => {
    isLeft.current = false
    return () => {
      isLeft.current = true
      close.current()
    }
  }, [])

  async function start(): Promise<void> {
    setStep('listening')
    setOther(null)
    const heard: Int16Array[] = []
    let length = 0
    const opened = await openMicrophone(deviceId, {
      onSound: (sound) => {
        if (length >= testLength) return
        heard.push(sound)
        length += sound.length
        shown.heard(sound)
        if (length < testLength) return
        close.current()
        play(joinSamples(heard))
      },
      onGone: () => setStep('absent'),
    })
    if (!opened.ok) return setStep(opened.trouble)
    if (isLeft.current) return opened.microphone.close()
    close.current = opened.microphone.close
    setOther(opened.microphone.isOther ? opened.microphone.label : null)
    onOpened()
  }

  function play(samples: Int16Array): void {
    if (levelOf(samples).peak === 0) return setStep('silent')
    setStep('playing')
    const url = URL.createObjectURL(new Blob([wavOf(samples)], { type: 'audio/wav' }))
    const audio = new Audio(url)
    const end = (): void => {
      audio.pause()
      URL.revokeObjectURL(url)
      setStep('idle')
    }
    close.current = end
    audio.addEventListener('ended', end)
    audio.addEventListener('error', end)
    audio.play().catch(end)
  }

  return { step, other, start, level: shown.level }
}
