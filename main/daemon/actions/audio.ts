import type { audioCalls } from '@contract/audio'
import { peakCount } from '@contract/audio'
import type { DaemonHandlers } from '@contract/calls'
import type { InputOf } from '@contract/define'
import { assetNotFound } from '../core/assets/asset-not-found'
import { wishedChoice } from '../core/audio/wished-choice'
import { createSpeeches } from './speeches'
import { readAloud } from './read-aloud'
import type { World } from './world'

type Calls = typeof audioCalls
type Ports = Parameters<typeof readAloud>[0] & Pick<World, 'transcription' | 'phase' | 'catalogue'>

/** Speech for people; the peaks of recordings; and what speaks and writes down. */
export function audio(on: Ports) {
  const { store, speech, transcription, routing, phase, catalogue, publish } = on
  const speeches = createSpeeches()
  const isRoute = (id: string) => routing.find(id) !== undefined

  return {
    'audio.speak': ({ speech_id, input, instructions, format, ...choice }: InputOf<Calls['audio.speak']>) =>
      speeches.during(speech_id, async (signal) => {
        const tell = (done: number) =>
          speech_id === undefined || publish({ type: 'speech.progress', speech_id, done, all: 1 })
        tell(0)
        const order = {
          ...wishedChoice(choice, store.preferences.get(), speech, isRoute),
          instructions,
          format,
        }
        const { transcript: _, ...spoken } = await speech.speak({ ...order, input }, { signal })
        tell(1)
        return spoken
      }),
    'audio.readAloud': readAloud(on, speeches),
    'audio.cancelSpeech': ({ speech_id }: InputOf<Calls['audio.cancelSpeech']>) => speeches.cancel(speech_id),
    'audio.models': ({ provider }: InputOf<Calls['audio.models']>) => {
      const ids = (routing.table()?.routes ?? [])
        .map(({ route_id }) => route_id)
        .filter((id) => provider === undefined || id === provider)
      if (phase.state().phase === 'ready') catalogue.refreshIfOld(ids)
      return {
        speech: speech.models(provider),
        transcription: transcription.models(provider),
        default_speech: speech.defaultChoice(),
        default_transcription: transcription.defaultChoice(),
      }
    },
    'audio.peaks': ({ asset_id }: InputOf<Calls['audio.peaks']>) => {
      if (!store.assets.get(asset_id)) throw assetNotFound()
      const peaks = store.speech.peaks(asset_id)
      return { peaks: peaks ? Buffer.from(peaks).toString('base64') : null }
    },
    'audio.keepPeaks': ({ asset_id, peaks }: InputOf<Calls['audio.keepPeaks']>) => {
      if (!store.assets.get(asset_id)) throw assetNotFound()
      store.speech.keepPeaks(asset_id, Buffer.from(peaks, 'base64').subarray(0, peakCount))
    },
  } satisfies Partial<DaemonHandlers>
}
