import type { SpeechFormat } from '@contract/audio'
import type { SpeechMade } from '../ports/driver'

type Kind = Pick<SpeechMade, 'media_type' | 'sample_rate' | 'channels'>

/** Bytes that tell what begins here. */
export const tellingBytes = 12

const usualRate = 24_000
const isMp3Type = /^audio\/(mpeg|mp3|x-mp3|mpga|mpeg3|x-mpeg)$/
const isPcmType = /^audio\/(pcm|x-pcm|l16|raw|x-raw|s16le)$/

/**
 * What came: by its content type first, by its first bytes where that says nothing more exact (API reference 4.1).
 * Undefined: nothing that was asked for, whatever its type says.
 */
export function kindOfSpeech(contentType: string, wanted: SpeechFormat, head: Uint8Array): Kind | undefined {
  const type = (contentType.split(';', 1)[0] ?? '').trim().toLowerCase()
  const isMp3 = beginsLikeMp3(head)
  if (isMp3Type.test(type)) return isMp3 ? mp3 : undefined
  if (isPcmType.test(type)) return isOther(head) ? undefined : samples(contentType)
  if (isMp3) return mp3
  return wanted === 'pcm' && !isOther(head) ? samples(contentType) : undefined
}

const mp3: Kind = { media_type: 'audio/mpeg', sample_rate: 0, channels: 0 }

function samples(contentType: string): Kind {
  const parameter = (name: string, least: number, most: number): number | undefined => {
    const value = Number(new RegExp(`;\\s*${name}\\s*=\\s*"?(\\d{1,6})`, 'i').exec(contentType)?.[1])
    return value >= least && value <= most ? value : undefined
  }
  return {
    media_type: 'audio/l16',
    sample_rate: parameter('rate', 4_000, 192_000) ?? usualRate,
    channels: parameter('channels', 1, 8) ?? 1,
  }
}

const text = (head: Uint8Array): string => String.fromCharCode(...head.subarray(0, tellingBytes))

/** A tag, or a frame of MPEG audio. */
const beginsLikeMp3 = (head: Uint8Array): boolean =>
  text(head).startsWith('ID3') ||
  (head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0 && ((head[1] ?? 0) & 6) !== 0)

/** Containers and words where plain samples should be. Samples of silence or speech never look like them. */
const isOther = (head: Uint8Array): boolean =>
  /^(?:RIFF....WAVE|OggS|fLaC|ID3|\s*<(?:!doctype|html|\?xml)|\s*\{\s*"|....ftyp)/is.test(text(head))
