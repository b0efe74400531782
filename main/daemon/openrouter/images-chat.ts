import type { ImageAsk } from '../ports/driver'
import { encodeReferences } from './images-request'
import { shapeOf } from './images-size'
import { encodeProvider } from './request'

/** What a model puts out, for it must be asked for exactly that (API reference 3.6, 9.10). Unknown: contract 9.2's. */
export function modalitiesOf({ entry }: ImageAsk): readonly string[] {
  const gives = entry?.output_modalities
  return gives?.includes('image') && !gives.includes('text') ? ['image'] : ['image', 'text']
}

/** Only the two that every model understands the same way (API reference 10, row 20). */
export function chatConfig({ size, options }: ImageAsk): Readonly<Record<string, string>> {
  const shape = size === undefined ? undefined : shapeOf(size)
  const aspect_ratio = options?.aspect_ratio ?? shape?.aspect_ratio
  const tier = options?.resolution ?? shape?.resolution
  return {
    ...(aspect_ratio === undefined ? {} : { aspect_ratio }),
    // The dedicated endpoint calls it `resolution`, and its smallest 512.
    ...(tier === undefined ? {} : { image_size: tier === '512' ? '0.5K' : tier }),
  }
}

/** The body of `POST /chat/completions` for one picture (contract 9.2, API reference 3.6). Never with tools. */
export function encodeImageChat(ask: ImageAsk): object {
  const config = chatConfig(ask)
  const references = encodeReferences(ask)
  const content = references.length === 0 ? ask.prompt : [{ type: 'text', text: ask.prompt }, ...references]
  return {
    model: ask.model,
    messages: [{ role: 'user', content }],
    modalities: modalitiesOf(ask),
    stream: false,
    ...(Object.keys(config).length > 0 ? { image_config: config } : {}),
    ...encodeProvider(ask.provider_preferences),
    session_id: ask.session_id.slice(0, 256),
  }
}
