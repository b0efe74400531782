import type { CheckedSpeech } from './check-speech'

/** Everything that decides how a recording sounds, as one text to be hashed: the same is never made twice. */
export const speechKeyText = (
  speech: CheckedSpeech & { readonly route_id: string; readonly model: string; readonly voice: string },
): string =>
  JSON.stringify([
    1,
    speech.route_id,
    speech.model,
    speech.voice,
    speech.speed,
    speech.format,
    speech.instructions ?? '',
    speech.input,
  ])
