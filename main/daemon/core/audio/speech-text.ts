import type { Part } from '@contract/message'

/** What of an answer is read aloud: its words, without code and without the marks that shape them. */
export const speechTextOf = (parts: readonly Part[]): string =>
  parts
    .flatMap((part) => (part.kind === 'text' ? [spokenWords(part.text)] : []))
    .filter((text) => text !== '')
    .join('\n\n')

/** Words of a Markdown text as they would be read to somebody. */
export function spokenWords(markdown: string): string {
  const lines = withoutBlocks(markdown).split('\n').map(spokenLine)
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** Code, formulas and comments that stand in lines of their own say nothing to an ear. */
const withoutBlocks = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    // An answer that was stopped may end within its code.
    .replace(/^[ \t]*(`{3,}|~{3,})[^\n]*\n[^]*?(?:^[ \t>]*\1[`~]*[ \t]*$|(?![^]))/gm, '')
    .replace(/\$\$[^]*?(?:\$\$|$(?![^]))/g, '')
    .replace(/\\\[[^]*?\\\]/g, '')
    .replace(/<!--[^]*?-->/g, '')

function spokenLine(line: string): string {
  const bare = line.replace(/^(?:\s*>)+\s?/, '').trim()
  if (/^(?:[-*_]\s*){3,}$/.test(bare) || /^\|?[\s:|-]*-{2,}[\s:|-]*$/.test(bare)) return ''
  if (/^\[\^?[^\]]+\]:\s/.test(bare)) return ''
  const cells = /^\|.*\|$/.test(bare) ? bare.slice(1, -1).split(/(?<!\\)\|/) : undefined
  if (cells)
    return stopped(
      cells
        .map((cell) => inline(cell))
        .filter(Boolean)
        .join(', '),
    )
  const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(bare)
  if (heading) return stopped(inline(heading[1] ?? ''))
  const item = /^(?:[-*+•]|(\d+[.)]))\s+(?:\[[ xX]\]\s+)?(.*)$/.exec(bare)
  if (item) return stopped(`${item[1] === undefined ? '' : `${item[1]} `}${inline(item[2] ?? '')}`)
  return inline(bare)
}

/** The voice falls at the end of what is no sentence. */
const stopped = (text: string): string => (/[\p{L}\p{N})"”’»]$/u.test(text) ? `${text}.` : text)

const inline = (text: string): string =>
  text
    .replace(/(`+)(.+?)\1/g, (_, _marks: string, code: string) => code.trim())
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[([^\]]+)\]\((?:[^()]|\([^()]*\))*\)/g, '$1')
    .replace(/\[([^\]]+)\]\[[^\]]*\]/g, '$1')
    .replace(/\[\^[^\]]+\]/g, '')
    .replace(
      /<?(?:https?|ftp):\/\/(?:www\.)?([^\s/<>"')\]]+)[^\s<>"')\]]*>?/gi,
      (address: string, host: string) =>
        host.replace(/[.,;:!?]+$/, '') + (/[.,;:!?]+$/.exec(address)?.[0] ?? ''),
    )
    .replace(/<br\s*\/?>/gi, ' ')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/\\\((.+?)\\\)/g, '$1')
    .replace(/(?<![\w\\$])\$(?=\S)([^$\n]*\S)\$(?![\w$])/g, '$1')
    .replace(/(?<!\\)(\*\*\*|\*\*|___|__|~~)(?=\S)(.+?)(?<=\S)\1/g, '$2')
    .replace(/(?<![\\\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?!\w)/g, '$1')
    .replace(/(?<![\\\w])_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)/g, '$1')
    .replace(/\\([\\`*_{}[\]()#+\-.!|~<>$])/g, '$1')
    .replace(/&nbsp;/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
