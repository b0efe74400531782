/** Endings that say what a file is, the usual one first. */
const endings: Readonly<Record<string, readonly string[]>> = {
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'application/pdf': ['pdf'],
  'application/json': ['json'],
  'text/csv': ['csv', 'tsv'],
  'text/markdown': ['md', 'markdown'],
  'text/plain': [
    'txt',
    'text',
    'log',
    'srt',
    'vtt',
    'md',
    'csv',
    'tsv',
    'json',
    'yaml',
    'yml',
    'toml',
    'ini',
  ],
  'audio/wav': ['wav'],
  'audio/webm': ['webm', 'weba'],
  'audio/mpeg': ['mp3', 'mpga'],
  'audio/mpga': ['mp3', 'mpga'],
  'audio/mp4': ['m4a', 'mp4'],
  'audio/m4a': ['m4a', 'mp4'],
  'audio/l16': ['pcm'],
  'audio/l24': ['pcm'],
  'audio/pcm': ['pcm'],
  'audio/opus': ['opus', 'ogg'],
  'audio/aac': ['aac'],
  'audio/flac': ['flac'],
}
/** What a picture was before it was normalised, and what it is not any more. */
const pictures = ['png', 'jpg', 'jpeg', 'webp', 'gif', 'avif', 'heic', 'heif', 'bmp', 'tif', 'tiff']
/** Bytes of a name without its ending: file systems take 255 for all of it, and a copy in the making has more than its name. */
const longestStem = 150

/**
 * The name under which an asset leaves for the disk: no folder in it, and an ending of its own type, so that a system
 * never takes what it holds for a program.
 */
export function assetFileName(file_name: string, media_type: string): string {
  const name = plainName(file_name, 'file')
  const [, stem = name, ending = ''] = /^(.+)\.([^.]*)$/.exec(name) ?? []
  const own = endings[media_type] ?? ['bin']
  if (own.includes(ending.toLowerCase())) return `${cut(stem)}.${ending}`
  const isOther = media_type.startsWith('image/') && pictures.includes(ending.toLowerCase())
  return `${cut(isOther ? stem : name)}.${own[0] ?? 'bin'}`
}

/** A file name without a folder in it: whoever saves decides where, not the page. */
export const plainName = (name: string, nameless: string): string => {
  const plain = name
    .replaceAll(/[/\\:*?"<>|\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, '-')
    .replace(/^\.+/, '')
    .replace(/[. ]+$/, '')
  // Windows has devices of these names, whatever their ending.
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(plain) ? `-${plain}` : plain || nameless
}

/** Up to a whole character. */
function cut(stem: string): string {
  let kept = ''
  for (const sign of stem) {
    if (Buffer.byteLength(kept + sign) > longestStem) break
    kept += sign
  }
  return kept.trim()
}
