import { join } from 'node:path'
import type { SoundModelView, Spoken } from '@contract/audio'
import { fault } from '@contract/fault'
import { rowOf } from '../core/assets/row-of'
import { checkSpeech } from '../core/audio/check-speech'
import { hasSpeech, speechChoice } from '../core/audio/order-routes'
import { speechKeyText } from '../core/audio/speech-key'
import { isListedAsSpeaking, speaks } from '../core/audio/speech-model'
import { chooseVoice } from '../core/audio/voices'
import { Failure } from '../core/failure'
import type { SpeechOrder, SpeechService } from '../ports/speech'
import type { AudioPorts } from './audio-ports'
import { makeSpeech, type MadeSpeech, type Wanted } from './make-speech'
import { createSingleFlight } from './single-flight'
import { stopped, type Recital } from './speak-pieces'
import { createSpool } from './spool'

type Kept = Spoken & { readonly transcript?: string }

/** Speaks for tools and for people alike (contract 9.4); what was said once is not said again. */
export function createSpeech(on: AudioPorts): SpeechService {
  const { store, routing } = on
  const newFile = createSpool(join(on.scratch, 'speech'))
  const flights = createSingleFlight<MadeSpeech>()
  const routes = () => (routing.table()?.routes ?? []).filter(hasSpeech)

  function choose(wish: Parameters<typeof speechChoice>[0]) {
    const table = routing.table()
    if (!table) throw new Failure(fault('not_ready', 'The routes file was refused; repair it first.'))
    return speechChoice(wish, table.routes, (route_id, model) =>
      speaks(model, store.models.find(route_id, model)),
    )
  }

  function recitalOf(order: SpeechOrder, soft: Parameters<SpeechService['speak']>[1]['soft']): Recital {
    const speech = checkSpeech(order)
    const choice = choose({ ...order, soft })
    const known = store.models.find(choice.route_id, choice.model)?.voices ?? []
    return { ...speech, ...choice, voice: chooseVoice(order.voice, known) }
  }

  /** What is there and whole; anything else is made anew. */
  async function reuse(key: string): Promise<Kept | undefined> {
    const found = store.speech.find(key)
    const record = found && store.assets.get(found.asset_id)
    if (!record || record.view.is_quarantined) return undefined
    const { asset_id: _, ...who } = found
    const transcript = record.text ? await on.contents.text(record.view.asset_id) : undefined
    return {
      asset: rowOf(record.view),
      ...who,
      is_reused: true,
      ...(transcript === undefined ? {} : { transcript }),
    }
  }

  async function make(key: string, recital: Recital, wanted: Wanted): Promise<MadeSpeech> {
    const file = await newFile()
    try {
      const { route_id, model, voice } = recital
      return await makeSpeech(on, recital, file, wanted, ({ asset_id }) =>
        store.speech.put(key, { asset_id, route_id, model, voice }, on.clock.now()),
      )
    } finally {
      await file.drop()
    }
  }

  return {
    isAvailable: () => routes().length > 0,
    models: (routeId) =>
      routes()
        .filter(({ route_id }) => routeId === undefined || route_id === routeId)
        .flatMap(({ route_id }) =>
          store.models
            .list(route_id)
            .models.filter(isListedAsSpeaking)
            .map(({ id, name, voices = [] }): SoundModelView => ({ route_id, id, name, voices })),
        ),
    defaultChoice: () => {
      if (routes().length === 0) return null
      const { route_id, model } = choose({})
      return { provider: route_id, model }
    },
    async speak(order, by) {
      const recital = recitalOf(order, by.soft)
      const { route_id, model, voice } = recital
      const key = on.hash(speechKeyText(recital), 'hex')
      const signal = on.stopping ? AbortSignal.any([by.signal, on.stopping]) : by.signal
      if (signal.aborted) throw stopped()
      const kept = await reuse(key)
      if (kept) return kept
      try {
        const { value, isJoined } = await flights.share(key, signal, (own) =>
          make(key, recital, { ...by, signal: own }),
        )
        const { view, transcript, cost_usd } = value
        return {
          asset: rowOf(view),
          route_id,
          model,
          voice,
          is_reused: isJoined,
          ...(cost_usd === undefined || isJoined ? {} : { cost_usd }),
          ...(transcript === undefined ? {} : { transcript }),
        }
      } catch (error) {
        throw signal.aborted ? stopped() : error
      }
    },
  }
}
