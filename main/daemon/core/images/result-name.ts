import { cut, titleOf } from '../runs/title'

const longest = 48

/** What a picture that was made is called: by what was asked for, numbered where there are several. */
export function resultName(prompt: string, index: number, count: number, mediaType: string): string {
  const words = titleOf(prompt)
    .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
  const name = cut(words, longest).replace('…', '').trim() || 'picture'
  const ending = mediaType === 'image/jpeg' ? 'jpg' : 'png'
  return `${name}${count > 1 ? ` ${String(index)}` : ''}.${ending}`
}
