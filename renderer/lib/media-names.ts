const names: Readonly<Record<string, string>> = {
  'text/plain': 'Text',
  'text/csv': 'CSV',
  'text/markdown': 'Markdown',
  'application/json': 'JSON',
  'application/pdf': 'PDF',
  'image/png': 'PNG',
  'image/jpeg': 'JPEG',
  'image/webp': 'WebP',
  'image/gif': 'GIF',
  'image/avif': 'AVIF',
  'image/heic': 'HEIC',
  'image/bmp': 'BMP',
  'image/tiff': 'TIFF',
  'audio/wav': 'WAV',
  'audio/webm': 'WebM',
  'audio/mpeg': 'MP3',
  'audio/mp4': 'MP4',
  'audio/m4a': 'M4A',
  'audio/l16': 'PCM',
  'audio/pcm': 'PCM',
}

/** `PNG`, `Markdown`: what people call the type, the same in every language; else the end of the type itself. */
export const mediaName = (mediaType: string): string =>
  names[mediaType] ?? (mediaType.split('/').at(-1) ?? mediaType).replace(/\+.*/, '').toUpperCase()
