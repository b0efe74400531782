import { cut, titleOf } from '../runs/title'

const longest = 48

/** What a recording is called: by what it says and who says it. No path can be made of it. */
export function speechName(
  { input, voice, model }: { readonly input: string; readonly voice: string; readonly model: string },
  ending: 'mp3' | 'wav',
): string {
  const words = cut(plain(titleOf(input)), longest).replace(/[….\s]+$/u, '')
  return `${words || `speech ${plain(model)}`} (${plain(voice)}).${ending}`
}

const plain = (text: string): string =>
  text
    .replace(/[/\\:]+/g, '-')
    .replace(/[^\p{L}\p{M}\p{N}\s._-]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
